import * as XLSX from '@e965/xlsx';
import iconv from 'iconv-lite';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Sheet } from '../../documents/spreadsheet/cell.ts';
import { numberText, parseDate } from '../../documents/spreadsheet/normalise.ts';
import { readImport, readWorkbook } from '../../documents/spreadsheet/read.ts';
import { students, workbook } from './workbooks.ts';

const textsOf = (sheets: Sheet[]): string[][] =>
  sheets[0]?.rows.map(({ cells }) => cells.map(({ text }) => text)) ?? [];
const csvOf = (rows: unknown[][]): string => rows.map((row) => row.join(',')).join('\r\n');

test('xlsx, BIFF xls, CSV in three encodings and GBK HTML called .xls all give the same rows', async () => {
  const rows = students(3);
  const html = `<html><head><meta charset="gbk"></head><table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table></html>`;
  const files = [
    workbook(rows, 'xlsx'),
    workbook(rows, 'biff8'),
    Buffer.from(csvOf(rows)),
    Buffer.from(`\ufeff${csvOf(rows)}`),
    iconv.encode(csvOf(rows), 'gb18030'),
    iconv.encode(csvOf(rows).replaceAll(',', '\t'), 'utf16le', { addBOM: true }),
    iconv.encode(html, 'gbk'),
  ];
  for (const file of files) expect(textsOf(await readWorkbook(file))).toEqual(rows.map((row) => row.map(String)));
});

test('a file on disk is read like one in memory', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spreadsheet-'));
  try {
    const path = join(folder, '名册.xlsx');
    writeFileSync(path, workbook(students(1)));
    expect(textsOf(await readWorkbook(path))).toHaveLength(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a students file is read into values', async () => {
  const parsed = await readImport(workbook(students(2)), 'students');

  expect(parsed.faults).toEqual([]);
  expect(parsed.rows[1]).toEqual({
    row: 3,
    values: {
      studentNo: '2023000002',
      name: '学生2',
      idNumber: expect.stringMatching(/^9900002005\d{7}[\dX]$/),
      gender: null,
      className: '机电2301班',
      programmeCode: '460301',
      cohort: 2023,
      enrolledOn: '2023-09-01',
      workMonths: null,
      priorSchooling: null,
    },
  });
  expect(parsed.originals[1]?.cells[1]).toBe('学生2');
});

test('full-width digits, no-break and ideographic spaces and invisible characters are put right; Chinese brackets stay', async () => {
  const [sheet] = await readWorkbook(workbook([['２０２３００１\u00a0', '\u3000张\u200b三 ', '维修工（高级）']]));

  expect(sheet?.rows[0]?.cells.map(({ text }) => text)).toEqual(['2023001', '张三', '维修工（高级）']);
});

test.each(['xlsx', 'biff8'] as const)(
  '%s: numbers, dates, percentages, errors and links are told apart',
  async (type) => {
    const file = workbook([[85.6, 46266, 0.4, 3, true, 'x', '见网页', Number('110101199003070123')]], type, (sheet) => {
      sheet.B1.z = 'yyyy/m/d';
      sheet.C1.z = '0%';
      sheet.F1 = { t: 'e', v: 42 };
      sheet.G1.l = { Target: 'https://example.invalid/' };
    });
    const [sheet] = await readWorkbook(file);

    expect(sheet?.rows[0]?.cells.map(({ kind, text }) => [kind, text])).toEqual([
      ['number', '85.6'],
      ['date', '2026-09-01'],
      ['number', '40%'],
      ['number', '3'],
      ['boolean', 'TRUE'],
      ['error', '#N/A'],
      ['link', '见网页'],
      ['number', expect.stringMatching(/^1101011990030701\d\d$/)],
    ]);
  },
);

test('xlsx: a formula is told from its value', async () => {
  const file = workbook([[1, 2]], 'xlsx', (sheet) => {
    sheet.B1.f = 'A1*2';
  });

  expect((await readWorkbook(file))[0]?.rows[0]?.cells.map(({ kind, text }) => [kind, text])).toEqual([
    ['number', '1'],
    ['formula', '2'],
  ]);
});

test('BIFF xls: a formula is told from its value, in a file no library of ours wrote', async () => {
  const [sheet] = await readWorkbook(fileURLToPath(new URL('fixtures/formula.xls', import.meta.url)));

  expect(sheet?.rows[1]?.cells.map(({ kind, text }) => [kind, text])).toEqual([
    ['text', '张三'],
    ['number', '40'],
    ['formula', expect.any(String)],
  ]);
});

test.each(['xlsx', 'biff8'] as const)('%s: a workbook of the 1904 calendar means the same day', async (type) => {
  const sheet = XLSX.utils.aoa_to_sheet([[46266 - 1462]]);
  sheet.A1.z = 'yyyy-mm-dd';
  const book: XLSX.WorkBook = { SheetNames: ['S'], Sheets: { S: sheet }, Workbook: { WBProps: { date1904: true } } };
  const file = XLSX.write(book, { type: 'buffer', bookType: type });

  expect(textsOf(await readWorkbook(file))).toEqual([['2026-09-01']]);
});

test('merged cells are reported, hidden sheets are left out, empty styled rows are dropped and counted', async () => {
  const sheet = XLSX.utils.aoa_to_sheet([
    ['甲', '乙'],
    ['1', '2'],
  ]);
  sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 1 } }];
  const styled = XLSX.utils.aoa_to_sheet([['学号'], [' '], ['\u00a0'], ['001']]);
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, sheet, '一');
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([['字典']]), '字典');
  XLSX.utils.book_append_sheet(book, styled, '二');
  book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 2 }, { Hidden: 0 }] };
  const [first, second, ...rest] = await readWorkbook(XLSX.write(book, { type: 'buffer' }));

  expect(rest).toEqual([]);
  expect(first?.merges).toEqual([{ top: 1, left: 1, bottom: 1, right: 2 }]);
  expect(second).toMatchObject({ name: '二', droppedRows: 2, rows: [{ row: 1 }, { row: 4 }] });
});

