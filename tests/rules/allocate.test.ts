import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AllocationInput, Entitlement } from '../../rules/allocate.ts';
import { allocate } from '../../rules/allocate.ts';
import { runs, seed } from './seed.ts';

const item = (outcomeId: string, courseId: string, credits: number, over: Partial<Entitlement> = {}): Entitlement => ({
  outcomeId,
  courseId,
  credits,
  score: 600,
  worth: 80,
  ...over,
});
const chosen = (input: Omit<AllocationInput, 'alreadySpent'>, alreadySpent = 0): string[] =>
  allocate({ ...input, alreadySpent }).map(({ outcomeId, courseId }) => `${outcomeId} ${courseId}`);
const roomy = { totalTenths: 1000 };

test('nothing to spend is no allocation', () => {
  expect(chosen({ entitlements: [], caps: roomy })).toEqual([]);
});

test('a course is converted once, with the better score', () => {
  const entitlements = [item('a', 'x', 40), item('b', 'x', 40, { score: 900 })];

  expect(chosen({ entitlements, caps: roomy })).toEqual(['b x']);
});

test('an outcome is spent over several courses within its worth, and what is left over lapses', () => {
  const entitlements = [item('a', 'x', 40), item('a', 'y', 30), item('a', 'z', 20)];

  expect(chosen({ entitlements, caps: roomy })).toEqual(['a x', 'a y']);
  expect(chosen({ entitlements: entitlements.map((e) => ({ ...e, worth: 50 })), caps: roomy })).toEqual(['a y', 'a z']);
});

test('the cap an outcome has by policy binds where its worth does not', () => {
  const entitlements = [
    item('a', 'x', 40, { worth: 200 }),
    item('a', 'y', 30, { worth: 200 }),
    item('a', 'z', 20, { worth: 200 }),
  ];

  expect(chosen({ entitlements, caps: { ...roomy, perOutcomeTenths: 60 } })).toEqual(['a x', 'a z']);
});

test('the total cap counts what was spent before', () => {
  const entitlements = [item('a', 'x', 40), item('b', 'y', 30)];

  expect(chosen({ entitlements, caps: { totalTenths: 70 } })).toEqual(['a x', 'b y']);
  expect(chosen({ entitlements, caps: { totalTenths: 70 } }, 1)).toEqual(['a x']);
  expect(chosen({ entitlements, caps: { totalTenths: 70 } }, 35)).toEqual(['b y']);
  expect(chosen({ entitlements, caps: { totalTenths: 70 } }, 70)).toEqual([]);
});

test('of similar outcomes the one worth most is spent', () => {
  const entitlements = [
    item('low', 'x', 20, { similarGroup: 'g' }),
    item('high', 'y', 40, { similarGroup: 'g' }),
    item('other', 'z', 10),
  ];

  expect(chosen({ entitlements, caps: roomy })).toEqual(['high y', 'other z']);
});

test('taking the largest first would be worse', () => {
  // 50 alone leaves 10 unused of 60; 30 and 30 fill it
  const entitlements = [item('a', 'x', 50), item('b', 'y', 30), item('c', 'z', 30)];

  expect(chosen({ entitlements, caps: { totalTenths: 60 } })).toEqual(['b y', 'c z']);
});

test('equal credits and scores: fewer outcomes, then the first by ids', () => {
  const entitlements = [item('a', 'x', 20), item('b', 'y', 20), item('a', 'y', 20), item('c', 'x', 20)];

  expect(chosen({ entitlements, caps: roomy })).toEqual(['a x', 'a y']);
  expect(chosen({ entitlements: [item('b', 'x', 20), item('a', 'x', 20)], caps: roomy })).toEqual(['a x']);
});

test('a course without credits is not worth an outcome', () => {
  expect(chosen({ entitlements: [item('a', 'x', 0)], caps: roomy })).toEqual([]);
});

