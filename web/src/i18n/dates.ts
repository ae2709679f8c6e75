import { currentLanguage } from './index.ts';

const SHANGHAI = 'Asia/Shanghai';

/** A legal date `2026-06-30` → 2026年6月30日（周二） / Tue 30 Jun 2026. */
export function dateText(date: string): string {
  const instant = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(instant.getTime())) return date;
  const language = currentLanguage();
  if (language === 'en')
    return new Intl.DateTimeFormat('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      timeZone: 'UTC',
    }).format(instant);
  const day = new Intl.DateTimeFormat('zh-CN', {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  }).format(instant);
  return `${day}（${new Intl.DateTimeFormat('zh-CN', { weekday: 'short', timeZone: 'UTC' }).format(instant)}）`;
}

/** As `dateText`, without the weekday: where room is short. */
export function shortDateText(date: string): string {
  const locale = currentLanguage() === 'en' ? 'en-GB' : 'zh-CN';
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: currentLanguage() === 'en' ? 'short' : 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`));
}

/** The legal date on which a UTC instant falls, in words. */
export function dayOfInstant(instant: string): string {
  return dateText(legalDateOf(instant));
}

export function legalDateOf(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
}

/** An instant with minutes, in Asia/Shanghai. */
export function instantText(instant: string): string {
  const locale = currentLanguage() === 'en' ? 'en-GB' : 'zh-CN';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: SHANGHAI }).format(
    new Date(instant),
  );
}

/** A decimal kept as a scaled integer: 745 at scale 1 → 74.5. */
export function decimalText(value: number, scale: number): string {
  return (value / 10 ** scale).toFixed(scale);
}
