import type { Tx } from '../../db/tx.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import { bookHashOf } from './books.ts';
import type { PreviewRow, ResultRow } from './preview-row.ts';

const DAYS_IT_HOLDS = 7;
const DAY_MS = 86_400_000;

/** Whether an approval may still rest on a preview; `base_moved`: the rules it was compared with have changed since. */
export type Standing = 'holds' | 'too_old' | 'base_moved';

/** What approval is bound to, of the last preview of a document. */
export interface PreviewBinding {
  id: string;
  operationId: string;
  state: 'running' | 'done' | 'failed';
  draftHash: string;
  baseHash: string | null;
  /** One hash over all it says; null while it runs. */
  hash: string | null;
  /** College clock. */
  finishedAt: string | null;
  problem: ProblemCode | null;
  /** Null while it runs or when it failed. */
  standing: Standing | null;
}

interface Asked {
  collegeId: string;
  /** Hash of the document. */
  draftHash: string;
  /** College clock. */
  now: string;
}

/** The last preview of this very document: finished ones first, then the one that runs. Undefined: there has been none. */
export async function previewOf(tx: Tx, { collegeId, draftHash, now }: Asked): Promise<PreviewBinding | undefined> {
  const row: (PreviewRow & { cancelled_at: string | null } & Partial<ResultRow>) | undefined = await tx('previews as v')
    .join('operations as o', 'o.id', 'v.operation_id')
    .leftJoin('preview_results as r', 'r.preview_id', 'v.id')
    .where({ 'v.college_id': collegeId, 'v.draft_hash': draftHash })
    .whereNull('o.cancelled_at')
    .orderByRaw('CASE WHEN r.hash IS NULL THEN 1 ELSE 0 END, v.created_at DESC, v.id DESC')
    .first('v.*', 'r.outcome', 'r.result', 'r.hash', 'r.finished_at');
  if (!row) return undefined;
  const { outcome, hash = null, finished_at: finishedAt = null } = row;
  const result = row.result ? (JSON.parse(row.result) as { problem: ProblemCode | null }) : null;
  return {
    ...{ id: row.id, operationId: row.operation_id, draftHash: row.draft_hash, baseHash: row.base_hash },
    state: outcome ?? 'running',
    ...{ hash, finishedAt, problem: result?.problem ?? null },
    standing: outcome === 'done' && finishedAt !== null ? await standingOf(tx, row, { finishedAt, now }) : null,
  };
}

export async function standingOf(
  tx: Tx,
  preview: Pick<PreviewRow, 'college_id' | 'rule_set' | 'book_hash'>,
  { finishedAt, now }: { finishedAt: string; now: string },
): Promise<Standing> {
  if (Date.parse(now) - Date.parse(finishedAt) > DAYS_IT_HOLDS * DAY_MS) return 'too_old';
  const { college_id: collegeId, rule_set: ruleSet, book_hash: was } = preview;
  return (await bookHashOf(tx, { collegeId, ruleSet, knownAt: now })) === was ? 'holds' : 'base_moved';
}
