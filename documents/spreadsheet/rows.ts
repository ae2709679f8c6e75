import type { ImportColumn, ImportDefinition } from '../../schemas/import-columns.ts';
import type { OriginalRow, ParsedImport, ParsedRow, RowFault } from '../../schemas/parsed-import.ts';
import { areaName, columnLetter } from './cell.ts';
import type { Cell, Sheet, SheetRow } from './cell.ts';
import { recogniseColumns } from './columns.ts';
import type { FoundColumn, Recognised, RecogniseOptions } from './columns.ts';
import { checkRow, doubles, warningsOf } from './checks.ts';
import { rowFault } from './fault.ts';
import { readingLimits } from './limits.ts';
import { refusal } from './refuse.ts';
import { findChoice, parseValue } from './values.ts';

export interface ParseOptions extends RecogniseOptions {
  rowLimit?: number;
}

const LONGEST_LIST = 10_000;

/** Reads every row under the headers and says all that is wrong at once. */
export function parseRows(sheet: Sheet, definition: ImportDefinition, options: ParseOptions = {}): ParsedImport {
  const found = recogniseColumns(sheet, definition, options);
  const data = found.headerRow === 0 ? [] : sheet.rows.filter(({ row }) => row > found.headerRow);
  const rowLimit = options.rowLimit ?? readingLimits.rows;
  if (data.length > rowLimit) throw refusal('too_many_rows', { limit: rowLimit });

  const headerFaults = [...found.faults, ...mergeFaults(sheet, found)];
  if (found.headerRow > 0 && data.length === 0) headerFaults.push(rowFault('no_rows', { row: found.headerRow }));
  const read = data.flatMap((row) => readRow(row, found, definition));
  const faults = [...headerFaults, ...read.flatMap((row) => row.faults), ...doubles(read, definition, found)];
  const faulty = new Set(faults.map(({ row }) => row));
  const isUnfit = found.faults.length > 0;
  return {
    sheet: sheet.name,
    headers: found.headers,
    places: Object.fromEntries(found.columns.map(({ definition: { key }, column }) => [key, columnLetter(column)])),
    unknownHeaders: found.unknownHeaders,
    rows: isUnfit ? [] : read.filter(({ row }) => !faulty.has(row)).map(({ row, values }) => ({ row, values })),
    originals: data.map((row) => original(row, found.headers.length)),
    faults: faults.sort((a, b) => a.row - b.row).slice(0, LONGEST_LIST),
    faultCount: faults.length,
    warnings: read.flatMap(({ warnings }) => warnings).slice(0, LONGEST_LIST),
    dropped: sheet.droppedRows,
  };
}

export interface ReadRow extends ParsedRow {
  /** Keys whose cell could not be read: what follows from them is not said again. */
  faultyKeys: Set<string>;
  faults: RowFault[];
  warnings: RowFault[];
}

function original({ row, cells }: SheetRow, width: number): OriginalRow {
  const texts = Array.from({ length: width }, () => '');
  for (const { column, text } of cells) if (column <= width) texts[column - 1] = text;
  return { row, cells: texts };
}

/** Titles may be merged above the headers; below them a merged cell hides which row a value belongs to. */
function mergeFaults({ merges }: Sheet, { headerRow, headers }: Recognised): RowFault[] {
  const inside = merges.filter(
    ({ bottom, top, left }) => headerRow > 0 && bottom > headerRow && left <= headers.length && top > 0,
  );
  return inside.map((area) =>
    rowFault('merged_cells', {
      row: Math.max(area.top, headerRow),
      column: area.left,
      header: headers[area.left - 1],
      detail: { area: areaName(area) },
    }),
  );
}

/** One row of the sheet: one row of the import, or one a component in a wide sheet. */
function readRow(row: SheetRow, found: Recognised, definition: ImportDefinition): ReadRow[] {
  const byColumn = new Map(row.cells.map((cell) => [cell.column, cell]));
  const common = readCells(row.row, byColumn, found.columns, definition);
  const { wide } = definition;
  const filled = found.components.filter(({ column }) => byColumn.has(column));
  const value = wide && definition.columns.find(({ key }) => key === wide.value);
  const rows =
    wide && value ? filled.map((place) => oneComponent(common, { place, byColumn, value, wide, definition })) : [];

  // a mark of the whole row speaks of the course, as does a row without any score
  const isTotalFilled = filled.some(({ component }) => component === '');
  const needsTotal = rows.length === 0 || (wide && !isTotalFilled && (common.values[wide.mark] ?? null) !== null);
  const all = needsTotal ? [...rows, common] : rows;
  // what is wrong with the student is said once, not once a component
  if (!needsTotal && all[0])
    all[0] = {
      ...all[0],
      faults: [...common.faults, ...all[0].faults],
      warnings: [...common.warnings, ...all[0].warnings],
    };
  return all.map((read) => {
    for (const { key } of definition.columns) read.values[key] ??= null;
    return {
      ...read,
      faults: [...read.faults, ...checkRow(read, definition, found)],
      warnings: [...read.warnings, ...warningsOf(read, found)],
    };
  });
}

interface ComponentPlace {
  place: Recognised['components'][number];
  byColumn: Map<number, Cell>;
  value: ImportColumn;
  wide: NonNullable<ImportDefinition['wide']>;
  definition: ImportDefinition;
}

function oneComponent(common: ReadRow, { place, byColumn, value, wide, definition }: ComponentPlace): ReadRow {
  const own = readCells(common.row, byColumn, [{ ...place, definition: value }], definition);
  const isTotal = place.component === '';
  const mark = own.values[wide.mark] ?? (isTotal ? common.values[wide.mark] : null) ?? null;
  return {
    ...own,
    values: { ...common.values, ...own.values, [wide.component]: isTotal ? null : place.component, [wide.mark]: mark },
  };
}

function readCells(
  row: number,
  byColumn: Map<number, Cell>,
  columns: readonly FoundColumn[],
  definition: ImportDefinition,
): ReadRow {
  const read: ReadRow = { row, values: {}, faultyKeys: new Set(), faults: [], warnings: [] };
  for (const { column, header, definition: wanted } of columns) {
    const cell = byColumn.get(column);
    const place = { row, column, header, value: cell?.text };
    const mark = cell && markIn(cell.text, wanted, definition);
    if (mark) {
      read.values[mark.key] = mark.value;
      continue;
    }
    const parsed = parseValue(cell, wanted);
    if ('fault' in parsed) {
      read.faultyKeys.add(wanted.key);
      read.faults.push(rowFault(parsed.fault, { ...place, detail: parsed.detail, suggestion: parsed.suggestion }));
      continue;
    }
    read.values[wanted.key] ??= parsed.value;
    if (parsed.warning) read.warnings.push(rowFault(parsed.warning, { ...place, suggestion: String(parsed.value) }));
    if (parsed.value === null && wanted.required)
      read.faults.push(rowFault('value_missing', { ...place, detail: { title: wanted.title['zh-CN'] } }));
  }
  return read;
}

/** Teachers write 缺考 where the score belongs: it is taken for the mark it is. */
function markIn(
  text: string,
  column: ImportColumn,
  definition: ImportDefinition,
): { key: string; value: string } | undefined {
  if (column.type !== 'decimal' || column.markInto === undefined) return undefined;
  const marks = definition.columns.find(({ key }) => key === column.markInto);
  const choice = marks?.type === 'choice' ? findChoice(text, marks.choices) : undefined;
  return choice && { key: column.markInto, value: choice.value };
}
