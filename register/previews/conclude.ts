import { createHash } from 'node:crypto';
import { appendLeaf } from '../../db/audit.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Query } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { canonicalJson, hashOf } from '../../rules/canonical.ts';
import { drawSample } from '../../rules/preview-sample.ts';
import { mergeTallies } from '../../rules/preview-tally.ts';
import type { Tally } from '../../rules/preview-tally.ts';
import { Problem } from '../../schemas/problem.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import { systemActor } from '../cases/due-call.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import type { CrossCheck } from './cross-check.ts';
import { askOracle } from './oracle.ts';
import type { OracleCounts } from './oracle.ts';
import { MOST_CHANGED, MOST_UNCHANGED, stratumSizes } from './part.ts';
import type { Part } from './part.ts';
import { findResult, requestOf } from './preview-row.ts';
import type { PreviewRequest, PreviewRow } from './preview-row.ts';

/** `preview/1`: all that a preview says, under one hash. */
export interface PreviewResult {
  format: 'preview/1';
  draft: { ruleSet: string; hash: string };
  /** The revision it replaces, and everything else it was compared with. */
  base: { hash: string | null; book: string };
  engines: PreviewRequest['engines'];
  cohort: Pick<PreviewRequest, 'bound' | 'wanted' | 'students'>;
  snapshot: { knownAt: string; today: string; appliedOn: string; hash: string };
  tally: Tally;
  /** Over every changed verdict, student by student. */
  changesHash: string;
  seed: number;
  oracle: OracleCounts;
  /** Null where no verdict could be held against the difference: another revision of the policy changes facts, not rules. */
  crossCheck: CrossCheck | null;
  problem: ProblemCode | null;
}

/** The last item of a preview: counts, second opinion, one hash over all. Done again it finds itself done. */
export async function concludePreview(register: Register, preview: PreviewRow): Promise<void> {
  const known = await findResult(register.db.reader, preview.id);
  const result = known ? (JSON.parse(known.result) as PreviewResult) : await conclude(register, preview);
  if (result.problem) throw new Problem(result.problem);
}

async function conclude(register: Register, preview: PreviewRow): Promise<PreviewResult> {
  const parts = await partsOf(register.db.reader, preview);
  const result = await resultOf(register, preview, parts);
  const hash = hashOf(result);
  const call = { command: 'concludePreview', key: `preview/${preview.id}`, by: systemActor, input: { id: preview.id } };
  await writeTx(register.db, call, async (tx) => {
    const { now } = await collegeTime(tx, register.systemClock, preview.college_id);
    const outcome = result.problem === null ? 'done' : 'failed';
    const row = { preview_id: preview.id, outcome, result: canonicalJson(result), hash, finished_at: now };
    await tx('preview_results').insert(row);
    const { draft, base, tally, problem } = result;
    await appendLeaf(tx, {
      kind: 'preview_finished',
      object: { type: 'preview', id: preview.id },
      body: { hash, draft: draft.hash, base: base.hash, changes: tally.changes, problem },
    });
    return {};
  });
  return result;
}

async function partsOf(query: Query, { id }: PreviewRow): Promise<Part[]> {
  const pages = Number((await query('preview_pages').where({ preview_id: id }).count({ count: '*' }).first())?.count);
  const rows: { part: string }[] = await query('preview_parts')
    .where({ preview_id: id })
    .orderBy('ordinal')
    .select('part');
  if (rows.length < pages) throw new Problem('preview_incomplete');
  return rows.map(({ part }) => JSON.parse(part) as Part);
}

async function resultOf(register: Register, preview: PreviewRow, parts: readonly Part[]): Promise<PreviewResult> {
  const { bound, wanted, students, today, appliedOn, seed, engines } = requestOf(preview);
  const tally = mergeTallies(parts.map((part) => part.tally));
  const sizes = stratumSizes(tally);
  const drawn = {
    changed: drawSample(
      parts.flatMap((part) => part.changed),
      sizes,
      MOST_CHANGED,
    ),
    unchanged: drawSample(
      parts.flatMap((part) => part.unchanged),
      sizes,
      MOST_UNCHANGED,
    ),
  };
  const checked = sumOf(parts.map((part) => part.crossCheck));
  const oracle = await askOracle(register, preview, drawn);
  return {
    format: 'preview/1',
    draft: { ruleSet: preview.rule_set, hash: preview.draft_hash },
    base: { hash: preview.base_hash, book: preview.book_hash },
    engines,
    cohort: { bound, wanted, students },
    snapshot: {
      ...{ knownAt: preview.known_at, today, appliedOn },
      hash: hashOf(parts.map(({ factsHash }) => factsHash)),
    },
    tally,
    changesHash: await changesHashOf(register, preview),
    seed,
    oracle,
    crossCheck: checked.checked + checked.undecided === 0 ? null : checked,
    problem: oracle.disagreed > 0 ? 'evaluators_disagree' : checked.disagreed > 0 ? 'preview_beside_difference' : null,
  };
}

function sumOf(counts: readonly CrossCheck[]): CrossCheck {
  const sum = { checked: 0, disagreed: 0, undecided: 0 };
  for (const { checked, disagreed, undecided } of counts) {
    sum.checked += checked;
    sum.disagreed += disagreed;
    sum.undecided += undecided;
  }
  return sum;
}

const CHANGES_AT_ONCE = 2000;

async function changesHashOf({ db }: Register, { id }: PreviewRow): Promise<string> {
  const hash = createHash('sha256');
  for (let after = -1; ; ) {
    const rows = await readTx(db, (tx) =>
      tx('preview_changes')
        .where({ preview_id: id })
        .where('ordinal', '>', after)
        .orderBy('ordinal')
        .limit(CHANGES_AT_ONCE)
        .select('ordinal', 'enrolment_id', 'purpose', 'subject_id', 'course_id', 'change', 'detail'),
    );
    for (const row of rows)
      hash.update(
        canonicalJson([row.enrolment_id, row.purpose, row.subject_id, row.course_id, row.change, row.detail]),
      );
    const last = rows.at(-1);
    if (!last || rows.length < CHANGES_AT_ONCE) return `sha256:${hash.digest('hex')}`;
    after = Number(last.ordinal);
  }
}
