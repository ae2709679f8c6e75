/** Where instants come from. Instants are UTC with milliseconds; nothing below `bin/` reads the machine's clock itself. */
export interface Clock {
  now(): string;
}

const SHANGHAI_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** The calendar date in Asia/Shanghai on which an instant falls. The zone has had one offset, +08:00, since 1991. */
export function legalDateOf(instant: string): string {
  return new Date(Date.parse(instant) + SHANGHAI_MS).toISOString().slice(0, 10);
}

/** The first instant of a legal date. */
export function startOfDay(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) - SHANGHAI_MS).toISOString();
}

/** The first instant after a legal date: a deadline "by that day" has passed from here on. */
export function endOfDay(date: string): string {
  return startOfDay(addDays(date, 1));
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00.000Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** `2026-09-01` → `20260901`, the form of dates in rule facts. */
export function dateNumber(date: string): number {
  return Number(date.replaceAll('-', ''));
}

/** `20260901` → `2026-09-01`. */
export function dateText(value: number): string {
  const digits = String(value);
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
}
