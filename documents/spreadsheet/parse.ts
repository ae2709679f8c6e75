import type { Sheet } from './cell.ts';
import { sheetsOfCsv } from './from-csv.ts';
import { sheetsOfHtml } from './from-html.ts';
import { sheetsOfWorkbook } from './from-workbook.ts';
import type { ReadingLimits } from './limits.ts';
import { refusal } from './refuse.ts';
import { sniff } from './sniff.ts';
import { readZipDirectory } from './zip-directory.ts';
import { cleanArchive } from './zip-parts.ts';

/** What needs no unpacking: size, kind, and the archive's directory. Cheap enough for the server's own thread. */
export function checkOutside(bytes: Buffer, limits: ReadingLimits): void {
  if (bytes.length === 0) throw refusal('file_empty');
  if (bytes.length > limits.fileBytes)
    throw refusal('file_too_large', { limit: Math.round(limits.fileBytes / 1024 / 1024) });
  const type = sniff(bytes);
  if (!type) throw refusal('file_type_unknown');
  if (type === 'zip') readZipDirectory(bytes, limits);
}

/** All the work that a hostile file can make heavy. Runs in the child only. */
export function parseSheets(bytes: Buffer, limits: ReadingLimits): Sheet[] {
  const type = sniff(bytes);
  if (type === 'csv') return sheetsOfCsv(bytes, limits);
  if (type === 'html') return sheetsOfHtml(bytes, limits);
  if (type === 'compound') return sheetsOfWorkbook(bytes, limits);
  return sheetsOfWorkbook(cleanArchive(bytes, readZipDirectory(bytes, limits), limits), limits);
}
