import { expect, test } from 'vitest';
import { decide, decideByReference } from '../../rules/decide.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { adapt, evaluateByReference } from '../../rules/reference.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { catalogueOf, exampleDocument } from './example.ts';

const load = (): LoadedRuleset => {
  const doc = exampleDocument();
  return loadRuleset(doc, { catalogues: catalogueOf(doc) });
};

test('a jsonpath payload forced past the lint runs nothing: paths are refused', async () => {
  const doc = structuredClone(exampleDocument()) as Ruleset;
  const payload = '$..[?(globalThis.escaped = true)]';
  Object.assign(doc.rules[3]!.conditions, {
    all: [{ name: 'p', fact: 'prize', operator: 'equal', value: 'x', path: payload }],
  });
  const facts = { ...doc.tests.base, prize: 'none' };

  // on a text a path is never resolved; on an object it would be, if the gate let objects in
  await evaluateByReference(adapt(doc), facts);
  expect(Reflect.get(globalThis, 'escaped')).toBeUndefined();

  const listed = {
    ...doc,
    facts: { ...doc.facts, prize: { ...doc.facts.prize!, type: 'list', values: ['none'] } },
  } as unknown as Ruleset;
  await expect(evaluateByReference(adapt(listed), { ...facts, prize: ['none'] })).rejects.toThrow(
    'paths are outside the dialect',
  );
  expect(Reflect.get(globalThis, 'escaped')).toBeUndefined();
});

test('of ten thousand runs that overlap, a hundred at a time, none loses a rule', async () => {
  const loaded = load();
  const caseOf = (i: number) => ({
    ...loaded.doc.tests.base,
    score: i % 1001,
    age: i % 80,
    prize: i % 30 === 0 ? null : 'none',
  });

  for (let from = 0; from < 10_000; from += 100) {
    const cases = Array.from({ length: 100 }, (_, i) => caseOf(from + i));
    const together = await Promise.all(cases.map((facts) => decideByReference(loaded, facts)));

    for (const [i, { trace: _, ...verdict }] of together.entries()) expect(verdict).toEqual(decide(loaded, cases[i]!));
  }
}, 120_000);

test('the document handed in is neither written to nor held on to', async () => {
  const doc = exampleDocument();
  const before = JSON.stringify(doc);
  const loaded = loadRuleset(doc, { catalogues: catalogueOf(doc) });
  await decideByReference(loaded, doc.tests.base);
  expect(JSON.stringify(doc)).toBe(before);

  doc.rules[0]!.event.params = { credits: 10 };
  expect(decide(loaded, doc.tests.base).params).toEqual({ credits: 80 });
  expect(() => Object.assign(loaded.doc.rules[0]!, { name: 'x' })).toThrow(TypeError);
});

test('what a caller does to a verdict does not reach the next one', () => {
  const loaded = load();
  const verdict = decide(loaded, loaded.doc.tests.base);
  verdict.params!.credits = 10;

  expect(decide(loaded, loaded.doc.tests.base).params).toEqual({ credits: 80 });
});

test.each<[string, unknown]>([
  ['a number in a text', '600'],
  ['a text with a unit', '60分'],
  ['a fraction', 60.5],
  ['NaN', Number.NaN],
  ['a list', [600]],
  ['a function', () => 600],
  ['an object', { valueOf: () => 600 }],
  ['true', true],
  ['above its domain', 1001],
  ['below its domain', -1],
])('%s as a score is an error with its place, never a value', async (_, score) => {
  const loaded = load();
  const facts = { ...loaded.doc.tests.base, score };
  const fault = { code: 'fact_not_lawful', errors: [{ pointer: '/facts/score' }] };

  expect(() => decide(loaded, facts)).toThrow(expect.objectContaining({ code: fault.code }));
  await expect(decideByReference(loaded, facts)).rejects.toMatchObject(fault);
});

test('facts by inheritance, undeclared facts and an own __proto__ count for nothing', () => {
  const loaded = load();
  const inherited = Object.create({ score: 900 }) as Record<string, unknown>;
  Object.assign(inherited, { status: 'enrolled', level: 'senior', age: 1, prize: 'none', luck: 1 });
  Object.defineProperty(inherited, '__proto__', { value: { score: 900 }, enumerable: true });

  expect(decide(loaded, inherited)).toMatchObject({ type: 'undetermined', missing: ['score'] });
});
