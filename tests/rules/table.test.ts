import { expect, test } from 'vitest';
import { lintRuleset } from '../../rules/dialect.ts';
import { toRules } from '../../rules/table.ts';
import type { Ruleset, Table } from '../../schemas/ruleset.ts';
import { catalogueOf, exampleDocument } from './example.ts';

/** The rules of the example as a table; its level has titles, as an author would see them. */
function tabled(): Ruleset & { table: Table } {
  const doc = exampleDocument();
  const title = (words: string): { 'zh-CN': string; en: string } => ({ 'zh-CN': words, en: words });
  Object.assign(doc.facts.level!, {
    titles: { junior: title('初级'), intermediate: title('中级'), senior: title('高级') },
  });
  const table: Table = {
    columns: [
      { kind: 'reference', condition: 'usable' },
      { kind: 'fact', fact: 'age' },
      { kind: 'fact', fact: 'score' },
      { kind: 'fact', fact: 'level' },
      { kind: 'fact', fact: 'prize' },
      { kind: 'outcome' },
      { kind: 'param', param: 'credits' },
      { kind: 'param', param: 'reason' },
      { kind: 'param', param: 'to' },
      { kind: 'citation' },
    ],
    rows: [
      { name: 'CT-01', cells: ['是', '—', '—', '高级', '—', '准予转换', '8', '—', '—', 'L1/8'] },
      { name: 'CT-02', cells: ['是', '—', '—', '初级、中级', '—', '准予转换', '3.0', '—', '—', 'L1/8'] },
      { name: 'CT-08', cells: ['—', '<=36', '<60', '—', '—', '不予转换', '—', 'score', '—', 'L1/8'] },
      { name: 'CT-09', cells: ['—', '>36', '—', '—', '—', 'deny', '—', 'expired', '—', 'L1/9'] },
      { name: 'CT-10', cells: ['—', '>36', '—', '—', 'national', '转人工', '—', '—', 'programme_leader', 'L1/9'] },
    ],
  };
  return { ...doc, table };
}

const faultsOf = (doc: Ruleset): string[] =>
  lintRuleset(doc, catalogueOf(doc)).map(({ code, pointer }) => `${code} ${pointer}`);
const cell = (fact: string, text: string): unknown => {
  const doc = tabled();
  const table: Table = {
    columns: [{ kind: 'fact', fact }, { kind: 'outcome' }],
    rows: [{ name: 'R', cells: [text, '转人工'] }],
  };
  return (toRules(table, doc)[0]!.conditions as { all: unknown[] }).all;
};

test('a table makes the rules its author would have written', () => {
  const doc = tabled();

  expect(toRules(doc.table, doc)).toEqual(doc.rules);
  expect(faultsOf(doc)).toEqual([]);
});

test.each([
  [
    'score',
    '60..79.9',
    [
      { name: 'R.score.from', fact: 'score', operator: 'greaterThanInclusive', value: 600 },
      { name: 'R.score.to', fact: 'score', operator: 'lessThanInclusive', value: 799 },
    ],
  ],
  ['score', '>=60', [{ name: 'R.score', fact: 'score', operator: 'greaterThanInclusive', value: 600 }]],
  ['score', '60、70.5', [{ name: 'R.score', fact: 'score', operator: 'in', value: [600, 705] }]],
  ['age', '36', [{ name: 'R.age', fact: 'age', operator: 'equal', value: 36 }]],
  ['level', '非 高级', [{ name: 'R.level', fact: 'level', operator: 'notEqual', value: 'senior' }]],
  [
    'level',
    '非 初级、中级',
    [{ name: 'R.level', fact: 'level', operator: 'notIn', value: ['junior', 'intermediate'] }],
  ],
  ['level', '@good', [{ name: 'R.level', fact: 'level', operator: 'inList', value: 'good' }]],
])('a cell of %s reads %s', (fact, text, nodes) => {
  expect(cell(fact, text)).toEqual(nodes);
});

test.each([
  ['score', '60.55'],
  ['score', 'sixty'],
  ['score', '80..60'],
  ['level', '特级'],
  ['age', '>='],
  ['age', '3.5'],
])('a cell of %s cannot read %s', (fact, text) => {
  expect(() => cell(fact, text)).toThrow('rule_document_faulty');
});

test('every faulty cell is named at once', () => {
  const doc = tabled();
  doc.table.rows[0]!.cells[3] = '特级';
  doc.table.rows[2]!.cells[2] = '<六十';
  doc.table.rows[3]!.cells.pop();

  expect(faultsOf(doc)).toEqual([
    'table_cell /table/rows/0/cells/3',
    'table_cell /table/rows/2/cells/2',
    'table_row_short /table/rows/3',
  ]);
});

test.each<[string, (doc: Ruleset & { table: Table }) => void, string]>([
  [
    'a rule changed beside its table',
    (d) => (d.rules[3]!.event.params = { reason: 'score' }),
    'table_differs /rules/3',
  ],
  ['rules in another order', (d) => d.rules.reverse(), 'table_differs /rules/0'],
  ['a row too many', (d) => d.table.rows.pop(), 'table_differs /rules/4'],
  [
    'another citation than the note’s',
    (d) => (d.table.rows[0]!.cells[9] = 'L1/9'),
    'table_differs /table/rows/0/cells/9',
  ],
  ['a row that asks nothing', (d) => (d.table.rows[3]!.cells[1] = '—'), 'table_row_any /table/rows/3'],
  [
    'a column of no fact',
    (d) => (d.table.columns[1] = { kind: 'fact', fact: 'luck' }),
    'table_column /table/columns/1',
  ],
])('%s is refused', (_, change, fault) => {
  const doc = tabled();
  change(doc);

  expect(faultsOf(doc)).toContain(fault);
});
