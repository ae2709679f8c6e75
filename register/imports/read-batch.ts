import type { Rows } from '../../db/keyset.ts';
import { keysetPage } from '../../db/keyset.ts';
import type { ImportItem, ImportView } from '../../schemas/api/imports.ts';
import type { ImportKind } from '../../schemas/imports.ts';
import { collegeOf } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { readImport } from './batches.ts';
import { readDependents } from './undo-import.ts';

interface HeadRow {
  id: string;
  kind: ImportKind;
  file_name: string;
  preview_hash: string;
  state: ImportItem['state'];
  row_count: number;
  fault_count: number;
  created_by: string;
  creator: string | null;
  created_at: string;
  committed_at: string | null;
  undone_at: string | null;
  version: number;
}

/** Batches of the college, newest first, with who made them. */
export async function listBatches(
  { db }: Register,
  by: Principal,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: ImportItem[]; next: string | null }> {
  const query: Rows = db
    .reader('import_batches as b')
    .leftJoin('users as u', 'u.id', 'b.created_by')
    .where('b.college_id', collegeOf(by))
    .select(
      'b.id',
      'b.kind',
      'b.file_name',
      'b.preview_hash',
      'b.state',
      'b.row_count',
      'b.fault_count',
      'b.created_by',
    )
    .select('b.created_at', 'b.committed_at', 'b.undone_at', 'b.version', { creator: 'u.display_name' });
  const page = await keysetPage<HeadRow>(query, { id: 'b.id', direction: 'desc', cursor, limit });
  return { items: page.rows.map(headOf), next: page.next };
}

function headOf(row: HeadRow): ImportItem {
  return {
    id: row.id,
    kind: row.kind,
    fileName: row.file_name,
    previewHash: row.preview_hash,
    state: row.state,
    rows: Number(row.row_count),
    faults: Number(row.fault_count),
    createdBy: { id: row.created_by, name: row.creator },
    createdAt: row.created_at,
    committedAt: row.committed_at,
    undoneAt: row.undone_at,
    version: Number(row.version),
  };
}

/** One batch: what was read, what a commit does or did, and what keeps it from being undone. */
export async function readBatch(register: Register, by: Principal, id: string): Promise<ImportView> {
  const of = { id, collegeId: collegeOf(by) };
  const { createdBy, options, ...batch } = await readImport(register, of);
  const user = await register.db
    .reader('users')
    .where({ id: createdBy })
    .first<{ display_name: string } | undefined>('display_name');
  return {
    ...batch,
    options,
    createdBy: { id: createdBy, name: user?.display_name ?? null },
    dependents: await readDependents(register, of),
  };
}

/** Names the college already knows, for the dropdowns of a template. */
export async function templateLists({ db }: Register, by: Principal): Promise<Record<string, string[]>> {
  const at = { college_id: collegeOf(by) };
  return {
    className: await db
      .reader('org_units')
      .where({ ...at, kind: 'class' })
      .orderBy('name')
      .pluck('name'),
    programmeCode: await db.reader('programmes').where(at).orderBy('code').pluck('code'),
    courseCode: await db.reader('courses').where(at).orderBy('code').pluck('code'),
  };
}

/** What the college calls the parts of its assessments: columns of a score file may be named after them. */
export async function componentNames({ db }: Register, by: Principal): Promise<string[]> {
  return db
    .reader('scheme_components as m')
    .join('schemes as s', 's.id', 'm.scheme_id')
    .where('s.college_id', collegeOf(by))
    .distinct()
    .orderBy('m.name')
    .pluck('m.name');
}
