import { expect, test } from 'vitest';
import { lintRuleset } from '../../rules/dialect.ts';
import { loadRuleset } from '../../rules/load.ts';
import { runTests } from '../../rules/run-tests.ts';
import { Ruleset } from '../../schemas/ruleset.ts';
import { catalogueOf, exampleDocument } from './example.ts';

test('the complete example of the design has no fault', () => {
  const doc = exampleDocument();

  expect(lintRuleset(doc, catalogueOf(doc))).toEqual([]);
  expect(Ruleset.safeParse(doc).error).toBeUndefined();
});

test('its own tests pass on both evaluators and the checker', async () => {
  const doc = exampleDocument();

  const reports = await runTests(loadRuleset(doc, { catalogues: catalogueOf(doc) }));

  expect(reports).toHaveLength(9);
  expect(reports.filter((report) => !report.passed)).toEqual([]);
});
