import { writeXlsx } from 'hucre/xlsx';
import type { Cell as HucreCell, CellStyle, DataValidation, WriteSheet } from 'hucre/xlsx';
import { cellName, columnLetter } from './cell.ts';

/** Media type of the workbooks written here. */
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export type OutValue = string | number | null;

export interface OutColumn {
  title: string;
  width?: number;
  /** Answers to choose from; kept on a hidden sheet, since Excel allows only 255 characters in place. */
  choices?: readonly string[];
  /** Excel itself refuses a number here: a long one would be rounded. */
  textOnly?: boolean;
}

export interface OutSheet {
  name: string;
  columns: readonly OutColumn[];
  rows: readonly (readonly OutValue[])[];
  /** Cells to paint red, by position in `rows`, with the reason as a comment. */
  marked?: readonly { row: number; column: number; comment: string }[];
  /** Kept from people's eyes: what a program needs to read the file back. */
  hidden?: boolean;
  /** Empty rows formatted as text below the data, for people to type into. */
  blankRows?: number;
}

const DICTIONARY = '字典';
const LAST_ROW = 20_001;
const TEXT: CellStyle = { numFmt: '@' };
const HEADER: CellStyle = {
  numFmt: '@',
  font: { bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'DDEBF7' } },
};
const FAULTY: CellStyle = { numFmt: '@', fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFC7CE' } } };

/**
 * The one file that knows hucre. Text columns, frozen header with filter, dropdowns, red cells with comments. A text that begins
 * with = + - @ is written as a string and never becomes a formula.
 */
export async function writeWorkbook(sheets: readonly OutSheet[]): Promise<Buffer> {
  const lists: (readonly string[])[] = [];
  const written = sheets.map((sheet) => writeSheet(sheet, lists));
  const all = lists.length === 0 ? written : [...written, dictionarySheet(lists)];
  return Buffer.from(await writeXlsx({ sheets: all, defaultFont: { name: '等线', size: 11 } }));
}

function writeSheet(
  { name, columns, rows, marked = [], blankRows = 0, hidden = false }: OutSheet,
  lists: (readonly string[])[],
): WriteSheet {
  const titles = columns.map(({ title }) => title);
  const cells = new Map<string, Partial<HucreCell>>();
  titles.forEach((title, column) => cells.set(`0,${column}`, { value: title, type: 'string', style: HEADER }));
  for (const { row, column, comment } of marked) {
    cells.set(`${row + 1},${column}`, {
      value: rows[row]?.[column] ?? null,
      style: FAULTY,
      comment: { author: '双证', text: comment },
    });
  }
  for (let row = rows.length + 1; row <= rows.length + blankRows; row += 1) {
    columns.forEach((_, column) => cells.set(`${row},${column}`, { value: null, type: 'empty', style: TEXT }));
  }
  return {
    name,
    ...(hidden && { hidden }),
    columns: columns.map(({ title, width }) => ({ width: width ?? Math.max(10, title.length * 2 + 4), style: TEXT })),
    rows: [titles, ...rows.map((row) => [...row])],
    cells,
    freezePane: { rows: 1 },
    autoFilter: { range: `A1:${cellName(Math.max(2, rows.length + 1), columns.length)}` },
    dataValidations: columns.flatMap((column, i) => validation(column, i + 1, lists)),
  };
}

function validation(
  { choices, textOnly, title }: OutColumn,
  column: number,
  lists: (readonly string[])[],
): DataValidation[] {
  const letter = columnLetter(column);
  const range = `${letter}2:${letter}${LAST_ROW}`;
  if (choices && choices.length > 0) {
    lists.push(choices);
    const list = columnLetter(lists.length);
    const formula1 = `'${DICTIONARY}'!$${list}$1:$${list}$${choices.length}`;
    // a warning, not a stop: people also write aliases, and the import knows them
    return [
      {
        type: 'list',
        range,
        formula1,
        allowBlank: true,
        showErrorMessage: true,
        errorStyle: 'warning',
        errorTitle: title,
        errorMessage: '请从下拉列表中选择。',
      },
    ];
  }
  if (!textOnly) return [];
  return [
    {
      type: 'custom',
      range,
      formula1: `ISTEXT(${letter}2)`,
      allowBlank: true,
      showErrorMessage: true,
      errorStyle: 'stop',
      errorTitle: title,
      errorMessage: '请先把单元格设为文本格式再输入，否则末几位会丢失。',
    },
  ];
}

function dictionarySheet(lists: readonly (readonly string[])[]): WriteSheet {
  const length = Math.max(...lists.map((list) => list.length));
  const rows = Array.from({ length }, (_, row) => lists.map((list) => list[row] ?? null));
  return { name: DICTIONARY, hidden: true, columns: lists.map(() => ({ style: TEXT })), rows };
}
