import type { ImportColumn, ImportDefinition } from '../../schemas/import-columns.ts';
import type { RowFaultCode } from '../../schemas/import-faults.ts';
import type { RowFault } from '../../schemas/parsed-import.ts';
import { columnLetter } from './cell.ts';
import type { Sheet, SheetRow } from './cell.ts';
import { rowFault } from './fault.ts';
import { ROWS_ABOVE_DATA } from './limits.ts';
import { fold } from './normalise.ts';
import type { Detail } from './refuse.ts';

export interface FoundColumn {
  column: number;
  header: string;
  definition: ImportColumn;
}

export interface Recognised {
  /** Row number of the headers; 0 if none were found. */
  headerRow: number;
  /** Header texts by position, from column A on. */
  headers: string[];
  columns: FoundColumn[];
  /** In a wide sheet: one column a component; the empty component is the course total. */
  components: { column: number; header: string; component: string }[];
  /** Headers nobody asked for: read over, and said. */
  unknownHeaders: string[];
  faults: RowFault[];
}

export interface RecogniseOptions {
  components?: readonly string[];
}

/** The header of the column that `faultyRowsWorkbook` adds; a file with it may be uploaded again as it is. */
export const FAULTS_HEADER = '错误说明';
const LEAST = 2;

/** Finds the header row and which column is which, by title or alias in any order. */
export function recogniseColumns(
  sheet: Sheet,
  definition: ImportDefinition,
  options: RecogniseOptions = {},
): Recognised {
  const words = wordsOf(definition);
  const candidates = sheet.rows.slice(0, ROWS_ABOVE_DATA).map((row) => ({ row, score: keysIn(row, words).size }));
  const best = candidates.reduce<(typeof candidates)[number] | undefined>(
    (top, next) => (next.score > (top?.score ?? 0) ? next : top),
    undefined,
  );
  if (!best || best.score < Math.min(LEAST, definition.columns.length)) return notFound(sheet, definition);

  const found = readHeaders(best.row, words, definition);
  return withComponents(found, definition, options.components ?? []);
}

/** The sheet that looks most like this kind of import: the first with headers, else the first. */
export function findSheet(
  sheets: readonly Sheet[],
  definition: ImportDefinition,
  options: RecogniseOptions = {},
): Sheet {
  const ranked = sheets.map((sheet) => ({
    sheet,
    columns: recogniseColumns(sheet, definition, options).columns.length,
  }));
  const best = ranked.reduce((top, next) => (next.columns > top.columns ? next : top));
  return best.sheet;
}

/** `学号（必填）*` is 学号. */
const bare = (header: string): string =>
  fold(header)
    .replace(/^\*+/, '')
    .replace(/[([{【][^)\]}】]*[)\]}】]$/, '');

function wordsOf(definition: ImportDefinition): Map<string, ImportColumn> {
  const words = new Map<string, ImportColumn>();
  for (const column of definition.columns) {
    for (const word of [column.title['zh-CN'], column.title.en, column.key, ...(column.aliases ?? [])]) {
      // a column's own title goes before another's alias
      const own = word === column.title['zh-CN'];
      for (const form of [fold(word), bare(word)]) if (own || !words.has(form)) words.set(form, column);
    }
  }
  return words;
}

const columnFor = (header: string, words: Map<string, ImportColumn>): ImportColumn | undefined =>
  words.get(fold(header)) ?? words.get(bare(header));

function keysIn(row: SheetRow, words: Map<string, ImportColumn>): Set<string> {
  return new Set(row.cells.flatMap(({ text }) => columnFor(text, words)?.key ?? []));
}

function notFound(sheet: Sheet, definition: ImportDefinition): Recognised {
  const titles = definition.columns
    .filter(({ required }) => required)
    .map(({ title }) => title['zh-CN'])
    .join('、');
  const first = sheet.rows[0];
  const fault = rowFault('headers_not_found', {
    row: first?.row ?? 1,
    value:
      first?.cells
        .map(({ text }) => text)
        .join(' ')
        .slice(0, 200) ?? '',
    detail: { titles },
  });
  return { headerRow: 0, headers: [], columns: [], components: [], unknownHeaders: [], faults: [fault] };
}

function readHeaders(row: SheetRow, words: Map<string, ImportColumn>, definition: ImportDefinition): Recognised {
  const headers = Array.from({ length: row.cells.at(-1)?.column ?? 0 }, () => '');
  const columns: FoundColumn[] = [];
  const unknownHeaders: string[] = [];
  const faults: RowFault[] = [];
  for (const { text: header, column } of row.cells) {
    headers[column - 1] = header;
    const wanted = columnFor(header, words);
    const earlier = columns.find((found) => found.definition === wanted);
    if (!wanted) {
      if (header !== FAULTS_HEADER) unknownHeaders.push(header);
    } else if (earlier) {
      faults.push(
        headerFault('column_doubled', row.row, {
          column,
          header,
          detail: { title: wanted.title['zh-CN'], other: columnLetter(earlier.column) },
        }),
      );
    } else columns.push({ column, header, definition: wanted });
  }
  for (const { required, key, title, aliases } of definition.columns) {
    if (!required || columns.some((found) => found.definition.key === key)) continue;
    const suggestion = aliases && aliases.length > 0 ? `也可写作：${aliases.join('、')}` : undefined;
    faults.push(
      headerFault('column_missing', row.row, { header: title['zh-CN'], detail: { title: title['zh-CN'] }, suggestion }),
    );
  }
  return { headerRow: row.row, headers, columns, components: [], unknownHeaders, faults };
}

interface HeaderFault {
  column?: number;
  header: string;
  detail: Detail;
  suggestion?: string | undefined;
}

function headerFault(code: RowFaultCode, row: number, { column, header, detail, suggestion }: HeaderFault): RowFault {
  return rowFault(code, { row, column, header, value: header, detail, suggestion });
}

/** A sheet with a column a component, as teachers keep it, when the scheme's component titles are given and no column 考核项目 is there. */
function withComponents(found: Recognised, { wide }: ImportDefinition, titles: readonly string[]): Recognised {
  if (!wide || found.columns.some(({ definition }) => definition.key === wide.component)) return found;
  const byWord = new Map(titles.map((title) => [bare(title), title]));
  const named = found.headers.flatMap((header, i) => {
    const component = byWord.get(bare(header));
    return component === undefined ? [] : [{ column: i + 1, header, component }];
  });
  if (named.length === 0) return found;

  const totals = new Set(wide.totals.map(bare));
  const total = found.columns.filter(
    ({ definition, header }) => definition.key === wide.value && totals.has(bare(header)),
  );
  return {
    ...found,
    columns: found.columns.filter(({ definition }) => definition.key !== wide.value),
    components: [...named, ...total.map(({ column, header }) => ({ column, header, component: '' }))],
    unknownHeaders: found.unknownHeaders.filter((header) => !byWord.has(bare(header))),
  };
}
