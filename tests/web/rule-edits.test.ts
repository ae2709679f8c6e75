// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { hashOf } from '../../rules/canonical.ts';
import { lintRuleset } from '../../rules/dialect.ts';
import { withTableRules } from '../../rules/from-table.ts';
import { loadRuleset } from '../../rules/load.ts';
import { runTests } from '../../rules/run-tests.ts';
import { cellOfWords } from '../../web/src/i18n/cell-words.ts';
import { tidyCondition, withScale } from '../../web/src/rules-editor/cells.ts';
import { leafNamed, namesIn } from '../../web/src/rules-editor/document.ts';
import type { RuleDocument } from '../../web/src/rules-editor/document.ts';
import { addRule, addTest, removeRule, setEvent, setLeaf } from '../../web/src/rules-editor/edit.ts';
import { addRow, alikeRows, moveRow, removeRow, setCells } from '../../web/src/rules-editor/table-edit.ts';
import { moveTests, movedThresholds, testsAt } from '../../web/src/rules-editor/thresholds.ts';
import { parsedValue, valueText } from '../../web/src/rules-editor/values.ts';
import { libraryDocument } from '../rules/library.ts';

const documentOf = (id: string) => libraryDocument(id) as unknown as RuleDocument;
const faultsOf = (doc: RuleDocument) =>
  lintRuleset(withTableRules(doc)).map(({ pointer, code }) => `${code} ${pointer}`);

describe('what is typed into a condition cell', () => {
  test.each([
    ['≥６０', '>=60'],
    ['>= 60', '>=60'],
    ['不低于 60', '>=60'],
    ['低于60', '<60'],
    ['60~79.9', '60..79.9'],
    ['60 － 79.9', '60..79.9'],
    ['60至79.9', '60..79.9'],
    ['60..79.9', '60..79.9'],
    ['2026-09-01', '2026-09-01'],
    ['初级、中级', '初级、中级'],
    ['非 @listed', '非 @listed'],
    ['注册会计师（1级）', '注册会计师（1级）'],
    ['六十', '六十'],
  ])('%s is written %s', (typed, cell) => {
    expect(tidyCondition(typed)).toBe(cell);
  });

  test('has as many decimals as its column, and no fewer than were typed', () => {
    expect(withScale('>=70', 1)).toBe('>=70.0');
    expect(withScale('60..79.9', 1)).toBe('60.0..79.9');
    expect(withScale('70.55', 1)).toBe('70.55');
    expect(withScale('初级', 1)).toBe('初级');
  });
});

test('a number is a scaled integer, a date a day that exists, and both come back as they were shown', () => {
  const score = { type: 'decimal', scale: 1 } as const;
  expect(parsedValue(score, '６０')).toBe(600);
  expect(parsedValue(score, '59.9')).toBe(599);
  expect(parsedValue(score, '59.95')).toBeUndefined();
  expect(parsedValue(score, '六十')).toBeUndefined();
  expect(valueText(score, 600)).toBe('60.0');
  expect(parsedValue({ type: 'date' }, '2026年9月1日')).toBe(20260901);
  expect(parsedValue({ type: 'date' }, '2026-02-30')).toBeUndefined();
  expect(valueText({ type: 'date' }, 20260901)).toBe('2026-09-01');
});

describe('a table in the editor', () => {
  const table = documentOf('credit.prior-course');
  const score = table.table?.columns.findIndex((column) => column.kind === 'fact' && column.fact === 'priorScore') ?? 0;

  test('is untouched by being opened: same rules, same hash', () => {
    for (const id of ['credit.prior-course', 'title.qualification-to-title']) {
      const doc = documentOf(id);
      expect(hashOf(withTableRules({ ...doc, rules: [] }) as never)).toBe(hashOf(doc as never));
      const cells = doc.table?.rows.flatMap((row, r) => row.cells.map((cell, c) => [`${r}/${c}`, cell]));
      expect(hashOf(setCells(Object.fromEntries(cells ?? []))(doc) as never)).toBe(hashOf(doc as never));
    }
  });

  test('makes its rules from its cells: 60 becomes 70 in the row where it was typed', () => {
    const edited = setCells({ [`2/${score}`]: '低于70' })(table);
    const rules = (withTableRules(edited) as RuleDocument).rules;

    expect(edited.table?.rows[2]?.cells[score]).toBe('<70.0');
    expect(leafNamed({ ...edited, rules }, 'CP-03.priorScore')?.value).toBe(700);
    expect(faultsOf(edited)).toEqual([]);
  });

  test('names the other rows that read alike, so that one answer changes them all', () => {
    const alike = table.table ? alikeRows(table.table, score, '>=60.0') : [];
    expect(alike.length).toBeGreaterThan(10);
    expect(alikeRows(table.table ?? { columns: [], rows: [] }, score, '—')).toEqual([]);
  });

  test('gains and loses rows with their titles and citations; an unreadable cell leaves the rules as they were', () => {
    const longer = addRow(2)(table);
    expect(longer.table?.rows[3]?.cells).toEqual(table.table?.rows[2]?.cells);
    expect(faultsOf(longer)).toEqual([]);
    expect(removeRow(3)(longer)).toEqual(table);
    expect(faultsOf(moveRow(2, 1)(table))).toEqual([]);
    const odd = setCells({ [`2/${score}`]: '六十' })(table);
    expect(faultsOf(odd)).toContain(`table_cell /table/rows/2/cells/${score}`);
    expect((withTableRules(odd) as RuleDocument).rules).toEqual(table.rules);
  });
});

