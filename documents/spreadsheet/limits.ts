/** reliability.md §10, in the order in which they are applied. */
export interface ReadingLimits {
  fileBytes: number;
  archiveEntries: number;
  archiveBytes: number;
  archiveRatio: number;
  areaCells: number;
  memoryBytes: number;
  millis: number;
  rows: number;
  columns: number;
  cellBytes: number;
  /** All text of a file together: one shared string may be referred to a million times. */
  textBytes: number;
}

export const MB = 1024 * 1024;

export const readingLimits: ReadingLimits = {
  fileBytes: 10 * MB,
  archiveEntries: 200,
  archiveBytes: 100 * MB,
  archiveRatio: 100,
  areaCells: 1_000_000,
  memoryBytes: 512 * MB,
  millis: 20_000,
  rows: 20_000,
  columns: 100,
  cellBytes: 32 * 1024,
  textBytes: 64 * MB,
};

/** Titles, notes and the header line above the data do not count against the row cap. */
export const ROWS_ABOVE_DATA = 10;
