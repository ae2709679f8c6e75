import * as XLSX from '@e965/xlsx';
import { expect, test } from 'vitest';
import { importDefinition, importKinds } from '../../schemas/imports.ts';
import { writeCsv } from '../../documents/spreadsheet/csv.ts';
import { readImport, readWorkbook } from '../../documents/spreadsheet/read.ts';
import { faultyRowsWorkbook, importTemplate } from '../../documents/spreadsheet/template.ts';
import { writeWorkbook } from '../../documents/spreadsheet/write.ts';
import { idNumber, studentHeaders, studentRow, workbook } from './workbooks.ts';

const active = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '=cmd|calc'];

test('what is written is read back by the other library: texts stay texts, numbers numbers', async () => {
  const file = await writeWorkbook([
    {
      name: '名册',
      columns: [{ title: '学号' }, { title: '姓名' }, { title: '成绩' }],
      rows: [
        ['0012', '欧阳䶮𬱖', 85.5],
        ['110105199003070123', '=1+1', null],
      ],
    },
  ]);
  const [sheet] = await readWorkbook(file);

  expect(sheet?.rows.slice(1).map(({ cells }) => cells.map(({ kind, text }) => `${kind} ${text}`))).toEqual([
    ['text 0012', 'text 欧阳䶮𬱖', 'number 85.5'],
    ['text 110105199003070123', 'text =1+1'],
  ]);
});

test('a text that would run as a formula is a string in xlsx and has a quote before it in CSV', async () => {
  const book = XLSX.read(
    await writeWorkbook([{ name: 'S', columns: [{ title: 'x' }], rows: active.map((text) => [text]) }]),
    { cellFormula: true },
  );
  const cells = active.map((_, i) => book.Sheets.S?.[`A${i + 2}`]);

  expect(cells.map((cell) => [cell?.t, cell?.f])).toEqual(active.map(() => ['s', undefined]));
  expect(writeCsv([active]).toString('utf8')).toBe(`\ufeff${active.map((text) => `'${text}`).join(',')}\r\n`);
});

test('CSV goes out and comes back in both encodings', async () => {
  const rows = [
    ['学号', '备注', '成绩'],
    ['0012', '甲,"乙"\n丙', 85.5],
    ['0013', '=1+1', -3],
  ];
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    const [sheet] = await readWorkbook(writeCsv(rows, encoding));
    expect(sheet?.rows.map(({ cells }) => cells.map(({ text }) => text))).toEqual([
      ['学号', '备注', '成绩'],
      ['0012', '甲,"乙" 丙', '85.5'],
      ['0013', '=1+1', '-3'],
    ]);
  }
});

test.each(importKinds)(
  'the template for %s has every column by its title, and nothing in it is taken for data',
  async (kind) => {
    const definition = importDefinition(kind);
    const parsed = await readImport(await importTemplate(definition, { className: ['机电2301班'] }), kind);

    expect(parsed.headers).toEqual(definition.columns.map(({ title }) => title['zh-CN']));
    expect(parsed.unknownHeaders).toEqual([]);
    expect(parsed.faults.map(({ code }) => code)).toEqual(['no_rows']);
  },
);

test('the template explains its columns, offers live lists, freezes its header and formats its cells as text', async () => {
  const file = await importTemplate(importDefinition('students'), { className: ['机电2301班', '机电2302班'] });
  const book = XLSX.read(file, { cellStyles: true, cellNF: true, bookFiles: true, sheetStubs: true });
  const files = (book as { files?: Record<string, { content: Uint8Array }> }).files ?? {}; // bookFiles adds it
  const xml = Buffer.from(files['xl/worksheets/sheet1.xml']?.content ?? []).toString('utf8');

  expect(book.SheetNames).toEqual(['学生', '填写说明', '字典']);
  expect(book.Workbook?.Sheets?.map(({ Hidden }) => Hidden)).toEqual([0, 0, 1]);
  expect(xml).toMatch(/<pane[^>]*ySplit="1"[^>]*state="frozen"/);
  expect(xml).toContain('<autoFilter');
  expect(xml).toContain('ISTEXT(C2)');
  expect(book.Sheets.学生?.C2?.z).toBe('@');
  const lists = XLSX.utils.sheet_to_json<string[]>(book.Sheets.字典 ?? {}, { header: 1 });
  expect(lists.slice(0, 2).map(([gender, className]) => [gender, className])).toEqual([
    ['男', '机电2301班'],
    ['女', '机电2302班'],
  ]);
  expect(xml).toMatch(/type="list"[^>]*sqref="E2:E20001"/);
});

test.each(importKinds)('the examples shown for %s are themselves without fault', async (kind) => {
  const { columns } = importDefinition(kind);
  const parsed = await readImport(
    workbook([columns.map(({ title }) => title['zh-CN']), columns.map(({ example }) => example)]),
    kind,
  );

  expect(parsed.faults).toEqual([]);
  expect(parsed.rows).toHaveLength(1);
});

test('faulty rows come back as written, red with reasons, and once corrected are accepted as they are', async () => {
  const wrong = studentRow(2);
  wrong[2] = '110105194912310021';
  wrong[6] = '2023.2.30';
  const parsed = await readImport(workbook([studentHeaders, studentRow(1), wrong, studentRow(3)]), 'students');
  const file = await faultyRowsWorkbook(importDefinition('students'), parsed);

  const book = XLSX.read(file, { cellStyles: true });
  const sheet = book.Sheets.学生;
  expect(XLSX.utils.sheet_to_json<string[]>(sheet ?? {}, { header: 1 })).toEqual([
    [...studentHeaders, '错误说明'],
    [...wrong.map(String), '身份证号校验位不对，请核对是否录错。；“入学日期”不是真实的日期，应如 2026-09-01。'],
  ]);
  expect(sheet?.C2?.c?.[0]?.t).toContain('身份证号校验位不对');
  expect(sheet?.C2?.s?.fgColor?.rgb).toBe('FFC7CE');
  expect(sheet?.A2?.s?.fgColor).toBeUndefined();

  // uploaded again untouched: the same two faults and no word about the added column; corrected by hand: none
  const again = await readImport(file, 'students');
  expect(again.faults.map(({ row, code }) => [row, code])).toEqual([
    [2, 'id_number_checksum'],
    [2, 'date_malformed'],
  ]);
  expect(again.unknownHeaders).toEqual([]);
  const corrected = {
    ...parsed,
    originals: parsed.originals.map(({ row, cells }) => ({
      row,
      cells: cells.map((cell, i) => ({ 2: idNumber(2), 6: '2023.9.1' })[i] ?? cell),
    })),
  };
  expect(
    (await readImport(await faultyRowsWorkbook(importDefinition('students'), corrected), 'students')).rows,
  ).toHaveLength(1);
});

test('faults of the register can be put beside the rows of a file that had none of its own', async () => {
  const parsed = await readImport(workbook([studentHeaders, studentRow(1), studentRow(2)]), 'students');
  const faults = [
    { row: 3, column: 'E', text: { 'zh-CN': '没有此专业。', en: 'No such programme.' }, suggestion: '460302' },
  ];
  const [sheet] = await readWorkbook(await faultyRowsWorkbook(importDefinition('students'), { ...parsed, faults }));

  expect(sheet?.rows[1]?.cells.map(({ text }) => text)).toEqual([
    ...studentRow(2).map(String),
    '没有此专业。（建议：460302）',
  ]);
});
