import { createHash } from 'node:crypto';
import type { Tx } from '../../db/tx.ts';
import { changeOf } from '../../rules/preview.ts';
import type { ChangeKind, Side } from '../../rules/preview.ts';
import type { Facts } from '../../rules/verdict.ts';
import { Problem } from '../../schemas/problem.ts';
import type { CollegeTime } from '../college/clock.ts';
import { readCreditCases } from '../facts/outcome-course.ts';
import type { CreditCase } from '../facts/outcome-course.ts';
import { readOutcomesFacts } from '../facts/outcome.ts';
import type { OutcomeCase } from '../facts/outcome.ts';
import { readPathwayFacts } from '../facts/pathway.ts';
import { selectOrNone } from '../facts/no-rule.ts';
import type { NoRule } from '../facts/no-rule.ts';
import type { DateMissing, Purpose, RuleBook, Selected } from '../rules/rule-book.ts';
import { purposeOf, ruleFor, verdictUnder } from '../verdicts/work-out.ts';
import type { Asked, PathwayFacts } from '../verdicts/work-out.ts';
import type { Books } from './books.ts';
import { outcomesOf, pathwaysOf, placesOf } from './cohort.ts';
import type { Placed } from './cohort.ts';
import { isIn } from './wanted.ts';
import type { Wanted } from './wanted.ts';

/** One question about a student, answered by a book. */
export interface Answer {
  facts: Facts;
  selected: Selected | DateMissing | NoRule;
  side: Side;
}

/** One verdict of one student under both books. */
export interface Pair {
  studentId: string;
  programmeId: string;
  classId: string;
  purpose: Purpose;
  subject: { kind: 'pathway' | 'outcome' | 'outcome_course'; id: string };
  courseId: string | null;
  /** `diploma`, `skill/four`, `credit`, `title`. */
  target: string;
  before: Answer;
  after: Answer;
  change: ChangeKind | null;
}

export interface Ground {
  books: Books;
  time: CollegeTime;
  /** The day on which an outcome not handed in yet is taken to be. */
  appliedOn: string;
  wanted: Wanted;
  /** The draft stands behind facts, which are then read under each book. */
  factsDiffer: boolean;
}

/** What has been read of some students, before any rule is run. */
export interface Read {
  ground: Ground;
  places: Map<string, Placed>;
  pathways: Both<PathwayFacts[]>;
  credits: Both<CreditCase[]>;
  titles: OutcomeCase[];
}

interface Both<T> {
  base: T;
  draft: T;
}

/** Facts of these students, in one snapshot, through the same readers as every verdict (architecture §9.2). */
export async function readStudents(tx: Tx, ground: Ground, students: readonly string[]): Promise<Read> {
  const { books, wanted, time, appliedOn } = ground;
  const pathwayIds = await pathwaysOf(tx, students, wanted);
  const outcomeIds = await outcomesOf(tx, students, wanted);
  const both = async <T>(read: (book: RuleBook) => Promise<T>): Promise<Both<T>> => {
    const base = await read(books.base);
    return { base, draft: ground.factsDiffer ? await read(books.draft) : base };
  };
  return {
    ground,
    places: await placesOf(tx, students),
    pathways: await both(async (book) =>
      pathwayIds.length === 0 ? [] : sorted(await readPathwayFacts(tx, { book, time, pathwayIds })),
    ),
    credits: await both(async (book) =>
      wanted.credit === null ? [] : readCreditCases(tx, { book, time, appliedOn, outcomeIds }),
    ),
    titles: wanted.title === null ? [] : await readOutcomesFacts(tx, { outcomeIds, on: appliedOn }),
  };
}

const sorted = (read: PathwayFacts[]): PathwayFacts[] =>
  read.sort((a, b) => (a.pathway.id < b.pathway.id ? -1 : a.pathway.id > b.pathway.id ? 1 : 0));

/** Every verdict of these students under both books. Engines run here, outside transactions. */
export function comparePairs(read: Read): Pair[] {
  return [...pathwayPairs(read), ...creditPairs(read), ...titlePairs(read)];
}

function pathwayPairs({ ground, places, pathways }: Read): Pair[] {
  const { books, wanted } = ground;
  const pairs: Pair[] = [];
  for (const [i, base] of pathways.base.entries()) {
    const draft = pathways.draft[i]!;
    const { pathway } = base;
    const head = {
      ...placeOf(places, pathway.enrolment_id),
      subject: { kind: 'pathway' as const, id: pathway.id },
      courseId: null,
      target: pathway.type === 'diploma' ? 'diploma' : `skill/${pathway.level}`,
    };
    for (const asked of asksOf(base, wanted))
      pairs.push({
        ...head,
        purpose: purposeOf(pathway, asked),
        ...compared(
          { facts: base.facts, selected: base.noPolicy ?? ruleFor(books.base, base, asked) },
          { facts: draft.facts, selected: draft.noPolicy ?? ruleFor(books.draft, draft, asked) },
        ),
      });
  }
  return pairs;
}

