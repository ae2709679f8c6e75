import { describe, expect, test } from 'vitest';
import { applyForCredit } from '../../register/outcomes/apply-for-credit.ts';
import { evaluateEquivalence } from '../../register/outcomes/evaluate-equivalence.ts';
import { matchOutcome } from '../../register/outcomes/match-outcome.ts';
import { loadedByHash } from '../../register/rules/loaded.ts';
import { replayDecision } from '../../rules/record.ts';
import { canonicalJson } from '../../schemas/canonical.ts';
import type { Decision } from '../../schemas/decision.ts';
import { aCollege, aStudent, testRegister } from '../support/college.ts';
import type { College, Student } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';
import { scored } from '../support/students.ts';
import { aCourse, anOutcome } from './outcomes.ts';
import type { SomeOutcome } from './outcomes.ts';
import { publish, withParam } from './publishing.ts';

const IN_TERM_FIVE = '2025-09-08T02:00:00.000Z';
const CONTEST = '全国职业院校技能大赛（机电一体化）';

forEachDatabase((_name, open) => {
  let made: Promise<{ db: TestDatabase; college: College; courses: Record<'A' | 'B' | 'C', string> }> | undefined;

  /** One college for all; every test has a student of its own. The plan has 80 tenths of credit, of which half may be converted. */
  async function aWorld() {
    const db = await open({ clock: testClock(IN_TERM_FIVE) });
    const college = await aCollege(db, { rules: true, register: testRegister(db) });
    const covered = [
      { kind: 'skill_certificate' as const, name: '电工', overlap: 9000 },
      { kind: 'contest_award' as const, name: CONTEST, overlap: 9000 },
    ];
    const course = (code: string): Promise<string> => aCourse(college, { code, credits: 20, covered });
    return { db, college, courses: { A: await course('A'), B: await course('B'), C: await course('C') } };
  }

  async function aWorldWithStudent(outcome: SomeOutcome) {
    made ??= aWorld();
    const world = await made;
    const student = await aStudent(world.college);
    const apply = (outcomeId: string, ...courseIds: string[]) =>
      applyForCredit(world.college.register, world.college.call('registrar', { outcomeId, courseIds }));
    return { ...world, student, apply, outcome: await anOutcome(world.college, student, outcome) };
  }

  const levelThree = { kind: 'skill_certificate', level: 'three' };
  const entriesOf = (db: TestDatabase, { enrolment }: Student) =>
    db
      .reader('credit_entries')
      .where({ enrolment_id: enrolment })
      .orderBy('course_id')
      .select('outcome_id', 'course_id', 'credits', 'score');

  describe('credit', () => {
    test('what is granted is spent at once, and stands for the courses', async () => {
      const { db, student, apply, outcome, courses } = await aWorldWithStudent(levelThree);
      const { courses: answered } = await apply(outcome, courses.A, courses.B);

      expect(answered.map(({ credits }) => credits)).toEqual([20, 20]);
      expect(await entriesOf(db, student)).toEqual(
        [courses.A, courses.B]
          .sort()
          .map((course) => ({ outcome_id: outcome, course_id: course, credits: 20, score: 600 })),
      );
      expect(await db.reader('decisions').where({ case_id: student.enrolment }).pluck('outcome_type')).toEqual([
        'grant',
        'grant',
      ]);
    });

    test('an outcome spent once is refused a second time, and nothing is stored', async () => {
      const { db, student, apply, outcome, courses } = await aWorldWithStudent(levelThree);
      await apply(outcome, courses.A);
      const before = await countsOf(db);

      await expect(apply(outcome, courses.B)).rejects.toMatchObject({ code: 'outcome_already_spent' });
      expect(await countsOf(db)).toEqual(before);
      expect(await entriesOf(db, student)).toHaveLength(1);
    });

    test('a course that is converted already is denied to another outcome, which stays unspent', async () => {
      const { db, student, apply, college, outcome, courses } = await aWorldWithStudent(levelThree);
      await apply(outcome, courses.A);
      const award = await anOutcome(college, student, {
        kind: 'contest_award',
        name: CONTEST,
        contest_tier: 'national',
        contest_prize: 'first',
      });

      const { courses: answered } = await apply(award, courses.A);

      expect(answered).toMatchObject([{ outcome: 'not_recognised', credits: 0 }]);
      expect(await db.reader('credit_spendings').where({ outcome_id: award })).toEqual([]);
      await apply(award, courses.B);
      expect(await entriesOf(db, student)).toHaveLength(2);
    });

    test('an application over the cap is refused whole and names the courses too many', async () => {
      const { db, apply, outcome, courses } = await aWorldWithStudent(levelThree);
      const before = await countsOf(db);

      await expect(apply(outcome, courses.A, courses.B, courses.C)).rejects.toMatchObject({
        code: 'credit_over_limit',
        errors: [{ pointer: '/courseIds', code: 'credit_over_limit' }],
      });
      expect(await countsOf(db)).toEqual(before);
    });

    test('what was converted before counts against the cap', async () => {
      const { student, apply, college, outcome, courses } = await aWorldWithStudent(levelThree);
      await apply(outcome, courses.A, courses.B);
      const award = await anOutcome(college, student, {
        kind: 'contest_award',
        name: CONTEST,
        contest_tier: 'national',
        contest_prize: 'first',
      });

      await expect(apply(award, courses.C)).rejects.toMatchObject({ code: 'credit_over_limit' });
    });

    test('the same application sent again gets its first answer, though the ledger is full by then', async () => {
      const { db, student, college, outcome, courses } = await aWorldWithStudent(levelThree);
      const call = college.call('registrar', { outcomeId: outcome, courseIds: [courses.A, courses.B] });
      const first = await applyForCredit(college.register, call);

      expect(await applyForCredit(college.register, call)).toEqual(first);
      expect(await entriesOf(db, student)).toHaveLength(2);
    });

    test('a denial is a recorded decision and spends nothing, so that the outcome may be used elsewhere', async () => {
      const { db, student, apply, college, outcome, courses } = await aWorldWithStudent(levelThree);
      const { courses: answered } = await apply(outcome, college.courses.JD102);

      expect(answered).toMatchObject([{ outcome: 'not_recognised', credits: 0 }]);
      expect(await entriesOf(db, student)).toEqual([]);
      expect(
        await db.reader('decisions').where({ id: answered[0]!.decision }).first('outcome_type', 'purpose'),
      ).toEqual({ outcome_type: 'deny', purpose: 'credit' });
      await apply(outcome, courses.A);
      expect(await entriesOf(db, student)).toHaveLength(1);
    });

    test('an outcome nobody has verified is neither granted nor denied', async () => {
      const { db, student, apply, outcome, courses } = await aWorldWithStudent({ ...levelThree, verified: null });

      expect((await apply(outcome, courses.A)).courses).toMatchObject([{ outcome: 'undetermined', credits: 0 }]);
      expect(await entriesOf(db, student)).toEqual([]);
    });

    test('a course outside the plan is refused by its place in the list', async () => {
      const { apply, outcome, courses } = await aWorldWithStudent(levelThree);

      await expect(apply(outcome, courses.A, 'crs_unknown')).rejects.toMatchObject({
        code: 'bad_input',
        errors: [{ pointer: '/courseIds/1', code: 'course_not_in_plan' }],
      });
    });

    test("another college's outcome is not found", async () => {
      const { db, college, outcome, courses } = await aWorldWithStudent(levelThree);
      const other = await aCollege(db, { code: '14998', register: college.register });
      const call = other.call('registrar', { outcomeId: outcome, courseIds: [courses.A] });

      await expect(applyForCredit(college.register, call)).rejects.toMatchObject({ code: 'not_found' });
    });

    test('every record replays to the same bytes', async () => {
      const { db, student, apply, college, outcome, courses } = await aWorldWithStudent(levelThree);
      await apply(outcome, courses.A, college.courses.JD102);
      const rows = await db
        .reader('decisions')
        .join('rule_revisions', 'rule_revisions.hash', 'decisions.rule_hash')
        .where({ case_id: student.enrolment })
        .select('decisions.record', 'decisions.rule_hash', 'rule_revisions.document');

      expect(rows).toHaveLength(2);
      for (const { record, rule_hash: hash, document } of rows) {
        const stored = JSON.parse(record) as Decision;
        expect(await replayDecision(loadedByHash(hash, document), stored)).toEqual({ same: true, differences: [] });
        expect(canonicalJson(stored)).toBe(record);
      }
    });
  });

  describe('similar outcomes', () => {
    test('of two certificates of one occupation the second, no higher, is not converted', async () => {
      const { db, student, apply, college, outcome, courses } = await aWorldWithStudent(levelThree);
      await apply(outcome, courses.A);
      const lower = await anOutcome(college, student, {
        kind: 'skill_certificate',
        level: 'four',
        name: '维修电工',
        occupation_code: '6-31-01-03-001',
      });
      await matchOutcome(
        college.register,
        college.call('registrar', {
          kind: 'skill_certificate' as const,
          outcomeName: '维修电工',
          level: '',
          courseCode: 'B',
          overlap: 9000,
          source: 'test',
        }),
      );
      const before = await countsOf(db);

      await expect(apply(lower, courses.B)).rejects.toMatchObject({
        code: 'similar_outcome_spent',
        errors: [{ pointer: '/outcomeId', detail: { spent: outcome } }],
      });
      expect(await countsOf(db)).toEqual(before);
    });

    test('a higher certificate may still be converted after a lower one', async () => {
      const { db, student, apply, college, outcome, courses } = await aWorldWithStudent({
        ...levelThree,
        level: 'four',
      });
      await apply(outcome, courses.A);
      const higher = await anOutcome(college, student, levelThree);
      await apply(higher, courses.B);

      expect(await entriesOf(db, student)).toHaveLength(2);
    });

    test('prizes of one contest are similar: tier first, then prize; of another contest they are not', async () => {
      const award = (contest_tier: string, contest_prize: string, name = CONTEST) => ({
        kind: 'contest_award',
        name,
        contest_tier,
        contest_prize,
      });
      const { student, apply, college, outcome, courses } = await aWorldWithStudent(award('national', 'third'));
      await apply(outcome, courses.A);
      const provincial = await anOutcome(college, student, award('province', 'first'));
      const equal = await anOutcome(college, student, award('national', 'third'));
      const elsewhere = await anOutcome(college, student, award('province', 'third', '省赛'));
      await matchOutcome(
        college.register,
        college.call('registrar', {
          kind: 'contest_award' as const,
          outcomeName: '省赛',
          level: '',
          courseCode: 'B',
          overlap: 9000,
          source: 'test',
        }),
      );

      await expect(apply(provincial, courses.B)).rejects.toMatchObject({ code: 'similar_outcome_spent' });
      await expect(apply(equal, courses.B)).rejects.toMatchObject({ code: 'similar_outcome_spent' });
      expect((await apply(elsewhere, courses.B)).courses).toMatchObject([{ credits: 20 }]);
    });

    test('what a neighbour spent is nobody else’s concern', async () => {
      const { apply, outcome, courses } = await aWorldWithStudent(levelThree);
      await apply(outcome, courses.A);
      const neighbour = await aWorldWithStudent(levelThree);

      expect((await neighbour.apply(neighbour.outcome, courses.A)).courses).toMatchObject([{ credits: 20 }]);
    });

    test('a similar outcome that would bring nothing is simply denied', async () => {
      const { student, apply, college, outcome, courses } = await aWorldWithStudent(levelThree);
      await apply(outcome, courses.A);
      const second = await anOutcome(college, student, levelThree);

      expect((await apply(second, college.courses.JD102)).courses).toMatchObject([{ outcome: 'not_recognised' }]);
    });

    test('a college whose policy does not say so converts both', async () => {
      const db = await open({ clock: testClock(IN_TERM_FIVE) });
      const college = await aCollege(db, { rules: true, register: testRegister(db) });
      await publish(college, withParam('policy.teaching', 'highestOfSimilarOnly', false));
      const covered = [{ kind: 'skill_certificate' as const, name: '电工', overlap: 9000 }];
      const courseIds = [
        await aCourse(college, { code: 'A', credits: 20, covered }),
        await aCourse(college, { code: 'B', credits: 20, covered }),
      ];
      const student = await aStudent(college);
      for (const courseId of courseIds) {
        const outcomeId = await anOutcome(college, student, levelThree);
        await applyForCredit(college.register, college.call('registrar', { outcomeId, courseIds: [courseId] }));
      }

      expect(await entriesOf(db, student)).toHaveLength(2);
    });
  });

  describe('a question about worth', () => {
    test('stores nothing at all', async () => {
      const { db, college, student, outcome, courses } = await aWorldWithStudent(levelThree);
      const by = college.by('registrar');
      const before = await countsOf(db);

      const credit = await evaluateEquivalence(college.register, {
        by,
        input: { purpose: 'credit', outcomeId: outcome, studentId: student.enrolment, courseIds: [courses.A] },
      });
      const title = await evaluateEquivalence(college.register, {
        by,
        input: { purpose: 'title', outcomeId: outcome },
      });

      expect(credit.answers).toMatchObject([
        { course: courses.A, verdict: { type: 'grant', params: { credits: 50, score: 600 } } },
      ]);
      expect(credit.answers[0]!.reasons.length).toBeGreaterThan(0);
      expect(title.answers).toMatchObject([
        { course: null, verdict: { type: 'undetermined', missing: ['workMonthsAfterOutcome'] } },
      ]);
      expect(await countsOf(db)).toEqual(before);
    });

    test('is answered for the date asked about', async () => {
      const { college, student, outcome, courses } = await aWorldWithStudent({
        ...levelThree,
        expires_on: '2025-09-30',
      });
      const on = async (date: string) => {
        const input = {
          purpose: 'credit' as const,
          date,
          outcomeId: outcome,
          studentId: student.enrolment,
          courseIds: [courses.A],
        };
        const { answers } = await evaluateEquivalence(college.register, { by: college.by('registrar'), input });
        return [answers[0]!.effectiveDate, answers[0]!.verdict.type];
      };

      expect(await on('2025-09-30')).toEqual(['2025-09-30', 'grant']);
      expect(await on('2025-10-01')).toEqual(['2025-10-01', 'deny']);
      await expect(on('2015-08-31')).rejects.toMatchObject({ code: 'no_rule_for_date' });
    });

    test('bare facts are asked about as of the date, or of today', async () => {
      const { college } = await aWorldWithStudent(levelThree);
      const facts = {
        outcomeKind: 'skill_certificate',
        engineeringField: true,
        outcomeSkillLevel: 'three',
        workMonthsAfterOutcome: 24,
        outcomeVerified: true,
        outcomeExpired: false,
      };
      const ask = (date?: string) =>
        evaluateEquivalence(college.register, {
          by: college.by('registrar'),
          input: { purpose: 'title', facts, ...(date ? { date } : {}) },
        });

      expect((await ask('2025-01-01')).answers).toMatchObject([
        { effectiveDate: '2025-01-01', verdict: { type: 'grant' } },
      ]);
      expect((await ask()).answers).toMatchObject([{ effectiveDate: '2025-09-08' }]);
      await expect(ask('2014-01-01')).rejects.toMatchObject({ code: 'no_rule_for_date' });
    });

    test('a course passed already is worth nothing more', async () => {
      const { college, student, outcome } = await aWorldWithStudent(levelThree);
      await matchOutcome(
        college.register,
        college.call('registrar', {
          kind: 'skill_certificate' as const,
          outcomeName: '电工',
          level: '',
          courseCode: 'JD101',
          overlap: 9000,
          source: 'test',
        }),
      );
      await scored(college, student, { course: 'JD101', value: 600 });

      const { answers } = await evaluateEquivalence(college.register, {
        by: college.by('registrar'),
        input: { purpose: 'credit', outcomeId: outcome, courseIds: [college.courses.JD101] },
      });
      expect(answers).toMatchObject([{ verdict: { type: 'deny', params: { reason: 'course_passed' } } }]);
    });
  });
});

const stores = [
  'credit_applications',
  'outcome_courses',
  'credit_spendings',
  'credit_entries',
  'decisions',
  'audit_leaves',
  'outbox',
  'learning_outcomes',
];

async function countsOf(db: TestDatabase): Promise<number[]> {
  const counts: number[] = [];
  for (const table of stores) counts.push(Number((await db.reader(table).count({ count: '*' }).first())?.count));
  return counts;
}
