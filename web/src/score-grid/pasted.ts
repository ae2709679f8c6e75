import { sheets as en } from '../i18n/en/sheets.ts';
import { sheets as zh } from '../i18n/zh-CN/sheets.ts';
import type { GridColumn, GridRow } from './model.ts';
import { cellKey } from './model.ts';
import { plainText } from './entry.ts';

export interface Place {
  row: number;
  column: number;
}

export interface Pasted {
  texts: Record<string, string>;
  /** Values that found no cell: below the last student, right of the last column, or in a row that is closed. */
  outside: number;
}

type Block = readonly (readonly string[])[];

const numberWords = new Set([zh.grid.no, en.grid.no].map((word) => word.toLowerCase()));
const nameWords = new Set([zh.grid.name, en.grid.name].map((word) => word.toLowerCase()));
const textAt = (cells: readonly string[] | undefined, at: number): string => plainText(cells?.[at] ?? '');

/** How a block tells whose its rows are: leading columns that name the student, and whether a header stands above. */
function keysOf(block: Block, byNumber: ReadonlyMap<string, GridRow>): { header: boolean; columns: 0 | 1 | 2 } {
  const header = numberWords.has(textAt(block[0], 0).toLowerCase());
  const body = header ? block.slice(1) : block;
  const known = body.filter((cells) => cells.length > 1 && byNumber.has(textAt(cells, 0)));
  // most rows known: the others are of students who are not on this sheet, and must not be laid by their place
  if (!header && known.length * 2 <= body.length) return { header, columns: 0 };
  const named =
    (header && nameWords.has(textAt(block[0], 1).toLowerCase())) ||
    known.some((cells) => textAt(cells, 1) === byNumber.get(textAt(cells, 0))?.name);
  return { header, columns: named ? 2 : 1 };
}

/** Lays a block onto the grid from a cell on. Where its rows begin with student numbers, and perhaps names, each finds its student. */
export function layPaste(
  block: Block,
  { from, rows, columns }: { from: Place; rows: readonly GridRow[]; columns: readonly GridColumn[] },
): Pasted {
  const byNumber = new Map(rows.map((row) => [row.studentNo, row]));
  const keys = keysOf(block, byNumber);
  const texts: Record<string, string> = {};
  let outside = 0;
  for (const [index, cells] of (keys.header ? block.slice(1) : block).entries()) {
    const row = keys.columns > 0 ? byNumber.get(textAt(cells, 0)) : rows[from.row + index];
    for (const [step, text] of cells.slice(keys.columns).entries()) {
      const column = columns[from.column + step];
      if (row?.editable && column) texts[cellKey(row.id, column.id)] = plainText(text);
      else if (text.trim() !== '') outside += 1;
    }
  }
  return { texts, outside };
}