describe('a rule in the editor', () => {
  const doc = documentOf('credit.skill-certificate');
  const first = doc.rules[0]?.name ?? '';

  test('is added as a copy with names of its own, and taken away without a trace', () => {
    const longer = addRule(first, 'CS-99')(doc);
    expect(faultsOf(longer)).toEqual([]);
    expect(namesIn(longer).size).toBeGreaterThan(namesIn(doc).size);
    expect(removeRule('CS-99')(longer)).toEqual(doc);
  });

  test('changes its number or its answer and nothing else', () => {
    const leaf = [...namesIn(doc)].map((name) => leafNamed(doc, name)).find((one) => one?.operator === 'equal');
    const changed = setLeaf(leaf?.name ?? '', { operator: 'notEqual' })(doc);
    expect(leafNamed(changed, leaf?.name ?? '')?.operator).toBe('notEqual');
    expect(setLeaf(leaf?.name ?? '', { operator: 'equal' })(changed)).toEqual(doc);
    expect(setEvent(first, doc.rules[0]?.event ?? { type: 'refer' })(doc)).toEqual(doc);
  });

  test('a good trial becomes a test that states only what differs from the base', () => {
    const [fact] = Object.keys(doc.facts);
    const facts = { ...doc.tests.base, [fact ?? '']: null };
    const tested = addTest('trial', facts, { type: 'undetermined' })(doc);
    expect(tested.tests.cases.at(-1)).toEqual({
      name: 'trial',
      facts: { [fact ?? '']: null },
      expect: { type: 'undetermined' },
    });
    expect(addTest('trial', facts, { type: 'undetermined' })(tested).tests.cases.at(-1)?.name).toBe('trial (2)');
  });
});

describe('a bound that has moved', () => {
  const before = documentOf('credit.prior-course');
  const score =
    before.table?.columns.findIndex((column) => column.kind === 'fact' && column.fact === 'priorScore') ?? 0;
  const grants = alikeRows(before.table ?? { columns: [], rows: [] }, score, '>=60.0');
  const half = setCells(Object.fromEntries(grants.map((row) => [`${row}/${score}`, '>=70'])))(before);
  const whole = setCells({ [`2/${score}`]: '<70' })(half);

  test('is seen once nothing stands at the old one any more', () => {
    expect(movedThresholds(before, half)).toEqual([]);
    expect(movedThresholds(before, whole)).toEqual([{ fact: 'priorScore', from: 600, to: 700 }]);
  });

  test('takes the tests at it and one step beside it along, and then they pass again', async () => {
    const move = { fact: 'priorScore', from: 600, to: 700 };
    const moved = withTableRules(moveTests(move)(whole)) as RuleDocument;
    const reports = await runTests(loadRuleset(moved));

    expect(moved.tests.base.priorScore).toBe(700);
    expect(testsAt(moved, move)).toBe(0);
    expect(moved.tests.cases.some(({ name }) => name === 'prior 0.5, score 69.9')).toBe(true);
    expect(reports.filter(({ passed }) => !passed).map(({ name }) => name)).toEqual([]);
  });
});

test.each([
  [' 60.0–69.9', '60.0..69.9'],
  [' 0.5–0.9学分', '0.5..0.9'],
  [' 0.5学分及以下', '<=0.5'],
  [' 80.00%及以上', '>=80.00'],
  ['为是', '是'],
  ['为公共基础课、专业基础课', '公共基础课、专业基础课'],
  ['除实习以外', '非 实习'],
  ['', '—'],
])('a gap’s words “%s” are the cell %s', (words, cell) => {
  expect(cellOfWords(words)).toBe(cell);
});
