import { expect, test } from 'vitest';
import { outdatedWords } from '../../rules/analysis/outdated-words.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { withTableRules } from '../../rules/from-table.ts';
import { libraryDocument } from './library.ts';

const base = libraryDocument('credit.prior-course');

/** The bar of the prior course's score in the first refusal, and that rule's name. */
function refusingBelow(cell: string, title: string): Ruleset {
  const draft = structuredClone(base);
  const row = draft.table!.rows.find(({ name }) => name === 'CP-03')!;
  row.cells[2] = cell;
  draft.notes['CP-03']!.title['zh-CN'] = title;
  return withTableRules(draft) as Ruleset;
}

const found = (draft: Ruleset) => outdatedWords(loadRuleset(base), loadRuleset(draft));

test('a bound that moved while its rule and its article still name the old one is pointed out', () => {
  const [finding, ...others] = found(refusingBelow('<70.0', '原课程成绩不足60分'));
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ code: 'words_outdated', severity: 'warning', rules: ['CP-03'] });
  expect(finding!.text['zh-CN']).toContain('由60.0改为70.0');
});

test('a renamed rule is still asked about while its article says the old number; nothing moved, nothing said', () => {
  expect(found(refusingBelow('<70.0', '原课程成绩不足70分'))).toHaveLength(1);
  expect(found(refusingBelow('<60.0', '原课程成绩不足60分'))).toEqual([]);
});
