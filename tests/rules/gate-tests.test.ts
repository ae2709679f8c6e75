import { describe, expect, test } from 'vitest';
import { gateTests } from '../../rules/gate-tests.ts';
import { loadRuleset } from '../../rules/load.ts';
import { mutantsOf } from '../../rules/mutants.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { catalogueOf, exampleDocument } from './example.ts';
import { libraryDocuments } from './library.ts';

const gateOf = (doc: Ruleset) => gateTests(loadRuleset(doc, { catalogues: catalogueOf(doc) }));

test('of the complete example’s mutants 35 of 36 break a test', async () => {
  const { mutation, faults } = await gateOf(exampleDocument());

  expect(mutation).toMatchObject({ total: 36, broken: 35, percent: 97 });
  expect(mutation.survivors).toEqual([
    { name: 'imp.prize', pointer: '/decision/impossible/0/when/all/1', was: 'equal', now: 'notEqual' },
  ]);
  expect(faults).toEqual([]);
});

describe.each(libraryDocuments())('%s', (_file, document) => {
  test('its tests ask enough: rules, bounds, missing facts, nine of ten small slips', async () => {
    const { passed, faults } = await gateTests(loadRuleset(document));

    expect(faults).toEqual([]);
    expect(passed).toBe(true);
  });
});

const weakened: readonly [string, (doc: Ruleset) => void, string][] = [
  [
    'a rule that no test makes hold',
    (doc) => doc.tests.cases.splice(1, 1),
    'rule_never_tested /rules/1 {"rule":"CT-02"}',
  ],
  [
    'a rule that holds in every test',
    (doc) => doc.tests.cases.splice(1),
    'rule_always_holds_in_tests /rules/0 {"rule":"CT-01"}',
  ],
  [
    'a bound tried on one side',
    (doc) => doc.tests.cases.splice(2, 1),
    'bound_untested /conditions/usable {"node":"score","fact":"score","value":599}',
  ],
  [
    'no missing fact',
    (doc) => (doc.tests.cases = doc.tests.cases.filter(({ facts }) => !Object.values(facts).includes(null))),
    'missing_untested /tests/cases {}',
  ],
];

test.each(weakened)('%s is named', async (_, weaken, fault) => {
  const doc = exampleDocument();
  weaken(doc);
  const { passed, faults } = await gateOf(doc);

  expect(passed).toBe(false);
  expect(faults.map(({ code, pointer, detail }) => `${code} ${pointer} ${JSON.stringify(detail)}`)).toContain(fault);
});

test('tests that notice too few slips are refused, with the slips they miss by name', async () => {
  const doc = exampleDocument();
  for (const { expect: wanted } of doc.tests.cases) delete wanted.fired;
  doc.tests.cases = doc.tests.cases.filter(({ name }) => !/contest|59\.9|review|suspended/.test(name));
  const { faults, mutation } = await gateOf(doc);

  expect(mutation.percent).toBeLessThan(90);
  expect(faults).toContainEqual(expect.objectContaining({ code: 'tests_too_weak' }));
  expect(faults).toContainEqual(
    expect.objectContaining({
      code: 'mutant_survives',
      detail: { node: 'CT-08.score', was: '600', now: '599' },
    }),
  );
  expect(faults.every(({ text }) => text !== undefined && text['zh-CN'] !== '' && text.en !== '')).toBe(true);
});

test('a test that fails notices nothing', async () => {
  const doc = exampleDocument();
  for (const one of doc.tests.cases) one.expect.type = 'refer';
  const { passed, mutation, tests } = await gateOf(doc);

  expect(passed).toBe(false);
  expect(mutation.broken).toBeLessThan(20);
  expect(tests.filter(({ faults }) => faults.includes('type')).length).toBe(8);
});

test('a bound at the edge of its domain is not moved beyond it', () => {
  const doc = exampleDocument();
  const slips = mutantsOf({ ...doc, facts: { ...doc.facts, age: { ...doc.facts.age!, max: 36 } } } as Ruleset);

  expect(slips.filter(({ name, was }) => name === 'CT-09.age' && was === '36').map(({ now }) => now)).toEqual(['35']);
});
