import type { Tx } from '../../db/tx.ts';
import { inScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { firstOf } from './page.ts';
import type { Waiting } from './read-home.ts';

/** Batches that were previewed and neither committed nor followed by a commit of the same file. */
export function openImports(tx: Tx, by: Principal): Promise<Waiting> {
  const rows = inScope(tx('import_batches as b').where('b.state', 'previewed'), by, { college: 'b.college_id' })
    .where('b.created_by', by.userId)
    .select('b.id', 'b.kind', 'b.file_name', 'b.created_at');
  return firstOf<{ id: string; kind: string; file_name: string; created_at: string }>(
    rows,
    ['b.created_at', 'b.id'],
    (row) => ({
      id: row.id,
      title: row.file_name,
      detail: row.kind,
      studentId: null,
      since: row.created_at,
      until: null,
    }),
  );
}
