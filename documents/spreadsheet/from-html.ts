import type { Area, Cell, Sheet } from './cell.ts';
import { RowCollector } from './collect.ts';
import { decode } from './decode.ts';
import type { ReadingLimits } from './limits.ts';
import { normalise } from './normalise.ts';
import { refusal } from './refuse.ts';

const TAG = /^<(\/?)([a-z][a-z0-9]*)/i;
const SKIPPED = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'iframe', 'object', 'svg', 'xml']);
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', middot: '·' };

interface Table {
  collector: RowCollector;
  merges: Area[];
  row: number;
  cells: Cell[];
  /** Columns still covered from above, by column: the last row covered. */
  covered: Map<number, number>;
  text: string[] | undefined;
  span: { columns: number; rows: number };
}

/** The table of an HTML page that calls itself `.xls`. Only table tags are understood; the rest is dropped, scripts with their content. */
export function sheetsOfHtml(bytes: Buffer, limits: ReadingLimits): Sheet[] {
  const page = decode(bytes);
  const budget = { textBytes: limits.textBytes };
  const sheets: Sheet[] = [];
  let table: Table | undefined;
  let at = 0;
  while (at < page.length) {
    const open = page.indexOf('<', at);
    const text = page.slice(at, open < 0 ? page.length : open);
    if (text !== '') table?.text?.push(text);
    if (open < 0) break;
    const close = page.startsWith('<!--', open) ? after(page, '-->', open) : after(page, '>', open);
    const tag = page.slice(open, close);
    const [, slash, rawName] = TAG.exec(tag) ?? [];
    const name = (rawName ?? '').toLowerCase();
    at = slash === '' && SKIPPED.has(name) && !tag.endsWith('/>') ? endOf(page, rawName ?? '', close) : close;

    if (name === 'table' && slash === '' && !table) table = newTable(limits, budget);
    else if (name === 'table' && slash === '/' && table) {
      endRow(table);
      sheets.push({
        name: `表${sheets.length + 1}`,
        rows: table.collector.rows,
        merges: table.merges,
        droppedRows: table.collector.droppedRows,
      });
      table = undefined;
    } else if (table) step(table, { name, isEnd: slash === '/', tag, limits });
  }
  if (table) {
    endRow(table); // a page cut short
    sheets.push({
      name: `表${sheets.length + 1}`,
      rows: table.collector.rows,
      merges: table.merges,
      droppedRows: table.collector.droppedRows,
    });
  }
  return sheets;
}

const newTable = (limits: ReadingLimits, budget: { textBytes: number }): Table => ({
  collector: new RowCollector(limits, budget),
  merges: [],
  row: 0,
  cells: [],
  covered: new Map(),
  text: undefined,
  span: { columns: 1, rows: 1 },
});

function step(
  table: Table,
  { name, isEnd, tag, limits }: { name: string; isEnd: boolean; tag: string; limits: ReadingLimits },
): void {
  if (name === 'tr') {
    endRow(table);
    if (!isEnd) table.row += 1;
  } else if (name === 'td' || name === 'th') {
    endCell(table);
    if (isEnd) return;
    table.row ||= 1; // a cell without a row
    table.text = [];
    table.span = { columns: spanOf(tag, 'colspan'), rows: spanOf(tag, 'rowspan') };
    const area = table.span.columns * table.span.rows;
    if (area > limits.areaCells || table.span.columns > limits.columns)
      throw refusal('area_too_large', { area: `${table.span.columns}×${table.span.rows}` });
  } else if (name === 'br' || name === 'p' || name === 'div') table.text?.push(' ');
}

function endCell(table: Table): void {
  if (!table.text) return;
  const { row, cells, covered, span, merges } = table;
  let column = (cells.at(-1)?.column ?? 0) + 1;
  while ((covered.get(column) ?? 0) >= row) column += 1;
  const text = normalise(entities(table.text.join('')));
  cells.push({ text, kind: text === '' ? 'empty' : text.startsWith('=') ? 'formula' : 'text', row, column });
  if (span.columns > 1 || span.rows > 1)
    merges.push({ top: row, left: column, bottom: row + span.rows - 1, right: column + span.columns - 1 });
  for (let c = column; c < column + span.columns; c += 1) {
    if (span.rows > 1) covered.set(c, row + span.rows - 1);
    if (c > column) cells.push({ text: '', kind: 'empty', row, column: c });
  }
  table.text = undefined;
}

function endRow(table: Table): void {
  endCell(table);
  if (table.cells.length > 0) table.collector.add(table.row, table.cells);
  table.cells = [];
}

const spanOf = (tag: string, attribute: string): number =>
  Math.max(1, Number(new RegExp(`\\b${attribute}\\s*=\\s*["']?(\\d{1,7})`, 'i').exec(tag)?.[1] ?? 1));

function after(page: string, sign: string, from: number): number {
  const at = page.indexOf(sign, from);
  return at < 0 ? page.length : at + sign.length;
}

/** Past `</name>`, as it was opened or in one case: no pattern runs over the whole page. */
function endOf(page: string, name: string, from: number): number {
  const ends = [`</${name}`, `</${name.toLowerCase()}`, `</${name.toUpperCase()}`]
    .map((end) => page.indexOf(end, from))
    .filter((end) => end >= 0);
  return ends.length === 0 ? page.length : after(page, '>', Math.min(...ends));
}

function entities(text: string): string {
  return text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});?/gi, (whole, body: string) => {
    if (!body.startsWith('#')) return NAMED[body.toLowerCase()] ?? whole;
    const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1));
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
  });
}
