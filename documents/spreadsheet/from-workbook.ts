import * as XLSX from '@e965/xlsx';
import { FORMAT_SHEET } from './cell.ts';
import type { Area, Cell, CellKind, Sheet } from './cell.ts';
import { RowCollector } from './collect.ts';
import type { ReadingLimits } from './limits.ts';
import { normalise, numberText } from './normalise.ts';
import { refusal } from './refuse.ts';

/** The one file that knows @e965/xlsx. Reads xlsx and BIFF xls; hidden sheets (our own dictionaries) are left out, all but the one that names the format. */
export function sheetsOfWorkbook(bytes: Buffer, limits: ReadingLimits): Sheet[] {
  const workbook = open(bytes);
  const budget = { textBytes: limits.textBytes };
  const is1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const sheets: Sheet[] = [];
  workbook.SheetNames.forEach((name, index) => {
    const sheet = workbook.Sheets[name];
    if (sheet && (name === FORMAT_SHEET || !workbook.Workbook?.Sheets?.[index]?.Hidden))
      sheets.push(readSheet(name, sheet, { limits, budget, is1904 }));
  });
  return sheets;
}

function open(bytes: Buffer): XLSX.WorkBook {
  try {
    return XLSX.read(bytes, {
      type: 'buffer',
      dense: true,
      cellFormula: true,
      cellNF: true,
      sheetStubs: true,
      cellText: false,
      cellHTML: false,
      cellStyles: false,
    });
  } catch (err) {
    // the library says so in words only; both of its phrases are covered by a hostile file
    throw refusal(/password|encrypt/i.test(String(err)) ? 'file_encrypted' : 'file_damaged');
  }
}

interface Reading {
  limits: ReadingLimits;
  budget: { textBytes: number };
  is1904: boolean;
}

function readSheet(name: string, sheet: XLSX.WorkSheet, { limits, budget, is1904 }: Reading): Sheet {
  const collector = new RowCollector(limits, budget);
  const data: (XLSX.CellObject | undefined)[][] = sheet['!data'] ?? [];
  for (const [r, row] of filled(data)) {
    const cells = [...filled(row)].map(
      ([c, cell]): Cell => ({ ...contentOf(cell, is1904), row: r + 1, column: c + 1 }),
    );
    collector.add(r + 1, cells);
  }
  return {
    name: normalise(name),
    rows: collector.rows,
    merges: (sheet['!merges'] ?? []).map(toArea),
    droppedRows: collector.droppedRows,
  };
}

/** What is really there. A hostile reference makes an array a thousand million long: its length is never walked, not even by forEach. */
function* filled<T>(sparse: readonly (T | undefined)[]): Generator<[number, T]> {
  for (const key of Object.keys(sparse)) {
    const item = sparse[Number(key)];
    if (item !== undefined) yield [Number(key), item];
  }
}

const toArea = ({ s, e }: XLSX.Range): Area => ({ top: s.r + 1, left: s.c + 1, bottom: e.r + 1, right: e.c + 1 });

function contentOf(cell: XLSX.CellObject, is1904: boolean): { text: string; kind: CellKind } {
  const { text, kind } = plainContent(cell, is1904);
  if (cell.f !== undefined)
    return { text: text === '' ? `=${normalise(cell.f).slice(0, 200)}` : text, kind: 'formula' };
  if (cell.l !== undefined && kind !== 'empty') return { text, kind: 'link' };
  return { text, kind };
}

function plainContent({ t, v, z, w }: XLSX.CellObject, is1904: boolean): { text: string; kind: CellKind } {
  if (t === 'z' || v === undefined) return { text: '', kind: 'empty' };
  if (t === 'b') return { text: v ? 'TRUE' : 'FALSE', kind: 'boolean' };
  if (t === 'e') return { text: w ?? errorName(v), kind: 'error' };
  if (typeof v === 'number') return numberContent(v, typeof z === 'string' ? z : undefined, is1904);
  const text = normalise(String(v));
  return { text, kind: text === '' ? 'empty' : 'text' };
}

const ERRORS: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};
const errorName = (value: unknown): string => ERRORS[Number(value)] ?? '#ERROR!';

function numberContent(value: number, format: string | undefined, is1904: boolean): { text: string; kind: CellKind } {
  if (!Number.isFinite(value)) return { text: '#NUM!', kind: 'error' };
  if (format !== undefined && XLSX.SSF.is_date(format)) {
    const date = dateText(value, is1904);
    if (date) return { text: date, kind: 'date' };
  }
  if (format?.includes('%')) return { text: `${numberText(value * 100)}%`, kind: 'number' };
  return { text: numberText(value), kind: 'number' };
}

const two = (part: number): string => String(part).padStart(2, '0');

/** From the serial number itself, so that no time zone can shift the day. */
function dateText(serial: number, is1904: boolean): string | undefined {
  const parts = XLSX.SSF.parse_date_code(serial, { date1904: is1904 });
  if (!parts || parts.y < 1900 || parts.d < 1) return undefined;
  const date = `${String(parts.y).padStart(4, '0')}-${two(parts.m)}-${two(parts.d)}`;
  return parts.H + parts.M + parts.S === 0
    ? date
    : `${date} ${two(parts.H)}:${two(parts.M)}:${two(Math.floor(parts.S))}`;
}
