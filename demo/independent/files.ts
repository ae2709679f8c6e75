import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as xlsx from '@e965/xlsx';

/** One row of a file, by Chinese header; what is empty is not there. */
export type Row = Readonly<Record<string, string | undefined>>;

/** The rows of a workbook or CSV, read the plainest way there is. A file that is missing has no rows. */
export function rowsOf(folder: string, name: string): Row[] {
  const file = join(folder, name);
  if (!existsSync(file)) return [];
  const [headers = [], ...lines] = name.endsWith('.csv')
    ? linesOfCsv(readFileSync(file))
    : linesOfBook(readFileSync(file));
  return lines.map((line) => Object.fromEntries(headers.map((header, i) => [header, line[i]?.trim() || undefined])));
}

function linesOfBook(bytes: Buffer): string[][] {
  const book = xlsx.read(bytes, { type: 'buffer' });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (!sheet) return [];
  return xlsx.utils
    .sheet_to_json<unknown[]>(sheet, { header: 1, raw: true, defval: '' })
    .map((line) => line.map(String));
}

/** Our own CSV files quote nothing. */
function linesOfCsv(bytes: Buffer): string[][] {
  const text = new TextDecoder('gb18030').decode(bytes);
  return text
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => line.split(','));
}
