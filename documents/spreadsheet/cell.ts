export const cellKinds = ['text', 'number', 'date', 'boolean', 'formula', 'error', 'link'] as const;
export type CellKind = (typeof cellKinds)[number] | 'empty';

/** One cell as people see it: normalised text, and what it was in the file. Rows and columns count from 1. */
export interface Cell {
  text: string;
  kind: CellKind;
  row: number;
  column: number;
}

/** A row with something in it; cells in column order, blank ones left out. */
export interface SheetRow {
  row: number;
  cells: Cell[];
}

export interface Area {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export interface Sheet {
  name: string;
  rows: SheetRow[];
  merges: Area[];
  /** Rows that carried formats only: left out, and counted for the report. */
  droppedRows: number;
}

/** The one hidden sheet that is read: it says what the file was made from. */
export const FORMAT_SHEET = '双证格式';

/** 1 → A, 28 → AB. */
export function columnLetter(column: number): string {
  let letters = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26))
    letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters;
}

export const cellName = (row: number, column: number): string => `${columnLetter(column)}${row}`;

export const areaName = (area: Area): string => `${cellName(area.top, area.left)}:${cellName(area.bottom, area.right)}`;
