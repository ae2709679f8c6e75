import { areaName } from './cell.ts';
import type { Area } from './cell.ts';
import { refusal } from './refuse.ts';

const DECLARATION = /<!(DOCTYPE|ENTITY|ELEMENT|ATTLIST)/i;
const ENCODING = /^[^>]{0,200}?\bencoding\s*=\s*["']([^"']*)/;
// merges, links and shared or array formulas: the library walks some of these areas cell by cell
const SPREAD = /<(?:\w+:)?(?:mergeCell|hyperlink|f)\s[^>]*?\bref\s*=\s*["']([^"']{1,40})["']/g;
const REFERENCE = /^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/i;

/** Refuses a part that declares entities, hides its encoding, or spreads over more cells than is left of the allowance. */
export function scanXml(part: Buffer, allowance: { left: number; limit: number }): void {
  if ((part[0] === 0xff && part[1] === 0xfe) || (part[0] === 0xfe && part[1] === 0xff)) throw refusal('file_damaged');
  if (part.subarray(0, 4).includes(0)) throw refusal('file_damaged'); // UTF-16 or UTF-32 without a mark
  const text = part.toString('latin1'); // markup is ASCII; one byte a character keeps the scan small
  if (DECLARATION.test(text)) throw refusal('xml_doctype');
  const encoding = ENCODING.exec(text)?.[1];
  if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) throw refusal('file_damaged');

  for (const [, reference] of text.matchAll(SPREAD)) {
    const area = parseArea(reference ?? '');
    if (!area) throw refusal('file_damaged');
    allowance.left -= (area.bottom - area.top + 1) * (area.right - area.left + 1);
    if (allowance.left < 0) throw refusal('area_too_large', { area: areaName(area) });
  }
}

/** `B2:D5` as numbers; a single cell is an area of one. */
export function parseArea(reference: string): Area | undefined {
  const [, left, top, right, bottom] = REFERENCE.exec(reference) ?? [];
  if (left === undefined || top === undefined) return undefined;
  const columns = [columnNumber(left), columnNumber(right ?? left)];
  const rows = [Number(top), Number(bottom ?? top)];
  return { top: Math.min(...rows), left: Math.min(...columns), bottom: Math.max(...rows), right: Math.max(...columns) };
}

const columnNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
