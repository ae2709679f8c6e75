import { expect, test } from 'vitest';
import type { DayKind } from '../../rules/working-days.ts';
import { addWorkingDays, isWorkingDay } from '../../rules/working-days.ts';

const none = new Map<string, DayKind>();
/** The National Day holiday of 2025: 1–8 October off, Sunday 28 September and Saturday 11 October worked. */
const october = new Map<string, DayKind>([
  ['2025-09-28', 'working'],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((day): [string, DayKind] => [`2025-10-0${day}`, 'holiday']),
  ['2025-10-11', 'working'],
]);

test('weekends are not worked, weekdays are', () => {
  expect(isWorkingDay('2026-06-27', none)).toBe(false);
  expect(isWorkingDay('2026-06-28', none)).toBe(false);
  expect(isWorkingDay('2026-06-29', none)).toBe(true);
});

test('the calendar says otherwise where it speaks', () => {
  expect(isWorkingDay('2025-09-28', october)).toBe(true);
  expect(isWorkingDay('2025-10-01', october)).toBe(false);
});

test('the day itself is not counted: five days from a Monday end the next Monday', () => {
  expect(addWorkingDays('2026-06-22', 5, none)).toBe('2026-06-29');
});

test('from a Friday one working day on is Monday, from a Saturday too', () => {
  expect(addWorkingDays('2026-06-26', 1, none)).toBe('2026-06-29');
  expect(addWorkingDays('2026-06-27', 1, none)).toBe('2026-06-29');
});

test('a public notice across the National Day holiday waits for it and counts the days worked in exchange', () => {
  // 29, 30 September, 9, 10 October, and Saturday 11 October
  expect(addWorkingDays('2025-09-28', 5, october)).toBe('2025-10-11');
  // without the calendar it would have ended in the holiday
  expect(addWorkingDays('2025-09-28', 5, none)).toBe('2025-10-03');
});

test('a Sunday worked in exchange counts', () => {
  expect(addWorkingDays('2025-09-26', 2, october)).toBe('2025-09-29');
});

test('no days at all is the day itself, and half days do not exist', () => {
  expect(addWorkingDays('2025-10-01', 0, october)).toBe('2025-10-01');
  expect(() => addWorkingDays('2025-10-01', 1.5, october)).toThrow('invariant_broken');
  expect(() => addWorkingDays('2025-10-01', -1, october)).toThrow('invariant_broken');
});

test('a month and a year end are crossed', () => {
  expect(addWorkingDays('2026-12-31', 1, new Map([['2027-01-01', 'holiday']]))).toBe('2027-01-04');
});
