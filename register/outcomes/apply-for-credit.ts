import { appendLeaf } from '../../db/audit.ts';
import { lockCase } from '../../db/case-watch.ts';
import { enqueueNudge } from '../../db/outbox.ts';
import { clearTrouble, recordTrouble } from '../../db/trouble.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { buildDecisionRecord } from '../../rules/record.ts';
import type { Decision } from '../../schemas/decision.ts';
import { Problem } from '../../schemas/problem.ts';
import { eventSeqOf } from '../cases/event-seq.ts';
import { collegeTime } from '../college/clock.ts';
import { insertDecision } from '../decisions/store.ts';
import { readCreditGround } from '../facts/outcome-course.ts';
import type { OutcomeRow } from '../facts/rows.ts';
import type { Register } from '../register.ts';
import { openRuleBook } from '../rules/rule-book.ts';
import { requireEnrolmentInScope } from '../students/require-in-scope.ts';
import { decideCredit, spendGranted } from './decide-credit.ts';
import type { CourseVerdict, Spending } from './decide-credit.ts';
import { refuseSimilarSpent } from './similar.ts';

export interface ApplyForCredit {
  outcomeId: string;
  courseIds: string[];
}

export interface AppliedForCredit {
  application: string;
  courses: { course: string; decision: string; outcome: string; credits: number }[];
}

/**
 * 学分认定: one outcome asked to stand for courses of the plan. Every course is decided on its own and recorded; what is granted is
 * spent in the ledger at once, each outcome and each course once. Over a cap the whole application is refused and nothing stored.
 */
export async function applyForCredit(register: Register, call: Call<ApplyForCredit>): Promise<AppliedForCredit> {
  const { by, input } = call;
  const seen = await readTx(register.db, (tx) => read(register, tx, { ...input, collegeId: by.collegeId }));
  const verdicts = decideCredit(seen.book, seen.ground);
  const application = register.newId('application');
  const records = await recordsOf(register, { verdicts, seen, actor: by.userId });

  const applied = await writeTx(register.db, { command: 'applyForCredit', ...call }, async (tx) => {
    const { enrolment } = seen.ground;
    await requireEnrolmentInScope(tx, by, enrolment.id);
    if ((await lockCase(tx, { workflowType: 'studentPathway', caseId: enrolment.id })) !== seen.eventSeq)
      throw new Problem('stale');
    if (await tx('credit_spendings').where({ outcome_id: input.outcomeId }).first('outcome_id'))
      throw new Problem('outcome_already_spent');
    // in here, so that the same call again gets its first answer, however full the ledger is by then
    const spending = spendGranted(verdicts, { ground: seen.ground, outcome: seen.outcome });
    await refuseSecond(tx, { seen, spending });
    const { now, today } = seen.time;
    await tx('credit_applications').insert({
      id: application,
      college_id: enrolment.college_id,
      enrolment_id: enrolment.id,
      outcome_id: input.outcomeId,
      applied_on: today,
      actor_id: by.userId,
      at: now,
    });
    for (const { record, verdict, outcomeCourse } of records) {
      await tx('outcome_courses').insert({
        id: outcomeCourse,
        application_id: application,
        course_id: verdict.courseId,
      });
      await insertDecision(register, tx, { record, pathway: null, purpose: 'credit', collegeId: enrolment.college_id });
    }
    const decisions = new Map(records.map(({ record, verdict }) => [verdict.courseId, record.id]));
    await spend(register, tx, { application, spending, decisions, seen });
    await appendLeaf(tx, {
      kind: 'credit_applied',
      object: { type: 'credit_application', id: application },
      body: { outcome: input.outcomeId, courses: verdicts.length, spent: spending.length },
    });
    await enqueueNudge(tx, { workflowType: 'studentPathway', caseId: enrolment.id });
    const credits = new Map(spending.map((one) => [one.courseId, one.credits]));
    return {
      application,
      courses: records.map(({ record, verdict }) => ({
        course: verdict.courseId,
        decision: record.id,
        outcome: record.outcome.code ?? record.outcome.type,
        credits: credits.get(verdict.courseId) ?? 0,
      })),
    };
  });
  await clearTrouble(register.db, troubleOf(seen));
  return applied;
}

interface Recorded {
  record: Decision;
  verdict: CourseVerdict;
  outcomeCourse: string;
}

