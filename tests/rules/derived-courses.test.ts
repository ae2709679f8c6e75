import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ComponentScore, CourseResult } from '../../rules/derived/course-result.ts';
import { bestAttempt, weightedCourseResult } from '../../rules/derived/course-result.ts';
import { creditsShort, electiveCreditsShort } from '../../rules/derived/credits-short.ts';
import type { PlanCourse } from '../../rules/derived/standing.ts';
import { coursePassed, coursesFailed, courseStanding } from '../../rules/derived/standing.ts';
import { weightedUnitScore } from '../../rules/derived/unit-score.ts';
import { runs, seed } from './seed.ts';

const score = (weight: number, value: number | null, mark: ComponentScore['mark'] = null): ComponentScore => ({
  weight,
  value,
  mark,
});
const result = (value: number): CourseResult => ({ kind: 'result', value, mark: null });
const missing: CourseResult = { kind: 'missing' };
const waived: CourseResult = { kind: 'waived' };

describe('weighted course result', () => {
  test('weights the components and keeps two decimals', () => {
    expect(weightedCourseResult([score(3000, 805), score(7000, 722)])).toEqual(result(7469));
  });

  test('rounds half up, once: 74.995 is 75.00 and 74.994 is 74.99', () => {
    expect(weightedCourseResult([score(9950, 750), score(50, 740)])).toEqual(result(7500));
    expect(weightedCourseResult([score(9940, 750), score(60, 740)])).toEqual(result(7499));
  });

  test('a single component carries the total', () => {
    expect(weightedCourseResult([score(10_000, 599)])).toEqual(result(5990));
  });

  test('components out of different maxima are brought to a hundred', () => {
    const outOfForty = { ...score(4000, 300), maxScore: 400 };
    const outOfThirty = { ...score(6000, 100), maxScore: 300 };

    expect(weightedCourseResult([outOfForty, outOfThirty])).toEqual(result(5000));
  });

  test('a component without a score is missing, not zero', () => {
    expect(weightedCourseResult([score(3000, 805), score(7000, null)])).toEqual(missing);
    expect(weightedCourseResult([score(3000, 0), score(7000, 1000)])).toEqual(result(7000));
  });

  test('a deferred component is missing', () => {
    expect(weightedCourseResult([score(3000, 805), score(7000, null, 'deferred')])).toEqual(missing);
  });

  test.each(['absent', 'cheated', 'disqualified'] as const)(
    '%s makes the course zero with that mark, whatever is missing',
    (mark) => {
      expect(weightedCourseResult([score(3000, null), score(7000, null, mark)])).toEqual({
        kind: 'result',
        value: 0,
        mark,
      });
    },
  );

  test('of several marks the gravest stands', () => {
    const marked = weightedCourseResult([
      score(3000, null, 'absent'),
      score(3000, null, 'cheated'),
      score(4000, null, 'waived'),
    ]);

    expect(marked).toEqual({ kind: 'result', value: 0, mark: 'cheated' });
  });

  test('a waiver waives the course', () => {
    expect(weightedCourseResult([score(3000, 805), score(7000, null, 'waived')])).toEqual(waived);
  });

  test('weights that are not whole are a broken register, not a result', () => {
    expect(() => weightedCourseResult([score(3000, 805), score(6999, 700)])).toThrow('invariant_broken');
    expect(() => weightedCourseResult([])).toThrow('invariant_broken');
  });

  test(`lies between the worst and the best component (seed ${seed})`, () => {
    const components = fc.array(fc.record({ value: fc.nat(1000), part: fc.integer({ min: 1, max: 1000 }) }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(components, (drawn) => {
        const weighed = weightedCourseResult(sharesOf(drawn).map(({ weight, value }) => score(weight, value)));
        const values = drawn.map(({ value }) => value * 10);

        expect(weighed).toMatchObject({ kind: 'result' });
        if (weighed.kind === 'result')
          expect([Math.min(...values) <= weighed.value, weighed.value <= Math.max(...values)]).toEqual([true, true]);
      }),
      { seed, numRuns: runs(500) },
    );
  });
});

/** Weights in proportion to the parts, summing to exactly 10000. */
function sharesOf(drawn: readonly { value: number; part: number }[]): { value: number; weight: number }[] {
  const total = drawn.reduce((sum, { part }) => sum + part, 0);
  const weights = drawn.map(({ part }) => Math.floor((part * 10_000) / total));
  const rest = 10_000 - weights.reduce((sum, weight) => sum + weight, 0);
  return drawn.map(({ value }, i) => ({ value, weight: (weights[i] ?? 0) + (i === 0 ? rest : 0) }));
}

describe('best attempt', () => {
  test('is the highest on record; what is under way does not hide it', () => {
    expect(bestAttempt([result(5200), missing, result(6100), result(5900)])).toEqual(result(6100));
  });

  test('a waiver outranks all; nothing on record is missing', () => {
    expect(bestAttempt([result(9000), waived])).toEqual(waived);
    expect(bestAttempt([missing])).toEqual(missing);
    expect(bestAttempt([])).toEqual(missing);
  });
});

const PASS = 600;
const course = (over: Partial<PlanCourse>): PlanCourse => ({
  courseId: 'crs',
  credits: 40,
  required: true,
  canStillCome: false,
  converted: false,
  attempts: [],
  ...over,
});

describe('passing a course', () => {
  test('at the mark is passed, a hundredth under is not', () => {
    expect(courseStanding(course({ attempts: [result(6000)] }), PASS)).toBe('passed');
    expect(courseStanding(course({ attempts: [result(5999)] }), PASS)).toBe('failed');
    expect(courseStanding(course({ attempts: [result(6000)] }), PASS + 1)).toBe('failed');
  });

  test('any attempt is enough, a waiver or a conversion too', () => {
    expect(courseStanding(course({ attempts: [result(4000), result(6200)] }), PASS)).toBe('passed');
    expect(courseStanding(course({ attempts: [waived] }), PASS)).toBe('passed');
    expect(courseStanding(course({ converted: true, attempts: [result(4000)] }), PASS)).toBe('passed');
  });

  test('no result, or a resit under way, leaves it open', () => {
    expect(courseStanding(course({}), PASS)).toBe('open');
    expect(courseStanding(course({ attempts: [result(4000), missing] }), PASS)).toBe('open');
  });

  test('passed already is known only with a pass mark', () => {
    expect(coursePassed(course({ attempts: [result(6000)] }), PASS)).toBe(true);
    expect(coursePassed(course({}), PASS)).toBe(false);
    expect(coursePassed(course({ attempts: [result(6000)] }), null)).toBeNull();
  });
});

describe('courses failed', () => {
  test('counts required courses with only failing results', () => {
    const failed = course({ attempts: [result(3000)] });
    const open = course({ attempts: [result(3000), missing] });
    const elective = course({ required: false, attempts: [result(3000)] });
    const passed = course({ attempts: [result(8000)] });

    expect(coursesFailed([failed, failed, open, elective, passed, course({})], PASS)).toBe(2);
    expect(coursesFailed([], PASS)).toBe(0);
    expect(coursesFailed([failed], null)).toBeNull();
  });
});

describe('credits short', () => {
  const passed = course({ attempts: [result(8000)] });
  const failed = course({ attempts: [result(3000)] });

  test('nothing outstanding: the difference', () => {
    expect(creditsShort({ courses: [passed, failed], needed: 80, passMark: PASS })).toBe(40);
    expect(creditsShort({ courses: [passed, passed], needed: 80, passMark: PASS })).toBe(0);
  });

  test('more than enough is not less than nothing', () => {
    expect(creditsShort({ courses: [passed, passed, passed], needed: 80, passMark: PASS })).toBe(0);
  });

  test('a required course without result leaves it missing', () => {
    expect(creditsShort({ courses: [passed, course({})], needed: 80, passMark: PASS })).toBeNull();
  });

  test('enough is enough, whatever is outstanding', () => {
    expect(creditsShort({ courses: [passed, passed, course({})], needed: 80, passMark: PASS })).toBe(0);
  });

  test('an elective not taken counts as outstanding only while it can still come', () => {
    const elective = course({ required: false });

    expect(
      creditsShort({ courses: [passed, { ...elective, canStillCome: true }], needed: 80, passMark: PASS }),
    ).toBeNull();
    expect(creditsShort({ courses: [passed, elective], needed: 80, passMark: PASS })).toBe(40);
  });

  test('a plan without a figure, or no pass mark, leaves it missing', () => {
    expect(creditsShort({ courses: [passed], needed: null, passMark: PASS })).toBeNull();
    expect(creditsShort({ courses: [passed], needed: 40, passMark: null })).toBeNull();
  });

  test('electives are counted by themselves', () => {
    const elective = course({ required: false, credits: 20, attempts: [result(7000)] });

    expect(electiveCreditsShort({ courses: [passed, elective, course({})], needed: 60, passMark: PASS })).toBe(40);
    expect(electiveCreditsShort({ courses: [passed, elective], needed: 20, passMark: PASS })).toBe(0);
  });
});

describe('process assessment by standard unit', () => {
  const units = [
    { unitId: 'a', weight: 4000 },
    { unitId: 'b', weight: 6000 },
  ];

  test('weights courses by coverage inside a unit and units by the standard', () => {
    const evidence = [
      { unitId: 'a', coverage: 7500, result: result(8000) },
      { unitId: 'a', coverage: 2500, result: result(6000) },
      { unitId: 'b', coverage: 5000, result: result(7000) },
    ];

    expect(weightedUnitScore(units, evidence)).toBe(7200); // a: 75.00, b: 70.00
  });

  test('rounds half up, once', () => {
    const half = [
      { unitId: 'a', coverage: 10_000, result: result(6001) },
      { unitId: 'b', coverage: 10_000, result: result(6000) },
    ];
    const even = [
      { unitId: 'a', weight: 5000 },
      { unitId: 'b', weight: 5000 },
    ];

    expect(weightedUnitScore(even, half)).toBe(6001); // 60.005
    expect(weightedUnitScore(units, half)).toBe(6000); // 60.004
  });

  test('a mapped result that is missing leaves the score missing', () => {
    const evidence = [
      { unitId: 'a', coverage: 7500, result: result(8000) },
      { unitId: 'b', coverage: 10, result: missing },
    ];

    expect(weightedUnitScore(units, evidence)).toBeNull();
  });

  test('a unit without weight cannot hold it up', () => {
    const evidence = [
      { unitId: 'a', coverage: 7500, result: result(8000) },
      { unitId: 'c', coverage: 5000, result: missing },
    ];

    expect(
      weightedUnitScore(
        [
          { unitId: 'a', weight: 10_000 },
          { unitId: 'c', weight: 0 },
        ],
        evidence,
      ),
    ).toBe(8000);
  });

  test('waived courses and uncovered units are left out, the rest scaled up', () => {
    const evidence = [
      { unitId: 'a', coverage: 5000, result: result(8000) },
      { unitId: 'a', coverage: 5000, result: waived },
    ];

    expect(weightedUnitScore(units, evidence)).toBe(8000);
  });

  test('nothing to weigh is missing, not zero', () => {
    expect(weightedUnitScore(units, [])).toBeNull();
    expect(weightedUnitScore(units, [{ unitId: 'a', coverage: 5000, result: waived }])).toBeNull();
    expect(weightedUnitScore([], [])).toBeNull();
  });

  test('a zero for cheating counts as zero', () => {
    const cheated: CourseResult = { kind: 'result', value: 0, mark: 'cheated' };

    expect(
      weightedUnitScore([{ unitId: 'a', weight: 10_000 }], [{ unitId: 'a', coverage: 10_000, result: cheated }]),
    ).toBe(0);
  });
});
