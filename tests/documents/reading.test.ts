import { expect, test } from 'vitest';
import { readImport, readWorkbook } from '../../documents/spreadsheet/read.ts';
import { students, workbook } from './workbooks.ts';

const textsOf = (sheets: Awaited<ReturnType<typeof readWorkbook>>): string[][] => sheets[0]?.rows.map(({ cells }) => cells.map(({ text }) => text)) ?? [];

test('xlsx and BIFF xls give the same rows', async () => {
  const rows = students(3);
  const fromXlsx = await readWorkbook(workbook(rows, 'xlsx'));
  const fromXls = await readWorkbook(workbook(rows, 'biff8'));

  expect(textsOf(fromXlsx)).toEqual(rows.map((row) => row.map(String)));
  expect(textsOf(fromXls)).toEqual(textsOf(fromXlsx));
});

test('a students file in any of the forms is read into values', async () => {
  const parsed = await readImport(workbook(students(2)), 'students');

  expect(parsed.faults).toEqual([]);
  expect(parsed.rows[1]).toEqual({
    row: 3,
    values: {
      studentNo: '2023000002', name: '学生2', idNumber: expect.stringMatching(/^9900002005\d{7}[\dX]$/), gender: null, className: '机电2301班',
      programmeCode: '460301', cohort: 2023, enrolledOn: '2023-09-01', workMonths: null, priorSchooling: null,
    },
  });
});
