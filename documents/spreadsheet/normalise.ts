import { realDate } from '../../schemas/real-date.ts';

// full-width digits, letters and the signs of numbers; Chinese punctuation belongs to names and stays
const WIDE =
  /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff03\uff05\uff06\uff0a\uff0b\uff0d\uff0e\uff0f\uff1d\uff20\uff3f]/g;
const ANY_WIDE = /[\uff01-\uff5e]/g;
const INVISIBLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]/g;
const SPACES = /[\s\u3000\u00a0]+/g;

const narrow = (wide: string): string => String.fromCharCode(wide.charCodeAt(0) - 0xfee0);

/** A cell's text as a person would type it: half-width digits and letters, single spaces, nothing invisible. */
export function normalise(text: string): string {
  return text.replace(INVISIBLE, '').replace(WIDE, narrow).replace(SPACES, ' ').trim();
}

/** For comparing words people wrote their own way: no width, no spaces, no case. */
export function fold(text: string): string {
  return normalise(text)
    .replace(ANY_WIDE, narrow)
    .replaceAll(' ', '')
    .replace(/[*:?]+$/, '')
    .toLowerCase();
}

/** A number as Excel shows it: 15 significant digits, so 85.600000000000009 is 85.6. */
export function numberText(value: number): string {
  if (Number.isInteger(value)) return String(BigInt(value));
  const text = String(Number(value.toPrecision(15)));
  return text.includes('e') ? value.toFixed(12).replace(/0+$/, '') : text;
}

const DATE =
  /^(\d{4})(?:[-./](\d{1,2})[-./](\d{1,2})|年(\d{1,2})月(\d{1,2})[日号]?|(\d{2})(\d{2}))(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/;

/** 2026.9.1, 2026/9/1, 2026-9-1, 20260901, 2026年9月1日, with or without a time of day → `2026-09-01`; null if no such day. */
export function parseDate(text: string): string | null {
  const [, year, m1, d1, m2, d2, m3, d3] = DATE.exec(text.replace(/ ?([-./年月]) ?/g, '$1').trim()) ?? [];
  return year === undefined ? null : realDate(year, m1 ?? m2 ?? m3 ?? '', d1 ?? d2 ?? d3 ?? '');
}
