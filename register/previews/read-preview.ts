import type { Rows } from '../../db/keyset.ts';
import { keysetPage } from '../../db/keyset.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Query, Tx } from '../../db/tx.ts';
import type { PreviewHead, PreviewView } from '../../schemas/api/previews.ts';
import type { Infer } from '../../schemas/api/common.ts';
import type { ListPreviewsInput } from '../../schemas/api/previews.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { inScope, oneInScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import type { PreviewResult } from './conclude.ts';
import type { PreviewRow, ResultRow } from './preview-row.ts';
import { requestOf } from './preview-row.ts';
import { resultView } from './result-view.ts';
import { standingOf } from './standing.ts';

interface HeadRow extends PreviewRow, Partial<Omit<ResultRow, 'preview_id'>> {
  creator: string | null;
  revision: number | null;
  paused_at: string | null;
  cancelled_at: string | null;
  total: number;
  done: number;
}

const scope = { college: 'v.college_id' };

function selectPreviews(query: Query): Rows {
  const items = query('operation_items').whereRaw('operation_id = v.operation_id').whereNot({ status: 'waiting' });
  return query('previews as v')
    .join('operations as o', 'o.id', 'v.operation_id')
    .leftJoin('users as u', 'u.id', 'v.created_by')
    .leftJoin('preview_results as r', 'r.preview_id', 'v.id')
    .leftJoin('rule_revisions as s', 's.id', 'v.revision_id')
    .select('v.*', 'r.outcome', 'r.result', 'r.hash', 'r.finished_at', 'o.paused_at', 'o.cancelled_at', 'o.total')
    .select({ creator: 'u.display_name', revision: 's.revision', done: items.count('*') });
}

/** Previews of the college, newest first. */
export async function listPreviews(
  register: Register,
  by: Principal,
  { limit, cursor, ruleSet, revision, draftHash }: Infer<typeof ListPreviewsInput>,
): Promise<{ items: PreviewHead[]; next: string | null }> {
  return readTx(register.db, async (tx) => {
    const query = inScope(selectPreviews(tx), by, scope);
    if (ruleSet !== undefined) void query.where('v.rule_set', ruleSet);
    if (revision !== undefined) void query.where('v.revision_id', revision);
    if (draftHash !== undefined) void query.where('v.draft_hash', draftHash);
    const order = { id: 'v.id', order: ['v.created_at'], direction: 'desc' as const };
    const { rows, next } = await keysetPage<HeadRow>(query, { ...order, cursor, limit });
    const items: PreviewHead[] = [];
    for (const row of rows) items.push(await headView(register, tx, row));
    return { items, next };
  });
}

/** One preview: how far it is, and once it is finished all that it says. */
export async function readPreview(register: Register, by: Principal, id: string): Promise<PreviewView> {
  return readTx(register.db, async (tx) => {
    const row = await oneInScope<HeadRow>(selectPreviews(tx).where('v.id', id), by, scope);
    const result = row.result ? (JSON.parse(row.result) as PreviewResult) : null;
    return { ...(await headView(register, tx, row)), result: result && (await resultView(tx, row, result)) };
  });
}

async function headView({ systemClock }: Register, tx: Tx, row: HeadRow): Promise<PreviewHead> {
  const { students } = requestOf(row);
  const doc = JSON.parse(row.document) as Ruleset;
  const result = row.result ? (JSON.parse(row.result) as PreviewResult) : null;
  const finishedAt = row.finished_at ?? null;
  const { now } = await collegeTime(tx, systemClock, row.college_id);
  return {
    ...{ id: row.id, ruleSet: row.rule_set, title: doc.title, draftHash: row.draft_hash, baseHash: row.base_hash },
    revision: row.revision_id === null ? null : { id: row.revision_id, number: Number(row.revision) },
    operationId: row.operation_id,
    state: stateOf(row),
    progress: { done: Number(row.done), total: Number(row.total) },
    students,
    changes: result?.tally.changes ?? null,
    studentsChanged: result?.tally.studentsChanged ?? null,
    ...{ hash: row.hash ?? null, knownAt: row.known_at, finishedAt },
    createdBy: { id: row.created_by, name: row.creator },
    standing: row.outcome === 'done' ? await standingOf(tx, row, now) : null,
  };
}

/** `failed` too where the conclusion was refused without a result: a page is wanting. */
function stateOf({ outcome, cancelled_at, paused_at, done, total }: HeadRow): PreviewHead['state'] {
  if (outcome) return outcome;
  if (cancelled_at !== null) return 'cancelled';
  if (Number(done) === Number(total)) return 'failed';
  if (paused_at !== null) return 'paused';
  return Number(done) === 0 ? 'waiting' : 'running';
}
