import { expect, test } from 'vitest';
import { plainText, readEntry, scoreText } from '../../web/src/score-grid/entry.ts';
import type { GridColumn, GridRow } from '../../web/src/score-grid/model.ts';
import { columnTotals, firstFault, missingRows, totalOf } from '../../web/src/score-grid/model.ts';
import { cellsOfPaste, isBlock } from '../../web/src/score-grid/paste.ts';
import { layPaste } from '../../web/src/score-grid/pasted.ts';

const columns: GridColumn[] = [
  { id: 'process', name: '平时', weight: 3000, max: 1000 },
  { id: 'final', name: '期末', weight: 7000, max: 1000 },
];
const rows: GridRow[] = [
  { id: 'a', studentNo: '001', name: '赵', editable: true },
  { id: 'b', studentNo: '002', name: '钱', editable: true },
  { id: 'c', studentNo: '003', name: '孙', editable: false },
];

test('a score is read in tenths, however it was typed', () => {
  for (const [text, value] of [
    ['85', 850],
    [' 85.5 ', 855],
    ['８５．５', 855],
    ['85。5', 855],
    ['0', 0],
    ['100.0', 1000],
    ['7.', 70],
  ] as const)
    expect(readEntry(text, 1000), text).toEqual({ kind: 'score', value });
});

test('a mark is read in either language, and never as a number', () => {
  expect(readEntry('缺考', 1000)).toEqual({ kind: 'mark', mark: 'absent' });
  expect(readEntry('deferred', 1000)).toEqual({ kind: 'mark', mark: 'deferred' });
  expect(readEntry('取消资格', 1000)).toEqual({ kind: 'mark', mark: 'disqualified' });
});

test('what is out of range or no score is a fault that says why', () => {
  expect(readEntry('105', 1000)).toEqual({ kind: 'fault', code: 'too_high' });
  expect(readEntry('85.55', 1000)).toEqual({ kind: 'fault', code: 'too_precise' });
  for (const text of ['-1', '85a', '1e2', '优', '8 5', '10000'])
    expect(readEntry(text, 1000), text).toEqual({ kind: 'fault', code: 'malformed' });
  expect(readEntry('　', 1000)).toEqual({ kind: 'empty' });
});

test('a stored score reads back as the same score', () => {
  for (let value = 0; value <= 1000; value += 1)
    expect(readEntry(scoreText(value), 1000)).toEqual({ kind: 'score', value });
});

test('the total is weighted and rounded half up once', () => {
  expect(totalOf({ 'a/process': '80', 'a/final': '90.5' }, 'a', columns)).toEqual({ kind: 'value', value: 8735 });
  expect(
    totalOf({ 'a/process': '0.1', 'a/final': '0' }, 'a', [
      { ...columns[0]!, weight: 500 },
      { ...columns[1]!, weight: 9500 },
    ]),
  ).toEqual({ kind: 'value', value: 1 });
});

test('absence makes the total nothing, a waiver waives it, a gap leaves it open', () => {
  expect(totalOf({ 'a/process': '80', 'a/final': '缺考' }, 'a', columns)).toEqual({ kind: 'zero' });
  expect(totalOf({ 'a/process': '免修', 'a/final': '90' }, 'a', columns)).toEqual({ kind: 'waived' });
  expect(totalOf({ 'a/process': '缓考', 'a/final': '90' }, 'a', columns)).toEqual({ kind: 'none' });
  expect(totalOf({ 'a/process': '80' }, 'a', columns)).toEqual({ kind: 'none' });
});

test('control totals count scores, marks and faults apart', () => {
  const texts = { 'a/process': '80', 'b/process': '缺考', 'c/process': '105' };
  expect(columnTotals(texts, rows, columns[0]!)).toEqual({ entered: 1, marked: 1, faults: 1, sum: 800 });
  expect(firstFault(texts, rows, columns)).toMatchObject({ name: '孙', code: 'too_high' });
  expect(missingRows(texts, rows, columns)).toBe(3);
});

test('what Excel copies comes apart into its cells', () => {
  expect(cellsOfPaste('80\t90\r\n70\t60\r\n')).toEqual([
    ['80', '90'],
    ['70', '60'],
  ]);
  expect(cellsOfPaste('"a\tb"\t"say ""x"""\n\t5')).toEqual([
    ['a\tb', 'say "x"'],
    ['', '5'],
  ]);
  expect(isBlock('85\r\n')).toBe(false);
  expect(isBlock('85\t90')).toBe(true);
});

test('a pasted block lies from the cell on, and says what found no place', () => {
  const block = [
    ['80', '90'],
    ['70', '60'],
    ['50', '40'],
    ['30', '20'],
  ];
  const { texts, outside } = layPaste(block, { from: { row: 0, column: 0 }, rows, columns });
  expect(texts).toEqual({ 'a/process': '80', 'a/final': '90', 'b/process': '70', 'b/final': '60' });
  expect(outside).toBe(4); // the closed third row, and a fourth student who is not there
});

test('rows that begin with student numbers find their students in any order', () => {
  const { texts, outside } = layPaste(
    [
      ['002', '70', '60'],
      ['001', '８０', '90'],
    ],
    { from: { row: 0, column: 0 }, rows, columns },
  );
  expect(texts).toEqual({ 'b/process': '70', 'b/final': '60', 'a/process': '80', 'a/final': '90' });
  expect(outside).toBe(0);
});

test('names beside the student numbers and a header above them are not taken for scores', () => {
  const place = { from: { row: 1, column: 0 }, rows, columns };
  const expected = { 'b/process': '70', 'b/final': '60', 'a/process': '80', 'a/final': '90' };
  const named = [
    ['002', '钱', '70', '60'],
    ['001', '赵', '80', '90'],
  ];
  expect(layPaste(named, place)).toEqual({ texts: expected, outside: 0 });
  expect(layPaste([['学号', '姓名', '平时', '期末'], ...named], place)).toEqual({ texts: expected, outside: 0 });
});

test('a student number that is not on the sheet loses its values, and moves nobody else', () => {
  const { texts, outside } = layPaste(
    [
      ['001', '80'],
      ['999', '55'],
      ['002', '70'],
    ],
    { from: { row: 0, column: 1 }, rows, columns },
  );
  expect(texts).toEqual({ 'a/final': '80', 'b/final': '70' });
  expect(outside).toBe(1);
});

test('blanks of every width around a value go', () => {
  expect(plainText('\u00a0 ８５\u3000')).toBe('85');
});
