import { cellName } from './cell.ts';
import type { Cell, SheetRow } from './cell.ts';
import type { ReadingLimits } from './limits.ts';
import { ROWS_ABOVE_DATA } from './limits.ts';
import { refusal } from './refuse.ts';

/** Takes rows one by one, drops those with nothing in them, and refuses past the caps before memory is spent on them. */
export class RowCollector {
  readonly rows: SheetRow[] = [];
  droppedRows = 0;
  readonly #limits: ReadingLimits;
  readonly #budget: { textBytes: number };

  constructor(limits: ReadingLimits, budget: { textBytes: number }) {
    this.#limits = limits;
    this.#budget = budget;
  }

  add(row: number, cells: Cell[]): void {
    const filled = cells.filter(({ text, kind }) => text !== '' || kind === 'formula');
    if (filled.length === 0) {
      this.droppedRows += 1;
      return;
    }
    if (this.rows.length >= this.#limits.rows + ROWS_ABOVE_DATA)
      throw refusal('too_many_rows', { limit: this.#limits.rows });
    if ((filled.at(-1)?.column ?? 0) > this.#limits.columns)
      throw refusal('too_many_columns', { row, limit: this.#limits.columns });
    for (const cell of filled) this.#weigh(cell);
    this.rows.push({ row, cells: filled });
  }

  #weigh({ text, row, column }: Cell): void {
    const bytes = Buffer.byteLength(text);
    if (bytes > this.#limits.cellBytes)
      throw refusal('cell_too_long', { cell: cellName(row, column), limit: this.#limits.cellBytes / 1024 });
    this.#budget.textBytes -= bytes;
    if (this.#budget.textBytes < 0) throw refusal('text_too_long');
  }
}