function asksOf({ pathway }: PathwayFacts, wanted: Wanted): Asked[] {
  if (pathway.type === 'diploma') return wanted.diploma ? ['conclusion'] : [];
  return [
    ...(isIn(wanted.eligibility, pathway.condition_edition ?? '*') ? (['eligibility'] as const) : []),
    ...(wanted.skill ? (['conclusion'] as const) : []),
  ];
}

function creditPairs({ ground, places, credits }: Read): Pair[] {
  const { books, wanted } = ground;
  const pairs: Pair[] = [];
  for (const [i, base] of credits.base.entries()) {
    const { outcome } = base;
    if (!isIn(wanted.credit, outcome.kind)) continue;
    const draft = credits.draft[i]!;
    for (const [c, course] of base.courses.entries()) {
      const facts = { base: course.facts, draft: draft.courses[c]!.facts };
      const scope = String(course.facts.outcomeKind);
      pairs.push({
        ...placeOf(places, outcome.enrolment_id),
        purpose: 'credit',
        subject: { kind: 'outcome_course', id: outcome.id },
        courseId: course.courseId,
        target: 'credit',
        ...compared(
          {
            facts: facts.base,
            selected: base.noPolicy ?? chosen(books.base, { purpose: 'credit', scope, facts: facts.base }),
          },
          {
            facts: facts.draft,
            selected: draft.noPolicy ?? chosen(books.draft, { purpose: 'credit', scope, facts: facts.draft }),
          },
        ),
      });
    }
  }
  return pairs;
}

function titlePairs({ ground, places, titles }: Read): Pair[] {
  const { books, wanted } = ground;
  return titles
    .filter(({ outcome }) => isIn(wanted.title, outcome.kind))
    .map(({ outcome, facts }) => {
      const question = { purpose: 'title' as const, scope: outcome.kind, facts };
      return {
        ...placeOf(places, outcome.enrolment_id),
        purpose: 'title',
        subject: { kind: 'outcome', id: outcome.id },
        courseId: null,
        target: 'title',
        ...compared(
          { facts, selected: chosen(books.base, question) },
          { facts, selected: chosen(books.draft, question) },
        ),
      };
    });
}

function placeOf(places: ReadonlyMap<string, Placed>, studentId: string) {
  const { class_id: classId, programme_id: programmeId } = places.get(studentId)!;
  return { studentId, classId, programmeId };
}

function chosen(
  book: RuleBook,
  { purpose, scope, facts }: { purpose: Purpose; scope: string; facts: Facts },
): Selected | DateMissing | NoRule {
  const dateOf = (fact: string): number | null => (typeof facts[fact] === 'number' ? (facts[fact] as number) : null);
  return selectOrNone(book, { purpose, scope, dateOf });
}

type Question = Omit<Answer, 'side'>;

/** The same rule on the same facts is not run twice. */
function compared(base: Question, draft: Question): Pick<Pair, 'before' | 'after' | 'change'> {
  const before = { ...base, side: sideOf(base) };
  if (base.facts === draft.facts && sameRule(base.selected, draft.selected))
    return { before, after: { ...draft, side: before.side }, change: null };
  const after = { ...draft, side: sideOf(draft) };
  return { before, after, change: changeOf(before.side, after.side) };
}

function sideOf({ selected, facts }: Question): Side {
  try {
    const verdict = verdictUnder(selected, facts);
    return { type: 'noRule' in selected ? 'no-rule' : verdict.type, verdict };
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'fact_not_lawful')) throw error;
    return { type: 'error', verdict: { type: 'undetermined', fired: [], missing: [], because: { kind: 'missing' } } };
  }
}

function sameRule(a: Question['selected'], b: Question['selected']): boolean {
  return 'loaded' in a && 'loaded' in b && a.hash === b.hash && a.suspended === b.suspended;
}

/** One hash over all facts read, in the order of the pairs. */
export function factsHashOf(pairs: readonly Pair[]): string {
  const hash = createHash('sha256');
  for (const { studentId, purpose, subject, courseId, before, after } of pairs) {
    hash.update(`${studentId}/${purpose}/${subject.id}/${courseId ?? ''}${JSON.stringify(before.facts)}`);
    if (after.facts !== before.facts) hash.update(JSON.stringify(after.facts));
  }
  return `sha256:${hash.digest('hex')}`;
}
