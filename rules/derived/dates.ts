const lastDayOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

const partsOf = (date: string): [year: number, month: number, day: number] => [
  Number(date.slice(0, 4)),
  Number(date.slice(5, 7)),
  Number(date.slice(8, 10)),
];

/**
 * `wholeMonths@1`: whole months between two legal dates. A month is full on its corresponding day or, where the month
 * has no such day, on its last day (民法典 art. 202). Missing when a date is missing or `to` lies before `from`.
 */
export function wholeMonths(from: string | null, to: string | null): number | null {
  if (from === null || to === null || to < from) return null;
  const [fromYear, fromMonth, fromDay] = partsOf(from);
  const [year, month, day] = partsOf(to);
  const full = day >= Math.min(fromDay, lastDayOf(year, month));
  return (year - fromYear) * 12 + (month - fromMonth) - (full ? 0 : 1);
}

/** `wholeYears@1`: completed years of age (周岁), reached on the birthday; the day is found as in `wholeMonths@1`. */
export function wholeYears(birthOn: string | null, on: string | null): number | null {
  const months = wholeMonths(birthOn, on);
  return months === null ? null : Math.floor(months / 12);
}

/**
 * `isPast@1`: whether the last day of validity lies before `on`; on the last day itself an outcome is still valid.
 * No last day on record means the outcome bears none (长期有效), so it is not past; only `on` can be missing.
 */
export function isPast(lastDay: string | null, on: string | null): boolean | null {
  if (on === null) return null;
  return lastDay !== null && lastDay < on;
}
