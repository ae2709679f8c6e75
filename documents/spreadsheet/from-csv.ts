import { parse } from 'csv-parse/sync';
import type { Cell, CellKind, Sheet } from './cell.ts';
import { RowCollector } from './collect.ts';
import { decode } from './decode.ts';
import type { ReadingLimits } from './limits.ts';
import { normalise } from './normalise.ts';
import { refusal } from './refuse.ts';

/** CSV, or the tab-separated "Unicode text" of Excel, in any encoding `decode` knows. */
export function sheetsOfCsv(bytes: Buffer, limits: ReadingLimits): Sheet[] {
  const text = decode(bytes);
  const collector = new RowCollector(limits, { textBytes: limits.textBytes });
  records(text).forEach((fields, r) => {
    // surplus commas at a line's end are blanks; fields past the cap are looked at only for text
    collector.add(
      r + 1,
      fields.map((field, c): Cell => ({ ...fieldContent(field), row: r + 1, column: c + 1 })),
    );
  });
  return [{ name: 'CSV', rows: collector.rows, merges: [], droppedRows: collector.droppedRows }];
}

function records(text: string): string[][] {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    });
  } catch {
    throw refusal('file_damaged'); // an open quote to the end of the file
  }
}

/** The sign that cuts the first lines most. */
function delimiterOf(text: string): string {
  const head = text.slice(0, 4096);
  const counts = [',', '\t', ';'].map((sign) => ({ sign, count: head.split(sign).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).sign;
}

function fieldContent(field: string): { text: string; kind: CellKind } {
  const asText = /^="(.*)"$/s.exec(field)?.[1]; // how some systems keep Excel from rounding long numbers
  if (asText !== undefined) return { text: normalise(asText), kind: 'text' };
  if (field.startsWith('=') && field.length > 1) return { text: normalise(field), kind: 'formula' };
  // our own prefix against formulas, taken off again
  const text = normalise(/^'[=+\-@\t\r\0]/.test(field) ? field.slice(1) : field);
  return { text, kind: text === '' ? 'empty' : 'text' };
}