const drawnItem = fc.record({
  outcome: fc.integer({ min: 0, max: 3 }),
  course: fc.integer({ min: 0, max: 6 }),
  credits: fc.constantFrom(0, 5, 10, 15, 20, 25, 30, 40),
  score: fc.constantFrom(600, 700, 900),
});
const worths = fc.array(fc.constantFrom(20, 40, 50, 80), { minLength: 4, maxLength: 4 });
const groups = fc.array(fc.constantFrom(undefined, 'g', 'h'), { minLength: 4, maxLength: 4 });
const caps = fc.record({
  totalTenths: fc.integer({ min: 0, max: 160 }),
  perOutcomeTenths: fc.constantFrom(30, 60, 80),
});

test(`spends as much and as well as brute force, whatever the order (seed ${seed})`, () => {
  fc.assert(
    fc.property(
      fc.array(drawnItem, { maxLength: 12 }),
      worths,
      groups,
      caps,
      fc.constantFrom(0, 10),
      (drawn, worth, group, cap, alreadySpent) => {
        const entitlements = drawn.map(({ outcome, course, credits, score }) => {
          const similarGroup = group[outcome];
          return {
            ...item(`o${outcome}`, `c${course}`, credits, { score, worth: worth[outcome] ?? 0 }),
            ...(similarGroup ? { similarGroup } : {}),
          };
        });
        const input = { entitlements, caps: cap, alreadySpent };
        const best = bruteForce(input);
        const found = allocate(input);

        expect(isLegal(found, input)).toBe(true);
        expect([creditsOf(found), gradeOf(found)]).toEqual([creditsOf(best), gradeOf(best)]);
        expect(
          allocate({ ...input, entitlements: [...entitlements].reverse() }).map((e) => [e.courseId, e.outcomeId]),
        ).toEqual(found.map((e) => [e.courseId, e.outcomeId]));
      },
    ),
    { seed, numRuns: runs(300) },
  );
});

test(`equals brute force on fifteen items (seed ${seed})`, () => {
  for (const drawn of fc.sample(fc.array(drawnItem, { minLength: 15, maxLength: 15 }), { seed, numRuns: 5 })) {
    const entitlements = drawn.map(({ outcome, course, credits, score }) =>
      item(`o${outcome}`, `c${course}`, credits, { score, worth: 50 }),
    );
    const input = { entitlements, caps: { totalTenths: 110, perOutcomeTenths: 60 }, alreadySpent: 0 };

    expect([creditsOf(allocate(input)), gradeOf(allocate(input))]).toEqual([
      creditsOf(bruteForce(input)),
      gradeOf(bruteForce(input)),
    ]);
  }
});

/** Every subset, written without looking at `allocate`. */
function bruteForce(input: AllocationInput): Entitlement[] {
  let best: Entitlement[] = [];
  for (let bits = 0; bits < 2 ** input.entitlements.length; bits += 1) {
    const subset = input.entitlements.filter((_, i) => (bits >> i) & 1);
    if (!isLegal(subset, input)) continue;
    const [gain, lead] = [creditsOf(subset) - creditsOf(best), gradeOf(subset) - gradeOf(best)];
    if (gain > 0 || (gain === 0 && lead > 0)) best = subset;
  }
  return best;
}

function isLegal(
  picks: readonly Entitlement[],
  { caps: { totalTenths, perOutcomeTenths = Infinity }, alreadySpent }: AllocationInput,
): boolean {
  if (picks.length === 0) return true;
  const courses = new Set(picks.map(({ courseId }) => courseId));
  const outcomes = new Map(picks.map((pick) => [pick.outcomeId, pick]));
  const spentOn = (id: string): number => creditsOf(picks.filter(({ outcomeId }) => outcomeId === id));
  const grouped = [...outcomes.values()].flatMap(({ similarGroup }) => similarGroup ?? []);
  return (
    courses.size === picks.length &&
    alreadySpent + creditsOf(picks) <= totalTenths &&
    [...outcomes.values()].every(
      ({ outcomeId, worth = Infinity }) => spentOn(outcomeId) <= Math.min(worth, perOutcomeTenths),
    ) &&
    new Set(grouped).size === grouped.length
  );
}

function creditsOf(picks: readonly Entitlement[]): number {
  return picks.reduce((sum, { credits }) => sum + credits, 0);
}

function gradeOf(picks: readonly Entitlement[]): number {
  return picks.reduce((sum, { credits, score }) => sum + credits * score, 0);
}
