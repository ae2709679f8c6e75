import { realDate } from './real-date.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

export interface IdNumber {
  /** 18 characters, the last a digit or X. */
  value: string;
  birthOn: string;
  gender: 'male' | 'female';
  /** The text held the old form of 15 digits. */
  wasShort: boolean;
}

export type IdNumberFault =
  | { code: 'id_number_malformed' }
  | { code: 'id_number_length'; length: number }
  | { code: 'id_number_date'; date: string }
  | { code: 'id_number_checksum' };

/** GB 11643: the check character of the first 17 digits. */
export function idNumberCheck(first17: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return CHECKS[sum % 11] ?? '';
}

/**
 * Checks form, birth date and check character; 15 digits become 18. Area codes are not asked: numbers outlive the counties
 * that gave them (ecosystem.md §6).
 */
export function parseIdNumber(text: string): IdNumber | IdNumberFault {
  const typed = text.replaceAll(/[\s-]/g, '').toUpperCase();
  if (typed.length !== 18 && typed.length !== 15) return { code: 'id_number_length', length: typed.length };
  if (!/^\d{17}[\dX]$|^\d{15}$/.test(typed)) return { code: 'id_number_malformed' };

  const wasShort = typed.length === 15;
  const first17 = wasShort ? `${typed.slice(0, 6)}19${typed.slice(6)}` : typed.slice(0, 17);
  const [year, month, day] = [first17.slice(6, 10), first17.slice(10, 12), first17.slice(12, 14)];
  const birthOn = Number(year) >= 1850 ? realDate(year, month, day) : null;
  if (!birthOn) return { code: 'id_number_date', date: `${year}-${month}-${day}` };

  const value = first17 + idNumberCheck(first17);
  if (!wasShort && value !== typed) return { code: 'id_number_checksum' };
  return { value, birthOn, gender: Number(first17[16]) % 2 === 1 ? 'male' : 'female', wasShort };
}

export const isIdNumberFault = (parsed: IdNumber | IdNumberFault): parsed is IdNumberFault => 'code' in parsed;

/** `990000********0018` for lists; the whole number is shown only on a recorded request. */
export function maskIdNumber(value: string): string {
  // too short to be one: nothing of it may be shown twice or at all
  if (value.length < 15) return '*'.repeat(value.length);
  return `${value.slice(0, 6)}${'*'.repeat(value.length - 10)}${value.slice(-4)}`;
}
