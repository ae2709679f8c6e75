import { keysetPage } from '../../db/keyset.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import { outcomeText } from '../../rules/explain.ts';
import { differsFrom } from '../../rules/record.ts';
import type { Facts, Verdict } from '../../rules/verdict.ts';
import type { AffectedDecision } from '../../schemas/api/rules.ts';
import type { Decision } from '../../schemas/decision.ts';
import { legalDateOf } from '../../schemas/time.ts';
import { collegeOf, inScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { collegeTime } from '../college/clock.ts';
import { readCreditGround } from '../facts/outcome-course.ts';
import { readPathwayFacts } from '../facts/pathway.ts';
import { groupBy } from '../facts/rows.ts';
import type { Register } from '../register.ts';
import { loadedByHash } from '../rules/loaded.ts';
import { liveDecisions, settledOf } from '../rules/publication/touched.ts';
import { openRuleBook } from '../rules/rule-book.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import { fromStudents, studentScope } from '../students/select-students.ts';
import { verdictUnder, workOut } from '../verdicts/work-out.ts';

export interface ListAffected {
  ruleSet?: string | undefined;
  studentId?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface Row {
  id: string;
  case_id: string;
  pathway_id: string | null;
  purpose: string;
  rule_hash: string;
  record: string;
  document: string;
}

interface Live {
  row: Row;
  record: Decision;
}

/**
 * The decisions that a late correction affects, of facts or of rules: decided again as of their own day, with what is known now,
 * they come out otherwise. A page may hold fewer than asked for; `next` says whether to go on.
 */
export async function listAffected(
  register: Register,
  by: Principal,
  { ruleSet, studentId, cursor, limit }: ListAffected,
): Promise<{ items: AffectedDecision[]; next: string | null }> {
  return readTx(register.db, async (tx) => {
    const collegeId = collegeOf(by);
    const { now } = await collegeTime(tx, register.systemClock, collegeId);
    const query = liveDecisions(tx, collegeId).whereIn(
      'd.case_id',
      inScope(fromStudents(tx), by, studentScope).select('e.id'),
    );
    if (ruleSet !== undefined) void query.where('d.rule_set', ruleSet);
    if (studentId !== undefined) void query.where('d.case_id', studentId);
    const page = await keysetPage<Row>(query, { id: 'd.id', cursor, limit });
    const live = page.rows.map((row): Live => ({ row, record: JSON.parse(row.record) as Decision }));
    const again = await decidedAgain(tx, await openRuleBook(tx, collegeId, now), live);
    const settled = await settledOf(
      tx,
      page.rows.map(({ id }) => id),
    );
    const items = live.flatMap((one) => affected(one, again.get(one.row.id), settled.has(one.row.id)));
    return { items, next: page.next };
  });
}

/** What a decision would be now; absent where no rule answers, or nothing can be read of its subject any more. */
interface Again {
  verdict: Verdict;
  title: AffectedDecision['now']['title'];
  revision: number;
  facts: Facts;
}

async function decidedAgain(tx: Tx, book: RuleBook, live: readonly Live[]): Promise<Map<string, Again>> {
  const found = new Map<string, Again>();
  const days = groupBy(live, ({ record }) => legalDateOf(record.time.decidedAt));
  for (const [today, ofDay] of days) {
    const time = { now: ofDay[0]!.record.time.decidedAt, today };
    const pathways = ofDay.filter(({ row }) => row.pathway_id !== null);
    const ids = [...new Set(pathways.flatMap(({ row }) => row.pathway_id ?? []))];
    const read = new Map(
      (await readPathwayFacts(tx, { book, time, pathwayIds: ids })).map((one) => [one.pathway.id, one]),
    );
    for (const { row } of pathways) {
      const one = read.get(row.pathway_id ?? '');
      const worked = one && workOut(book, one, row.purpose === 'eligibility' ? 'eligibility' : 'conclusion');
      if (worked && 'loaded' in worked.selected) {
        const { loaded, revision } = worked.selected;
        const { verdict, facts } = worked;
        found.set(row.id, { verdict, title: outcomeText(loaded.doc, verdict), revision, facts });
      }
    }
    for (const one of ofDay) {
      const again = one.record.subject.kind === 'outcome_course' ? await creditAgain(tx, { book, time, one }) : null;
      if (again) found.set(one.row.id, again);
    }
  }
  return found;
}

interface Asked {
  book: RuleBook;
  time: { now: string; today: string };
  one: Live;
}

async function creditAgain(tx: Tx, { book, time, one: { row, record } }: Asked): Promise<Again | null> {
  const subject = await tx('outcome_courses as c')
    .join('credit_applications as a', 'a.id', 'c.application_id')
    .where('c.id', record.subject.id)
    .first('c.course_id', 'a.outcome_id', 'a.applied_on');
  const outcome = subject && (await tx('learning_outcomes').where({ id: subject.outcome_id }).first());
  if (!outcome) return null;
  const ground = await readCreditGround(tx, {
    book,
    time,
    enrolmentId: row.case_id,
    outcome,
    courseIds: [subject.course_id],
    appliedOn: subject.applied_on,
  });
  const [course] = ground.courses;
  if (!course) return null;
  // what this very decision converted must not count against it
  const own = ground.spent.some((entry) => entry.course_id === subject.course_id);
  // how many courses were asked for, and the share that made, is of the application, of which this is one course
  const { coursePassed = null, coursesAsked = 1, convertedCourseShare = null } = record.facts;
  const facts: Facts = {
    ...course.facts,
    ...{ coursesAsked, convertedCourseShare },
    ...(own && { coursePassed }),
  };
  const selected = book.select({
    purpose: 'credit',
    scope: String(facts.outcomeKind),
    dateOf: (fact) => (typeof facts[fact] === 'number' ? (facts[fact] as number) : null),
  });
  if (!('loaded' in selected)) return null;
  const verdict = verdictUnder(selected, facts);
  return { verdict, title: outcomeText(selected.loaded.doc, verdict), revision: selected.revision, facts };
}

function affected({ row, record }: Live, again: Again | undefined, settled: boolean): AffectedDecision[] {
  if (!again || !differsFrom(record, again.verdict)) return [];
  const { doc } = loadedByHash(row.rule_hash, row.document);
  const { type, params } = record.outcome;
  return [
    {
      id: row.id,
      studentId: row.case_id,
      pathwayId: row.pathway_id,
      purpose: row.purpose,
      decidedAt: record.time.decidedAt,
      was: {
        type,
        title: outcomeText(doc, params === undefined ? { type } : { type, params }),
        revision: record.ruleSet.revision,
      },
      now: { type: again.verdict.type, title: again.title, revision: again.revision },
      reasonOnly: !differsFrom({ ...record, fired: again.verdict.fired }, again.verdict),
      changedFacts: Object.entries(record.facts)
        .filter(([fact, value]) => JSON.stringify(again.facts[fact] ?? null) !== JSON.stringify(value))
        .map(([fact]) => fact)
        .sort(),
      settled,
    },
  ];
}
