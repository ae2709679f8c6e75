import { keysetPage } from '../../db/keyset.ts';
import type { Query } from '../../db/tx.ts';
import type { OperationItems, OperationView } from '../../schemas/api/operations.ts';
import { inScope, oneInScope } from '../accounts/in-scope.ts';
import type { ScopeColumns, ScopeLimit } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';

/** Whoever works for less than the whole college sees the operations they asked for. */
function operationScope({ userId }: Principal): ScopeColumns {
  const own: ScopeLimit = (some) => void some.orWhere('o.created_by', userId);
  return { college: 'o.college_id', department: own, programme: own, class: own, offering: own, user: own };
}

interface OperationRow {
  id: string;
  kind: string;
  total: number;
  done: number;
  refused: number;
  created_by: string;
  creator: string | null;
  created_at: string;
  paused_at: string | null;
  cancelled_at: string | null;
  finished_at: string | null;
}

function selectOperations(query: Query) {
  const items = (status: string) =>
    query('operation_items').whereRaw('operation_id = o.id').where({ status }).count('*');
  return query('operations as o')
    .leftJoin('users as u', 'u.id', 'o.created_by')
    .select(
      'o.id',
      'o.kind',
      'o.total',
      'o.created_by',
      'o.created_at',
      'o.paused_at',
      'o.cancelled_at',
      'o.finished_at',
    )
    .select({ creator: 'u.display_name', done: items('done'), refused: items('refused') });
}

export interface ListOperations {
  limit: number;
  cursor?: string | undefined;
  open?: boolean | undefined;
}

/** Bulk work, newest first. */
export async function listOperations(
  { db }: Register,
  by: Principal,
  { limit, cursor, open }: ListOperations,
): Promise<{ items: OperationView[]; next: string | null }> {
  const query = inScope(selectOperations(db.reader), by, operationScope(by));
  if (open === true) void query.whereNull('o.finished_at').whereNull('o.cancelled_at');
  if (open === false)
    void query.where((some) => void some.whereNotNull('o.finished_at').orWhereNotNull('o.cancelled_at'));
  const page = await keysetPage<OperationRow>(query, {
    id: 'o.id',
    order: ['o.created_at'],
    direction: 'desc',
    cursor,
    limit,
  });
  const items: OperationView[] = [];
  for (const row of page.rows) items.push(await operationView(db.reader, row));
  return { items, next: page.next };
}

export async function readOperation({ db }: Register, by: Principal, id: string): Promise<OperationView> {
  const row = await oneInScope<OperationRow>(selectOperations(db.reader).where('o.id', id), by, operationScope(by));
  return operationView(db.reader, row);
}

async function operationView(query: Query, row: OperationRow): Promise<OperationView> {
  const refusals: { code: string; count: number }[] =
    Number(row.refused) === 0
      ? []
      : await query('operation_items')
          .where({ operation_id: row.id, status: 'refused' })
          .groupBy('code')
          .select('code')
          .count({ count: '*' });
  const [total, done, refused] = [Number(row.total), Number(row.done), Number(row.refused)];
  return {
    id: row.id,
    kind: row.kind,
    state: stateOf(row),
    total,
    done,
    refused,
    waiting: total - done - refused,
    refusals: Object.fromEntries(refusals.map(({ code, count }) => [code, Number(count)])),
    createdBy: { id: row.created_by, name: row.creator },
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

function stateOf({ finished_at, cancelled_at, paused_at, done, refused }: OperationRow): OperationView['state'] {
  if (finished_at !== null) return 'finished';
  if (cancelled_at !== null) return 'cancelled';
  if (paused_at !== null) return 'paused';
  return Number(done) + Number(refused) === 0 ? 'waiting' : 'running';
}

export interface ListItems {
  id: string;
  status?: 'waiting' | 'done' | 'refused' | undefined;
  after: number;
  limit: number;
}

interface ItemRow {
  ordinal: number;
  item_id: string;
  status: OperationItems['items'][number]['status'];
  code: string | null;
  student: string | null;
  student_no: string | null;
  name: string | null;
}

/** Item by item, in the order they are worked on. */
export async function readOperationItems(
  { db }: Register,
  by: Principal,
  { id, status, after, limit }: ListItems,
): Promise<OperationItems> {
  await oneInScope(selectOperations(db.reader).where('o.id', id), by, operationScope(by));
  const query = db
    .reader('operation_items as i')
    .leftJoin('pathways as w', 'w.id', 'i.item_id')
    .leftJoin('enrolments as e', 'e.id', 'w.enrolment_id')
    .leftJoin('people as p', 'p.id', 'e.person_id')
    .where('i.operation_id', id)
    .where('i.ordinal', '>', after)
    .orderBy('i.ordinal')
    .limit(limit + 1)
    .select('i.ordinal', 'i.item_id', 'i.status', 'i.code', 'e.student_no', 'p.name')
    .select({ student: 'e.id' });
  if (status !== undefined) void query.where('i.status', status);
  const rows: ItemRow[] = await query;
  const page = rows.slice(0, limit);
  return {
    items: page.map((row) => ({
      ordinal: Number(row.ordinal),
      pathwayId: row.item_id,
      studentId: row.student,
      studentNo: row.student_no,
      studentName: row.name,
      status: row.status,
      code: row.code,
    })),
    next: rows.length > limit ? Number(page.at(-1)!.ordinal) : null,
  };
}

export interface OperationProgress {
  ordinal: number;
  done: number;
  refused: number;
}

/** What has been noted since; progress is noted page by page. */
export async function progressSince({ db }: Register, id: string, after: number): Promise<OperationProgress[]> {
  const rows = await db
    .reader('operation_events')
    .where({ operation_id: id })
    .where('ordinal', '>', after)
    .orderBy('ordinal')
    .select('ordinal', 'done', 'refused');
  return rows.map((row) => ({ ordinal: Number(row.ordinal), done: Number(row.done), refused: Number(row.refused) }));
}