test('CSV: quotes, line breaks, semicolons, and numbers kept as ="…"', async () => {
  const [sheet] = await readWorkbook(Buffer.from('学号;备注\r\n="0012";"甲;乙\n""丙"""\r\n\r\n003;=1+1\r\n'));

  expect(sheet?.rows.map(({ row, cells }) => [row, ...cells.map(({ text }) => text)])).toEqual([
    [1, '学号', '备注'],
    [2, '0012', '甲;乙 "丙"'],
    [4, '003', '=1+1'],
  ]);
  expect(sheet?.rows[2]?.cells[1]?.kind).toBe('formula');
  expect(sheet?.droppedRows).toBe(1);
});

test('HTML: spans, entities, nested markup; scripts and styles are dropped', async () => {
  const html = `<html><style>td{mso-number-format:"\\@"}</style><script>var a = "<table><tr><td>no</td></tr></table>"</script>
    <TABLE><TR><TH colspan=2>名册</TH></TR><tr><td rowspan=2>甲&amp;乙&nbsp;</td><td><b>张</b>三</td></tr><tr><td>李&#22235;<br>一</td></tr></TABLE>`;
  const [sheet] = await readWorkbook(Buffer.from(html));

  expect(sheet?.rows.map(({ cells }) => cells.map(({ text, column }) => `${column}${text}`))).toEqual([
    ['1名册'],
    ['1甲&乙', '2张三'],
    ['2李四 一'],
  ]);
  expect(sheet?.merges).toEqual([
    { top: 1, left: 1, bottom: 1, right: 2 },
    { top: 2, left: 1, bottom: 3, right: 1 },
  ]);
});

test.each([
  ['2026.9.1', '2026-09-01'],
  ['2026/9/1', '2026-09-01'],
  ['2026-09-01', '2026-09-01'],
  ['20260901', '2026-09-01'],
  ['2026年9月1日', '2026-09-01'],
  ['2026 / 9 / 1', '2026-09-01'],
  ['2026-09-01 00:00:00', '2026-09-01'],
  ['2024.2.29', '2024-02-29'],
  ['2026.2.29', null],
  ['2026-13-01', null],
  ['2026-9', null],
  ['1.9.2026', null],
  ['二〇二六', null],
  ['', null],
  ['20260931', null],
])('date %s → %s', (text, date) => {
  expect(parseDate(text)).toBe(date);
});

test('numbers read as Excel shows them', () => {
  expect([85.600000000000009, 0.1 + 0.2, 2023, 1e15, 0.0000001, -4.5].map(numberText)).toEqual([
    '85.6',
    '0.3',
    '2023',
    '1000000000000000',
    '0.0000001',
    '-4.5',
  ]);
});
