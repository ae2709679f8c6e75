import type { Fault } from '../../schemas/problem.ts';
import type { Ruleset, Table } from '../../schemas/ruleset.ts';
import type { Text } from '../../schemas/text.ts';
import { cellName, FORMAT_SHEET } from './cell.ts';
import type { Cell, Sheet } from './cell.ts';
import { columnHeaders, LEADING, RULES_SHEET, TABLE_FORMAT } from './decision-table.ts';
import type { TableDocument } from './decision-table.ts';
import { fold, normalise } from './normalise.ts';

/** What the hidden sheet says; null where the file is not one of ours. */
export function formatOf(sheets: readonly Sheet[]): { ruleSet: string; base: string } | null {
  const sheet = sheets.find(({ name }) => name === FORMAT_SHEET);
  const pairs = new Map(sheet?.rows.map(({ cells }) => [cells[0]?.text, cells[1]?.text]));
  const [ruleSet, base] = [pairs.get('ruleSet'), pairs.get('base')];
  return pairs.get('format') === TABLE_FORMAT && ruleSet && base ? { ruleSet, base } : null;
}

export interface ReadTable {
  table: Table;
  notes: Ruleset['notes'];
  faults: Fault[];
  /** Of each row of the table, its row in the sheet; of each column, its column there. */
  places: { rows: number[]; columns: number[] };
}

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });
const ANY = ['—', '-', ''];

/** The rows of the sheet 规则, with all that is wrong with them at once. Cells that read as before keep their bytes. */
export function readDecisionTable(sheets: readonly Sheet[], base: TableDocument): ReadTable {
  const faults: Fault[] = [];
  const sheet = sheets.find(({ name }) => name === RULES_SHEET);
  const header = sheet?.rows[0];
  const places = header ? columnPlaces(header.cells, base, faults) : [];
  const read: ReadTable = {
    table: { columns: base.table.columns, rows: [] },
    notes: {},
    faults,
    places: { rows: [], columns: places.slice(LEADING.length) },
  };
  if (!sheet || !header)
    faults.push({
      pointer: '/file',
      code: 'sheet_missing',
      text: t(`没有工作表“${RULES_SHEET}”。`, `There is no sheet "${RULES_SHEET}".`),
    });
  else if (faults.length === 0)
    for (const { row, cells } of sheet.rows.slice(1)) readRow({ row, cells, places, base, read });
  return read;
}

/** Where each column stands, whatever their order; a header missing or unknown is a fault. */
function columnPlaces(cells: readonly Cell[], base: TableDocument, faults: Fault[]): number[] {
  const wanted = [...LEADING, ...columnHeaders(base)];
  const found = new Map(cells.map(({ text, column }) => [fold(text), column]));
  for (const { text, row, column } of cells)
    if (!wanted.some((title) => fold(title) === fold(text)))
      faults.push(
        fault('header_unknown', {
          row,
          column,
          text: t(`表头“${text}”不是这张表的列。`, `"${text}" is not a column of this table.`),
        }),
      );
  return wanted.map((title) => {
    const column = found.get(fold(title));
    if (column === undefined)
      faults.push({
        pointer: '/file',
        code: 'header_missing',
        detail: { header: title },
        text: t(`缺少列“${title}”。`, `The column "${title}" is missing.`),
      });
    return column ?? 0;
  });
}

interface Reading {
  row: number;
  cells: readonly Cell[];
  places: readonly number[];
  base: TableDocument;
  read: ReadTable;
}

function readRow({ row, cells, places, base, read }: Reading): void {
  const at = new Map(cells.map((cell) => [cell.column, cell]));
  for (const { kind, column } of cells)
    if ((kind === 'formula' || kind === 'error') && places.includes(column))
      read.faults.push(
        fault('cell_formula', {
          row,
          column,
          text: t('单元格里是公式或错误值，请改为文字。', 'The cell holds a formula or an error; write plain text.'),
        }),
      );
  const texts = places.map((column) => at.get(column)?.text ?? '');
  const [name = '', zh = '', en = '', ...given] = texts;
  if (texts.every((text) => text === '')) return;
  if (name === '') {
    read.faults.push(
      fault('row_name_missing', { row, column: places[0]!, text: t('这一行没有编号。', 'This row has no name.') }),
    );
    return;
  }
  if (Object.hasOwn(read.notes, name)) {
    read.faults.push(
      fault('row_name_doubled', {
        row,
        column: places[0]!,
        text: t(`编号“${name}”出现了两次。`, `The name "${name}" stands here twice.`),
      }),
    );
    return;
  }
  const before = base.table.rows.find((one) => one.name === name);
  read.table.rows.push({
    name,
    cells: given.map((text, i) => asBefore(text, before?.cells[i], base.table.columns[i]!.kind)),
  });
  read.places.rows.push(row);
  read.notes[name] = noteOf({ name, zh, en, cells: read.table.rows.at(-1)!.cells, base });
}

/** A cell that says what it said keeps how it said it: the same table has the same hash. */
function asBefore(text: string, before: string | undefined, kind: string): string {
  if (before !== undefined && (normalise(before) === text || (ANY.includes(before) && ANY.includes(text))))
    return before;
  return text === '' && kind !== 'outcome' ? '—' : text;
}

interface Named {
  name: string;
  zh: string;
  en: string;
  cells: readonly string[];
  base: TableDocument;
}

function noteOf({ name, zh, en, cells, base }: Named): Ruleset['notes'][string] {
  const before = base.notes[name];
  const citation = base.table.columns.findIndex(({ kind }) => kind === 'citation');
  const cites =
    citation === -1
      ? (before?.cites ?? [])
      : (cells[citation] ?? '')
          .split('、')
          .map((one) => one.trim())
          .filter((one) => !ANY.includes(one));
  const title = t(wording(zh, before?.title['zh-CN'], name), wording(en, before?.title.en, zh || name));
  return { ...before, title, cites };
}

function wording(given: string, before: string | undefined, otherwise: string): string {
  if (before !== undefined && normalise(before) === given) return before;
  return given || otherwise;
}

function fault(code: string, { row, column, text }: { row: number; column: number; text: Text }): Fault {
  const cell = cellName(row, column);
  return { pointer: '/file', code, detail: { cell }, text: t(`${cell}：${text['zh-CN']}`, `${cell}: ${text.en}`) };
}