/** No record where the evaluators disagree; that they do is noted for whoever looks after the system. */
async function recordsOf(
  register: Register,
  { verdicts, seen, actor }: { verdicts: readonly CourseVerdict[]; seen: Seen; actor: string },
): Promise<Recorded[]> {
  const records: Recorded[] = [];
  for (const verdict of verdicts) records.push(await recordFor(register, { verdict, seen, actor }));
  if (records.every(({ record }) => record.engines.agree)) return records;
  const trouble = { ...troubleOf(seen), kind: 'applyForCredit', code: 'evaluators_disagree', attempts: 1 };
  await recordTrouble(register.db, { workflowType: 'studentPathway', ...trouble });
  throw new Problem('evaluators_disagree');
}

const troubleOf = ({ ground, outcome }: Seen) => ({ caseId: ground.enrolment.id, opKey: `credit/${outcome.id}` });

type Seen = Awaited<ReturnType<typeof read>>;

async function read(
  register: Register,
  tx: Tx,
  { outcomeId, courseIds, collegeId }: ApplyForCredit & { collegeId: string | null },
) {
  const outcome: OutcomeRow | undefined = await tx('learning_outcomes')
    .where({ id: outcomeId, college_id: collegeId })
    .first();
  if (!outcome || collegeId === null) throw new Problem('not_found');
  const time = await collegeTime(tx, register.systemClock, collegeId);
  const book = await openRuleBook(tx, collegeId, time.now);
  const eventSeq = await eventSeqOf(tx, outcome.enrolment_id);
  const ground = await readCreditGround(tx, {
    book,
    time,
    enrolmentId: outcome.enrolment_id,
    outcome,
    courseIds,
    appliedOn: time.today,
  });
  const known = new Set(ground.courses.map((course) => course.courseId));
  const unknown = courseIds.flatMap((id, index) =>
    known.has(id) ? [] : [{ pointer: `/courseIds/${index}`, code: 'course_not_in_plan' }],
  );
  if (unknown.length > 0 || courseIds.length === 0) throw new Problem('bad_input', unknown);
  return { outcome, time, book, ground, eventSeq };
}

async function recordFor(
  register: Register,
  { verdict, seen, actor }: { verdict: CourseVerdict; seen: Seen; actor: string },
) {
  const outcomeCourse = register.newId('outcomeCourse');
  const { selected, course } = verdict;
  const record = await buildDecisionRecord(selected.loaded, {
    id: register.newId('decision'),
    caseId: seen.ground.enrolment.id,
    subject: { kind: 'outcome_course', id: outcomeCourse },
    facts: course.facts,
    provenance: course.provenance(),
    time: { decidedAt: seen.time.now, knownAt: seen.time.now, effectiveDate: selected.effectiveDate },
    actor,
    supersedes: null,
    ...(selected.suspended ? { verdict: verdict.verdict } : {}),
  });
  return { record, verdict, outcomeCourse };
}

/** A course is converted once, and of similar outcomes only the highest is spent. */
async function refuseSecond(tx: Tx, { seen, spending }: { seen: Seen; spending: readonly Spending[] }): Promise<void> {
  if (spending.length === 0) return;
  const { outcome, ground } = seen;
  const enrolmentId = ground.enrolment.id;
  const courses = spending.map((one) => one.courseId);
  const taken = await tx('credit_entries')
    .where({ enrolment_id: enrolmentId })
    .whereIn('course_id', courses)
    .first('id');
  if (taken) throw new Problem('course_already_converted');
  if (ground.policy.highestOfSimilarOnly) await refuseSimilarSpent(tx, { enrolmentId, outcome });
}

async function spend(
  register: Register,
  tx: Tx,
  {
    application,
    spending,
    decisions,
    seen,
  }: { application: string; spending: readonly Spending[]; decisions: ReadonlyMap<string, string>; seen: Seen },
): Promise<void> {
  if (spending.length === 0) return;
  await tx('credit_spendings').insert({ outcome_id: seen.outcome.id, application_id: application, at: seen.time.now });
  for (const { courseId, credits, score } of spending) {
    await tx('credit_entries').insert({
      id: register.newId('creditEntry'),
      college_id: seen.ground.enrolment.college_id,
      enrolment_id: seen.ground.enrolment.id,
      outcome_id: seen.outcome.id,
      course_id: courseId,
      credits,
      score,
      decision_id: decisions.get(courseId),
      at: seen.time.now,
    });
  }
}
