import { append, leafHash, rootOf } from './merkle.ts';
import type { Query } from './tx.ts';

export interface AuditReport {
  size: number;
  root: string;
  /** The first thing wrong, null when every leaf and the head agree. */
  fault: { seq: number; code: string } | null;
}

interface LeafRow {
  seq: number;
  leaf: string;
  leaf_hash: string;
  [column: string]: unknown;
}

const PAGE = 2000;
/** Columns kept beside the leaf to search by; they must say what the leaf says. */
const COPIED = [
  'seq',
  'at',
  'college_id',
  'actor',
  'actor_role',
  'request_id',
  'command',
  'object_type',
  'object_id',
] as const;

/** Recomputes the whole log: dense, chained, hashed right, and summed up by its head. */
export async function verifyAudit(query: Query): Promise<AuditReport> {
  let size = 0;
  let frontier: string[] = [];
  let previous = '0'.repeat(64);
  for (;;) {
    const rows = await query('audit_leaves').where('seq', '>', size).orderBy('seq').limit(PAGE).select<LeafRow[]>('*');
    for (const row of rows) {
      const code = faultOf(row, { seq: size + 1, previous });
      if (code !== null) return { size, root: rootOf(frontier), fault: { seq: row.seq, code } };
      frontier = append(frontier, size, row.leaf_hash);
      previous = row.leaf_hash;
      size += 1;
    }
    if (rows.length < PAGE) break;
  }
  const root = rootOf(frontier);
  return { size, root, fault: await headFault(query, { size, root, previous, frontier }) };
}

function faultOf(row: LeafRow, { seq, previous }: { seq: number; previous: string }): string | null {
  if (row.seq !== seq) return 'leaf_missing';
  if (leafHash(row.leaf) !== row.leaf_hash) return 'leaf_hash_wrong';
  const leaf = JSON.parse(row.leaf) as Record<string, unknown> & { body?: { kind?: unknown } };
  if (leaf.format !== 'leaf/1') return 'leaf_format_unknown';
  if (leaf.prev_hash !== previous) return 'leaf_chain_broken';
  if (COPIED.some((column) => leaf[column] !== row[column]) || leaf.body?.kind !== row.kind)
    return 'leaf_columns_differ';
  return null;
}

interface Sum {
  size: number;
  root: string;
  previous: string;
  frontier: readonly string[];
}

async function headFault(query: Query, { size, root, previous, frontier }: Sum): Promise<AuditReport['fault']> {
  const head = await query('audit_head').where({ id: 1 }).first<Record<string, unknown> | undefined>();
  const agrees =
    head?.size === size &&
    head.root === root &&
    head.last_hash === previous &&
    head.frontier === JSON.stringify(frontier);
  return agrees ? null : { seq: size, code: 'audit_head_differs' };
}
