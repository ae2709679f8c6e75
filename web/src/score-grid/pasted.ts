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

/** Lays a block onto the grid from a cell on. Where the block's first column holds student numbers, each row finds its student. */
export function layPaste(
  block: readonly string[][],
  { from, rows, columns }: { from: Place; rows: readonly GridRow[]; columns: readonly GridColumn[] },
): Pasted {
  const byNumber = new Map(rows.map((row, index) => [row.studentNo, index]));
  const keyed = block.length > 0 && block.every((cells) => byNumber.has(plainText(cells[0] ?? '')));
  const texts: Record<string, string> = {};
  let outside = 0;
  for (const [index, cells] of block.entries()) {
    const row = rows[keyed ? (byNumber.get(plainText(cells[0] ?? '')) ?? -1) : from.row + index];
    for (const [step, text] of (keyed ? cells.slice(1) : cells).entries()) {
      const column = columns[from.column + step];
      if (row?.editable && column) texts[cellKey(row.id, column.id)] = plainText(text);
      else if (text.trim() !== '') outside += 1;
    }
  }
  return { texts, outside };
}
