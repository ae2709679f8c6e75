import { readTx } from '../../db/read-tx.ts';
import type { Actor, Tx } from '../../db/tx.ts';
import { decideByReference, decideWithTrace, agree } from '../../rules/decide.ts';
import { explain, outcomeText } from '../../rules/explain.ts';
import type { Reason } from '../../rules/explain.ts';
import type { Facts, Verdict } from '../../rules/verdict.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Text } from '../../schemas/text.ts';
import { dateNumber } from '../../schemas/time.ts';
import { collegeTime } from '../college/clock.ts';
import { readCreditGround } from '../facts/outcome-course.ts';
import type { OutcomeAsked } from '../facts/outcome-course.ts';
import { readOutcomeFacts } from '../facts/outcome.ts';
import type { Register } from '../register.ts';
import { openRuleBook } from '../rules/rule-book.ts';
import type { RuleBook, Selected } from '../rules/rule-book.ts';
import { verdictUnder } from '../verdicts/work-out.ts';

export interface EvaluateEquivalence {
  purpose: 'credit' | 'title';
  /** Which binding of the purpose is asked, such as `catalogue`; that of the outcome's kind when absent. */
  scope?: string | undefined;
  /** Legal date asked about; today by the college's clock when absent. */
  date?: string | undefined;
  /** A stored outcome, one described here, or bare facts. */
  outcomeId?: string | undefined;
  outcome?: OutcomeAsked | undefined;
  facts?: Facts | undefined;
  /** Whose plan the credit is asked for; not needed with bare facts. */
  studentId?: string | undefined;
  courseIds?: string[] | undefined;
}

export interface EquivalenceAnswer {
  course: string | null;
  ruleSet: string;
  ruleTitle: Text;
  revision: number;
  hash: string;
  effectiveDate: string;
  verdict: Verdict;
  title: Text;
  reasons: Reason[];
}

export interface Equivalence {
  purpose: 'credit' | 'title';
  date: string;
  answers: EquivalenceAnswer[];
}

/** What an outcome would be worth on a date, under the rules in force for it, with reasons. Stores nothing. */
export async function evaluateEquivalence(
  register: Register,
  { by, input }: { by: Actor; input: EvaluateEquivalence },
): Promise<Equivalence> {
  const { book, date, questions } = await readTx(register.db, (tx) => read(register, tx, { by, input }));
  const answers: EquivalenceAnswer[] = [];
  for (const { course, facts } of questions)
    answers.push(await answer(book, { purpose: input.purpose, scope: input.scope, course, facts }));
  return { purpose: input.purpose, date, answers };
}

interface Asked {
  course: string | null;
  facts: Facts;
}

async function read(
  register: Register,
  tx: Tx,
  { by, input }: { by: Actor; input: EvaluateEquivalence },
): Promise<{ book: RuleBook; date: string; questions: Asked[] }> {
  if (by.collegeId === null) throw new Problem('not_found');
  const time = await collegeTime(tx, register.systemClock, by.collegeId);
  const date = input.date ?? time.today;
  const book = await openRuleBook(tx, by.collegeId, time.now);
  if (input.facts)
    return { book, date, questions: [{ course: null, facts: asOf(input.facts, input.date ?? null, time.today) }] };
  const outcome = input.outcomeId ? await storedOutcome(tx, input.outcomeId, by.collegeId) : input.outcome;
  if (!outcome) throw new Problem('bad_input', [{ pointer: '/outcome', code: 'outcome_or_facts_required' }]);
  if (input.purpose === 'title')
    return { book, date, questions: [{ course: null, facts: await readOutcomeFacts(tx, { outcome, on: date }) }] };
  const enrolmentId = input.studentId ?? (await ownerOf(tx, input.outcomeId));
  if (!enrolmentId) throw new Problem('bad_input', [{ pointer: '/studentId', code: 'student_or_facts_required' }]);
  const ground = await readCreditGround(tx, {
    book,
    time,
    enrolmentId,
    outcome,
    courseIds: input.courseIds,
    appliedOn: date,
  });
  return { book, date, questions: ground.courses.map(({ courseId, facts }) => ({ course: courseId, facts })) };
}

/** Bare facts are asked about on the date given; without one on that of their application, else today. */
function asOf(facts: Facts, date: string | null, today: string): Facts {
  if (date === null && facts.appliedOn !== undefined) return facts;
  return { ...facts, appliedOn: dateNumber(date ?? today) };
}

async function storedOutcome(tx: Tx, id: string, collegeId: string): Promise<OutcomeAsked> {
  const row = await tx('learning_outcomes').where({ id, college_id: collegeId }).first();
  if (!row) throw new Problem('not_found');
  return row;
}

interface Question extends Asked {
  purpose: 'credit' | 'title';
  scope: string | undefined;
}

async function answer(book: RuleBook, { purpose, scope, course, facts }: Question): Promise<EquivalenceAnswer> {
  const dateOf = (fact: string): number | null => (typeof facts[fact] === 'number' ? (facts[fact] as number) : null);
  const selected = book.select({ purpose, scope: scope ?? String(facts.outcomeKind ?? '*'), dateOf });
  if ('missingDate' in selected)
    throw new Problem('date_missing', [{ pointer: '', code: 'date_missing', detail: { fact: selected.missingDate } }]);
  const { verdict, reasons } = await bothAgree(selected, facts);
  const { ruleSet, revision, hash, effectiveDate, loaded } = selected;
  return {
    course,
    ruleSet,
    ruleTitle: loaded.doc.title,
    revision,
    hash,
    effectiveDate,
    verdict,
    title: outcomeText(loaded.doc, verdict),
    reasons,
  };
}

/** Even a question that stores nothing is answered only where both evaluators agree. */
async function bothAgree(selected: Selected, facts: Facts): Promise<{ verdict: Verdict; reasons: Reason[] }> {
  if (selected.suspended) return { verdict: verdictUnder(selected, facts), reasons: [] };
  const traced = decideWithTrace(selected.loaded, facts);
  if (!agree(traced, await decideByReference(selected.loaded, facts))) throw new Problem('evaluators_disagree');
  const { trace: _, ...verdict } = traced;
  return { verdict, reasons: explain(selected.loaded, traced, facts) };
}

async function ownerOf(tx: Tx, outcomeId: string | undefined): Promise<string | undefined> {
  if (outcomeId === undefined) return undefined;
  return (await tx('learning_outcomes').where({ id: outcomeId }).first('enrolment_id'))?.enrolment_id;
}
