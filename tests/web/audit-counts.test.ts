import { expect, test } from 'vitest';
import { aimedAt, chosenCohort, searchOf } from '../../web/src/pages/audit/counts.ts';
import type { Cohort, Progress } from '../../web/src/pages/audit/counts.ts';

const cohort = (year: number, programme: string): Cohort => ({
  planId: `pln_${year}_${programme}`,
  cohort: year,
  programme: { id: programme, code: programme, name: { 'zh-CN': programme, en: programme } },
  classes: [],
  students: 0,
  progress: [],
  asOf: null,
});
const all = [cohort(2024, 'a'), cohort(2023, 'a'), cohort(2023, 'b')];

test('two programmes of one year are told apart', () => {
  const chosen = all[2];
  expect(chosenCohort(all, searchOf(chosen))).toBe(chosen);
});

test('a year alone means its first programme, and nothing the newest cohort', () => {
  expect(chosenCohort(all, { cohort: 2023 })).toBe(all[1]);
  expect(chosenCohort(all, {})).toBe(all[0]);
  expect(chosenCohort([], {})).toBeUndefined();
});

test('one certificate may be looked at alone', () => {
  const of = (type: Progress['type'], level: Progress['level']): Progress => ({
    type,
    level,
    standard: null,
    total: 1,
    verdicts: {},
    stages: {},
  });
  const progress = [of('diploma', null), of('skill', 'four'), of('skill', 'three')];
  expect(aimedAt(progress, undefined)).toEqual(progress);
  expect(aimedAt(progress, { target: 'diploma' })).toEqual([progress[0]]);
  expect(aimedAt(progress, { target: 'skill', level: 'three' })).toEqual([progress[2]]);
});
