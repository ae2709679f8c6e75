import * as XLSX from '@e965/xlsx';
import { describe, expect, test } from 'vitest';
import { FORMAT_SHEET } from '../../documents/spreadsheet/cell.ts';
import { decisionTableWorkbook } from '../../documents/spreadsheet/decision-table.ts';
import type { TableDocument } from '../../documents/spreadsheet/decision-table.ts';
import { formatOf, readDecisionTable } from '../../documents/spreadsheet/read-decision-table.ts';
import { readWorkbook } from '../../documents/spreadsheet/read.ts';
import { hashOf } from '../../rules/canonical.ts';
import { withTableRules } from '../../rules/from-table.ts';
import { libraryDocuments } from '../rules/library.ts';

const tables = libraryDocuments()
  .map(([, document]) => document)
  .filter((document): document is TableDocument => document.table !== undefined);

const written = (document: TableDocument) => decisionTableWorkbook(document, { hash: hashOf(document) });
const HASH = `sha256:${'0'.repeat(64)}`;

/** The workbook as a person leaves it: some cells of 规则 typed over. */
async function edited(document: TableDocument, cells: Record<string, string>): Promise<Buffer> {
  const book = XLSX.read(await written(document), { type: 'buffer' });
  for (const [cell, text] of Object.entries(cells))
    XLSX.utils.sheet_add_aoa(book.Sheets.规则!, [[text]], { origin: cell });
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer; // type: 'buffer'
}

describe('a decision table in Excel', () => {
  test.each(tables.map((document) => [document.id, document] as const))(
    '%s comes back with the same hash',
    async (_, document) => {
      const sheets = await readWorkbook(await written(document));
      const { table, notes, faults } = readDecisionTable(sheets, document);

      expect(faults).toEqual([]);
      expect(formatOf(sheets)).toEqual({ ruleSet: document.id, base: hashOf(document) });
      expect(hashOf(withTableRules({ ...document, table, notes, rules: [] }) as TableDocument)).toBe(hashOf(document));
    },
  );

  test('has drop-downs, words on how to fill it in, and its format out of sight', async () => {
    const book = XLSX.read(await written(tables[0]!), { type: 'buffer' });
    expect(book.SheetNames.slice(0, 3)).toEqual(['规则', '说明', FORMAT_SHEET]);
    expect(book.Workbook?.Sheets?.map(({ Hidden }) => Hidden ?? 0).slice(0, 3)).toEqual([0, 0, 1]);
  });

  test('a changed cell, a new row and a moved column are read for what they are', async () => {
    const document = tables.find(({ id }) => id === 'credit.prior-course')!;
    const last = document.table.rows.length + 2;
    const row = Object.fromEntries(
      ['CP-99', '新行', 'a new row', ...document.table.rows[2]!.cells].map((text, i) => [
        `${XLSX.utils.encode_col(i)}${last}`,
        text,
      ]),
    );
    const { table, notes, faults } = readDecisionTable(
      await readWorkbook(await edited(document, { F4: '<70', ...row })),
      document,
    );

    expect(faults).toEqual([]);
    expect(table.rows[2]!.cells[2]).toBe('<70');
    expect(table.rows.at(-1)).toEqual({ name: 'CP-99', cells: document.table.rows[2]!.cells });
    expect(notes['CP-99']).toEqual({
      title: { 'zh-CN': '新行', en: 'a new row' },
      cites: document.notes['CP-03']!.cites,
    });
  });

  test('everything wrong with it is said at once, with the cell', async () => {
    const document = tables.find(({ id }) => id === 'credit.prior-course')!;
    const file = await edited(document, { A3: '', A5: 'CP-03', D1: '别的列' });
    const first = readDecisionTable(await readWorkbook(file), document).faults;
    expect(first.map(({ code, detail }) => [code, detail?.cell ?? detail?.header])).toEqual([
      ['header_unknown', 'D1'],
      ['header_missing', '课程类别'],
    ]);
    const rows = readDecisionTable(
      await readWorkbook(await edited(document, { A3: '', A5: 'CP-03' })),
      document,
    ).faults;
    expect(rows.map(({ code, detail }) => [code, detail?.cell])).toEqual([
      ['row_name_missing', 'A3'],
      ['row_name_doubled', 'A5'],
    ]);
  });

  test('a workbook of ours for something else names no format', async () => {
    const { decisionTableWorkbook: write } = await import('../../documents/spreadsheet/decision-table.ts');
    const sheets = await readWorkbook(await write(tables[0]!, { hash: HASH }));
    expect(formatOf(sheets.filter(({ name }) => name !== FORMAT_SHEET))).toBeNull();
  });
});
