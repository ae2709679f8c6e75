import type { ImportColumn, ImportDefinition } from '../../schemas/import-columns.ts';
import type { OriginalRow, RowFault } from '../../schemas/parsed-import.ts';
import { FAULTS_HEADER } from './columns.ts';
import { writeWorkbook } from './write.ts';
import type { OutColumn } from './write.ts';

/** Live lists of the college by column key, such as its class names; they become dropdowns. */
export type Dictionaries = Partial<Record<string, readonly string[]>>;

const BLANK_ROWS = 1000;

/** The workbook people fill in: headers with dropdowns, a sheet that explains each column, a hidden sheet with the lists. */
export async function importTemplate(definition: ImportDefinition, dictionaries: Dictionaries = {}): Promise<Buffer> {
  const guide = definition.columns.map((column) => [
    column.title['zh-CN'],
    column.required ? '必填' : '选填',
    formOf(column),
    column.example,
    column.note?.['zh-CN'] ?? '',
    (column.aliases ?? []).join('、'),
  ]);
  return writeWorkbook([
    {
      name: definition.title['zh-CN'],
      columns: definition.columns.map((column) => outColumn(column, dictionaries)),
      rows: [],
      blankRows: BLANK_ROWS,
    },
    {
      name: '填写说明',
      columns: [
        { title: '列名', width: 18 },
        { title: '要求', width: 8 },
        { title: '填写形式', width: 44 },
        { title: '示例', width: 24 },
        { title: '说明', width: 48 },
        { title: '也认这些表头', width: 44 },
      ],
      rows: guide,
    },
  ]);
}

export interface FaultyFile {
  headers: readonly string[];
  originals: readonly OriginalRow[];
  faults: readonly Pick<RowFault, 'row' | 'column' | 'text' | 'suggestion'>[];
}

/** The rows with faults as their owner wrote them, red where wrong, with a column 错误说明. Corrected, it may be uploaded as it is. */
export async function faultyRowsWorkbook(
  definition: ImportDefinition,
  { headers, originals, faults }: FaultyFile,
): Promise<Buffer> {
  const byRow = grouped(faults, ({ row }) => row);
  const rows = originals.filter(({ row }) => byRow.has(row));
  const kept = headers.map((header, i) => ({ header, i })).filter(({ header }) => header !== FAULTS_HEADER);
  const place = new Map(kept.map(({ i }, column) => [i + 1, column]));
  const marked = rows.flatMap(({ row }, at) =>
    [...grouped(byRow.get(row) ?? [], ({ column }) => column)].flatMap(([letter, here]) => {
      const column = place.get(columnNumber(letter));
      return column === undefined ? [] : [{ row: at, column, comment: here.map(wordsOf).join('\n') }];
    }),
  );
  return writeWorkbook([
    {
      name: definition.title['zh-CN'],
      columns: [...kept.map(({ header }) => headerColumn(header, definition)), { title: FAULTS_HEADER, width: 60 }],
      rows: rows.map(({ row, cells }) => [
        ...kept.map(({ i }) => cells[i] ?? ''),
        (byRow.get(row) ?? []).map(wordsOf).join('；'),
      ]),
      marked,
    },
  ]);
}

const wordsOf = ({ text, suggestion }: FaultyFile['faults'][number]): string =>
  text['zh-CN'] + (suggestion === undefined ? '' : `（建议：${suggestion}）`);

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

const columnNumber = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

function headerColumn(header: string, definition: ImportDefinition): OutColumn {
  const column = definition.columns.find(
    ({ title, aliases }) => title['zh-CN'] === header || aliases?.includes(header),
  );
  return column ? { ...outColumn(column, {}), title: header } : { title: header };
}

function outColumn(column: ImportColumn, dictionaries: Dictionaries): OutColumn {
  const title = column.title['zh-CN'];
  const choices = dictionaries[column.key] ?? choicesOf(column);
  const out: OutColumn = { title, width: Math.max(title.length * 2 + 4, column.example.length + 4, 10) };
  if (choices) return { ...out, choices };
  return column.type === 'idNumber' || (column.type === 'text' && column.max >= 16 && column.pattern !== undefined)
    ? { ...out, textOnly: true }
    : out;
}

function choicesOf(column: ImportColumn): readonly string[] | undefined {
  if (column.type === 'choice') return column.choices.map(({ title }) => title['zh-CN']);
  if (column.type === 'boolean') return [column.yes[0], column.no[0]].filter((word) => word !== undefined);
  return column.type === 'integer' ? column.labels?.map(({ title }) => title['zh-CN']) : undefined;
}

function formOf(column: ImportColumn): string {
  switch (column.type) {
    case 'text':
      return `文本，最多 ${column.max} 个字符`;
    case 'idNumber':
      return '18 位身份证号，文本格式';
    case 'date':
      return '日期，如 2026-09-01、2026.9.1、20260901';
    case 'integer':
      return `${column.min} 至 ${column.max} 的整数${column.labels ? `，或${choicesOf(column)?.join('、')}` : ''}`;
    case 'decimal':
      return `${column.min / 10 ** column.scale} 至 ${column.max / 10 ** column.scale}，最多 ${column.scale} 位小数`;
    case 'choice':
    case 'boolean':
      return `选一项：${choicesOf(column)?.join('、')}`;
  }
}
