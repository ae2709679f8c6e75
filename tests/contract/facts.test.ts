import { expect, test } from 'vitest';
import { derivedFacts } from '../../rules/derived/index.ts';
import { factCatalogue } from '../../schemas/facts.ts';
import type { FactDefinition } from '../../schemas/facts.ts';

const facts: [string, FactDefinition][] = Object.entries(factCatalogue).flatMap(([subject, ids]) =>
  Object.entries(ids as Record<string, FactDefinition>).map(([id, fact]): [string, FactDefinition] => [
    `${subject}.${id}`,
    fact,
  ]),
);

test('every derived fact of the catalogue names a function that exists, with its version', () => {
  const named = facts.flatMap(([id, { source }]) => {
    const name = /^derived:([^(]+)\(/.exec(source)?.[1];
    return name === undefined ? [] : [[id, name] as const];
  });

  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(([, name]) => !(name in derivedFacts))).toEqual([]);
});

test('every fact says where it comes from, in both languages what it is, and who supplies it', () => {
  const bare = facts.filter(
    ([, { source, title, suppliedBy }]) => !source || !title['zh-CN'] || !title.en || !suppliedBy,
  );

  expect(bare).toEqual([]);
});

test('numbers have bounds and decimals a scale', () => {
  const unbounded = facts.filter(([, fact]) => {
    if (fact.type === 'decimal' && fact.scale === undefined) return true;
    return ['integer', 'decimal', 'date'].includes(fact.type) && (fact.min === undefined || fact.max === undefined);
  });

  expect(unbounded).toEqual([]);
});
