import { readTx } from '../../db/read-tx.ts';
import type { LeafPage, ListLeavesInput } from '../../schemas/api/health.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';

interface LeafRow {
  seq: number;
  at: string;
  college_id: string | null;
  actor: string;
  actor_name: string | null;
  actor_role: string;
  request_id: string | null;
  command: string;
  kind: string;
  object_type: string;
  object_id: string;
  leaf: string;
  leaf_hash: string;
}

/** 操作日志, newest first: of the whole deployment for whoever audits it all, else of the college one works in. */
export async function listLeaves({ db }: Register, by: Principal, input: ListLeavesInput): Promise<LeafPage> {
  const { before, limit, kind, actor, object, withLeaf } = input;
  return readTx(db, async (tx) => {
    const query = tx('audit_leaves as l')
      .leftJoin('users as u', 'u.id', 'l.actor')
      .orderBy('l.seq', 'desc')
      .limit(limit + 1);
    if (!by.scopes.some((scope) => scope.kind === 'deployment')) void query.where('l.college_id', by.collegeId);
    if (before !== undefined) void query.where('l.seq', '<', before);
    const wanted = { 'l.kind': kind, 'l.actor': actor, 'l.object_id': object };
    void query.where(Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)));
    const rows: LeafRow[] = await query.select('l.*').select({ actor_name: 'u.display_name' });
    const head = await tx('audit_head').where({ id: 1 }).first<{ size: number; root: string }>('size', 'root');
    const page = rows.slice(0, limit);
    return {
      items: page.map((row) => leafView(row, withLeaf === true)),
      next: rows.length > limit ? Number(page.at(-1)!.seq) : null,
      head: { size: Number(head?.size ?? 0), root: head?.root ?? '' },
    };
  });
}

function leafView(row: LeafRow, whole: boolean): LeafPage['items'][number] {
  return {
    seq: Number(row.seq),
    at: row.at,
    collegeId: row.college_id,
    actor: { id: row.actor, name: row.actor_name },
    role: row.actor_role,
    command: row.command,
    kind: row.kind,
    object: { type: row.object_type, id: row.object_id },
    requestId: row.request_id,
    hash: row.leaf_hash,
    ...(whole ? { leaf: row.leaf } : {}),
  };
}
