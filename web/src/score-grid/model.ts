import type { Entry, EntryFault } from './entry.ts';
import { readEntry } from './entry.ts';

export interface GridColumn {
  id: string;
  name: string;
  /** Hundredths of a percent. */
  weight: number;
  /** Tenths. */
  max: number;
}

export interface GridRow {
  id: string;
  studentNo: string;
  name: string;
  editable: boolean;
  /** Said beside the name: converted, transferred away. */
  note?: string;
}

/** The text of each cell by `row/column`. */
export type Texts = Readonly<Record<string, string>>;

export const cellKey = (row: string, column: string): string => `${row}/${column}`;

export function entryOf(texts: Texts, row: string, column: GridColumn): Entry {
  return readEntry(texts[cellKey(row, column.id)] ?? '', column.max);
}

export type RowTotal = { kind: 'none' } | { kind: 'waived' } | { kind: 'zero' } | { kind: 'value'; value: number };

/** As the register works it out (two decimals, half up once); shown while typing, decided there. */
export function totalOf(texts: Texts, row: string, columns: readonly GridColumn[]): RowTotal {
  const entries = columns.map((column) => entryOf(texts, row, column));
  const marks = entries.flatMap((entry) => (entry.kind === 'mark' ? [entry.mark] : []));
  if (marks.some((mark) => mark === 'absent' || mark === 'cheated' || mark === 'disqualified')) return { kind: 'zero' };
  if (marks.includes('waived')) return { kind: 'waived' };
  let [sum, over] = [0n, 1n];
  for (const [index, column] of columns.entries()) {
    const entry = entries[index];
    if (entry?.kind !== 'score') return { kind: 'none' };
    const [share, max] = [BigInt(entry.value * column.weight), BigInt(column.max)];
    [sum, over] = max === over ? [sum + share, over] : [sum * max + share * over, over * max];
  }
  return { kind: 'value', value: Number((2n * sum + over) / (2n * over)) };
}

export interface ColumnTotals {
  entered: number;
  marked: number;
  faults: number;
  /** Tenths. */
  sum: number;
}

export function columnTotals(texts: Texts, rows: readonly GridRow[], column: GridColumn): ColumnTotals {
  const totals = { entered: 0, marked: 0, faults: 0, sum: 0 };
  for (const row of rows) {
    const entry = entryOf(texts, row.id, column);
    if (entry.kind === 'score') {
      totals.entered += 1;
      totals.sum += entry.value;
    } else if (entry.kind === 'mark') totals.marked += 1;
    else if (entry.kind === 'fault') totals.faults += 1;
  }
  return totals;
}

/** Students who still lack an entry in some column. */
export function missingRows(texts: Texts, rows: readonly GridRow[], columns: readonly GridColumn[]): number {
  return rows.filter((row) => columns.some((column) => entryOf(texts, row.id, column).kind === 'empty')).length;
}

export function faultCells(texts: Texts, rows: readonly GridRow[], columns: readonly GridColumn[]): number {
  return columns.reduce((sum, column) => sum + columnTotals(texts, rows, column).faults, 0);
}

export interface CellFault {
  name: string;
  column: GridColumn;
  code: EntryFault;
}

/** The first cell to correct, to be said in words above the grid. */
export function firstFault(texts: Texts, rows: readonly GridRow[], columns: readonly GridColumn[]): CellFault | null {
  for (const { id, name } of rows) {
    for (const column of columns) {
      const entry = entryOf(texts, id, column);
      if (entry.kind === 'fault') return { name, column, code: entry.code };
    }
  }
  return null;
}
