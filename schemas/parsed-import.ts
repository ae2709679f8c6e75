import type { ImportValue } from './import-columns.ts';
import type { Text } from './text.ts';

/** One thing wrong at one place, for the registrar's list. `column` is a letter, empty where the whole row is meant. */
export interface RowFault {
  row: number;
  column: string;
  header: string;
  /** What stands in the cell. Personal data: for the person who uploaded it, never for a log. */
  value: string;
  /** One of `rowFaults`, or a fault against the register. */
  code: string;
  text: Text;
  suggestion?: string;
}

export interface ParsedRow {
  row: number;
  values: Record<string, ImportValue>;
}

/** A row as it was written, by header, to give it back when it has faults. */
export interface OriginalRow {
  row: number;
  cells: string[];
}

/** What a file holds for one kind of import: rows without a fault, and every fault. */
export interface ParsedImport {
  sheet: string;
  headers: string[];
  /** Which column holds which key, by letter: to place a fault of the register beside the cell it is about. */
  places: Record<string, string>;
  unknownHeaders: string[];
  /** Rows that may be committed. Empty when a fault of the headers makes the whole file unfit. */
  rows: ParsedRow[];
  originals: OriginalRow[];
  faults: RowFault[];
  /** All faults, also those beyond the list's length. */
  faultCount: number;
  /** Worth a look, and no reason to refuse. */
  warnings: RowFault[];
  /** Rows with formats and no content, left out. */
  dropped: number;
}
