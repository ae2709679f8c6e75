import { dayInChinese, dayWords } from '../i18n/cell-words.ts';
import type { Language } from '../i18n/index.ts';
import type { Scalar, Typed } from './document.ts';

/** What people typed, with the signs of a Chinese keyboard made plain: ６０ → 60, 。→ . */
export function plain(text: string): string {
  return text.normalize('NFKC').replaceAll('\u3002', '.').replaceAll('\u00a0', ' ').trim();
}

/** A value as the document writes it in tables and tests: 745 at scale 1 → 74.5, 20260901 → 2026-09-01. */
export function valueText(typed: Typed, value: unknown): string {
  if (typeof value !== 'number') return typeof value === 'string' ? value : '';
  if (typed.type === 'date') return dayText(value);
  return typed.type === 'decimal' ? decimalOf(value, typed.scale ?? 0) : String(value);
}

/** The inverse: undefined where the text is not a value of this type. */
export function parsedValue(typed: Typed, text: string): number | undefined {
  const given = plain(text);
  if (typed.type === 'date') return dayOf(given);
  const found = /^(-?)(\d{1,12})(?:\.(\d*))?$/.exec(given);
  const scale = typed.type === 'decimal' ? (typed.scale ?? 0) : 0;
  const part = (found?.[3] ?? '').replace(/0+$/, '');
  if (!found || part.length > scale) return undefined;
  return Number(`${found[1]}${found[2]}${part.padEnd(scale, '0')}`);
}

export function isInDomain({ min, max }: Typed, value: number): boolean {
  return (min === undefined || value >= min) && (max === undefined || value <= max);
}

function decimalOf(value: number, scale: number): string {
  if (scale === 0) return String(value);
  const digits = String(Math.abs(value)).padStart(scale + 1, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function dayText(value: number): string {
  const digits = String(value).padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6, 8)}`;
}

function dayOf(text: string): number | undefined {
  const found = dayWords.exec(text);
  if (!found) return undefined;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? year * 10_000 + month * 100 + day : undefined;
}

/** A value in the reader's words, as the server's sentences show it. */
export function shownText(typed: Typed, value: unknown, { language, words }: Speaking): string {
  if (value === null || value === undefined) return words.missing;
  if (Array.isArray(value))
    return value.length === 0
      ? words.none
      : value.map((one) => shownText(typed, one, { language, words })).join(language === 'en' ? ', ' : '、');
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number' && typed.type === 'date' && language === 'zh-CN') return dayInChinese(value);
  if (typeof value === 'number') return valueText(typed, value);
  return typed.titles?.[String(value)]?.[language] ?? String(value);
}

export interface Speaking {
  language: Language;
  words: { missing: string; none: string; yes: string; no: string };
}

/** The value an empty editor starts with. */
export function firstValue(typed: Typed | undefined): Scalar {
  if (typed?.type === 'boolean') return true;
  if (typed?.type === 'enum' || typed?.type === 'list') return typed.values?.[0] ?? '';
  return typed?.min ?? 0;
}
