import { describe, expect, test } from 'vitest';
import { convertedCourseShare, creditsSurplus, dayOfTerm } from '../../rules/derived/conversion.ts';

describe('what an outcome brings over the course', () => {
  test.each([
    [30, 30, 0],
    [29, 30, -1],
    [45, 30, 15],
    [null, 30, null],
    [30, null, null],
  ])('%s against %s tenths', (outcome, course, surplus) => {
    expect(creditsSurplus(outcome, course)).toBe(surplus);
  });
});

describe('the day of the term', () => {
  const terms = [
    { startsOn: '2025-02-24', endsOn: '2025-07-06' },
    { startsOn: '2025-09-01', endsOn: '2026-01-18' },
  ];

  test.each([
    ['the first day', '2025-09-01', 1],
    ['the last day of the second week', '2025-09-14', 14],
    ['the day after it', '2025-09-15', 15],
    ['the last day of the term', '2025-07-06', 133],
    ['the day after it, in the holidays', '2025-07-07', 0],
    ['the last day of the holidays', '2025-08-31', 0],
  ])('%s', (_, on, day) => {
    expect(dayOfTerm(terms, on)).toBe(day);
  });

  test.each([['2025-02-23'], ['2026-01-19'], [null]])('%s: nobody has said whether a term runs', (on) => {
    expect(dayOfTerm(terms, on)).toBeNull();
  });
});

describe('the share of the plan’s courses converted', () => {
  test.each([
    ['eight of twenty are 40 %', { converted: 7, asked: 1, planned: 20 }, 4000],
    ['an application for two counts as a whole', { converted: 7, asked: 2, planned: 20 }, 4500],
    ['a share over a cap never passes below it', { converted: 1, asked: 1, planned: 3 }, 6667],
    ['a plan has no more courses than it has', { converted: 3, asked: 2, planned: 4 }, 10_000],
    ['a plan without courses has no share', { converted: 0, asked: 1, planned: 0 }, null],
  ])('%s', (_, courses, share) => {
    expect(convertedCourseShare(courses)).toBe(share);
  });
});
