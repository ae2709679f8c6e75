import { Problem } from '../schemas/problem.ts';
import { addDays } from '../schemas/time.ts';

export type DayKind = 'working' | 'holiday';
/** Days that differ from the week: public holidays, and weekends worked in exchange (调休). */
export type WorkingCalendar = ReadonlyMap<string, DayKind>;

const SUNDAY = 0;
const SATURDAY = 6;

export function isWorkingDay(date: string, calendar: WorkingCalendar): boolean {
  const kind = calendar.get(date);
  if (kind !== undefined) return kind === 'working';
  const weekday = new Date(`${date}T00:00:00.000Z`).getUTCDay();
  return weekday !== SUNDAY && weekday !== SATURDAY;
}

/** The last day of a period of `n` working days that begins the day after `date` (the day itself is not counted, 民法典 art. 201). */
export function addWorkingDays(date: string, n: number, calendar: WorkingCalendar): string {
  if (!Number.isSafeInteger(n) || n < 0)
    throw new Problem('invariant_broken', [{ pointer: '/n', code: 'not_a_count', detail: { n } }]);
  let day = date;
  for (let left = n; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return day;
}
