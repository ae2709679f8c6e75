import { boundWords, rangeWords } from '../i18n/cell-words.ts';
import { plain } from './values.ts';

const SIGNS: readonly [RegExp, string][] = [[/≥|=>|＞＝/gu, '>='], [/≤|=<|＜＝/gu, '<='], ...boundWords];

/** What people type or paste into a condition cell, as the table's grammar writes it: ≥６０ → >=60, 60～79.9 → 60..79.9. */
export function tidyCondition(text: string): string {
  const given = text.trim();
  // titles keep their own brackets and signs; only what looks like numbers is rewritten
  if (!/\d/.test(given.normalize('NFKC')) || /[@（(]/.test(given)) return given;
  let cell = given;
  for (const [sign, by] of SIGNS) cell = cell.replace(sign, by);
  const number = plain(cell).replaceAll(/\s+/g, '');
  const range = rangeWords.exec(number);
  if (range) return `${range[1]}..${range[2]}`;
  return /^(?:>=|<=|>|<)?-?[\d.]+$/.test(number) ? number : given;
}

/** A bound as the values of its column are written: `>=70` in a column of one decimal is `>=70.0`. */
export function withScale(cell: string, scale: number): string {
  const found = /^(>=|<=|>|<)?(-?[\d.]+?)(?:\.\.(-?[\d.]+))?$/.exec(cell);
  if (!found?.[2]) return cell;
  const [low, high] = [filled(found[2], scale), found[3] === undefined ? undefined : filled(found[3], scale)];
  return `${found[1] ?? ''}${low}${high === undefined ? '' : `..${high}`}`;
}

function filled(number: string, scale: number): string {
  const [whole = '', part = ''] = number.split('.');
  return scale === 0 || part.length > scale ? number : `${whole}.${part.padEnd(scale, '0')}`;
}
