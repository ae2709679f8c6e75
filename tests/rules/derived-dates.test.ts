import { describe, expect, test } from 'vitest';
import { isPast, wholeMonths, wholeYears } from '../../rules/derived/dates.ts';

describe('whole months between two dates', () => {
  test.each([
    ['a month is full on its corresponding day', '2025-03-15', '2025-04-15', 1],
    ['and not the day before', '2025-03-15', '2025-04-14', 0],
    ['the same day is no month', '2025-03-15', '2025-03-15', 0],
    ['a month without that day is full on its last day', '2025-01-31', '2025-02-28', 1],
    ['in a leap year on the 29th', '2024-01-31', '2024-02-29', 1],
    ['and not on the 28th then', '2024-01-31', '2024-02-28', 0],
    ['a 30-day month ends the month of a 31st', '2025-03-31', '2025-04-30', 1],
    ['the 29th of February counts to the 28th a year later', '2024-02-29', '2025-02-28', 12],
    ['across years', '2023-09-01', '2026-06-30', 33],
    ['the day after that', '2023-09-01', '2026-07-01', 34],
  ])('%s', (_, from, to, months) => {
    expect(wholeMonths(from, to)).toBe(months);
  });

  test('a missing date, or dates in the wrong order, give nothing', () => {
    expect(wholeMonths(null, '2025-01-01')).toBeNull();
    expect(wholeMonths('2025-01-01', null)).toBeNull();
    expect(wholeMonths('2025-01-02', '2025-01-01')).toBeNull();
  });
});

describe('whole years of age', () => {
  test.each([
    ['the day before the birthday', '2009-09-01', '2025-08-31', 15],
    ['on the birthday', '2009-09-01', '2025-09-01', 16],
    ['born on the 29th of February: reached on the 28th', '2008-02-29', '2025-02-28', 17],
    ['and not on the 27th', '2008-02-29', '2025-02-27', 16],
  ])('%s', (_, birthOn, on, years) => {
    expect(wholeYears(birthOn, on)).toBe(years);
  });

  test('a missing birth date gives no age', () => {
    expect(wholeYears(null, '2025-01-01')).toBeNull();
  });
});

describe('end of validity', () => {
  test('on its last day an outcome is still valid, the day after it is past', () => {
    expect(isPast('2025-06-30', '2025-06-30')).toBe(false);
    expect(isPast('2025-06-30', '2025-07-01')).toBe(true);
  });

  test('an outcome without a last day does not expire', () => {
    expect(isPast(null, '2099-01-01')).toBe(false);
  });

  test('without a day to ask about nothing is known', () => {
    expect(isPast('2025-06-30', null)).toBeNull();
    expect(isPast(null, null)).toBeNull();
  });
});
