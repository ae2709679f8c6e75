import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { check } from '../../rules/checker.ts';
import { agree, decide, decideByReference, decideWithTrace } from '../../rules/decide.ts';
import { lintRuleset } from '../../rules/dialect.ts';
import { loadRuleset } from '../../rules/load.ts';
import { parseStrictJson } from '../../rules/strict-json.ts';
import type { Verdict } from '../../rules/verdict.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { catalogueOf } from './example.ts';
import { documents, gappedFacts } from './generate.ts';
import { patience, runs, seed } from './seed.ts';

vi.setConfig({ testTimeout: patience });

/** Words of the dialect and of its neighbours in places where they do not belong. */
const strange = fc.constantFrom<unknown>(
  ...[
    null,
    0,
    -1,
    1,
    6,
    600,
    2 ** 53,
    0.5,
    '',
    'x',
    'n',
    's',
    'p',
    'first',
    'second',
    'some',
    'R0',
    true,
    false,
    [],
    {},
  ],
  ...[
    'all',
    'any',
    'not',
    'equal',
    'in',
    'notIn',
    'inList',
    'lessThan',
    'contains',
    'not:in',
    'grant',
    'success',
    'error',
  ],
  { all: [] },
  { any: [] },
  { not: { all: [] } },
  { condition: 'first', name: 'again' },
  { fact: 'n', operator: 'equal', value: 1, name: 'leaf' },
  { fact: 'n', operator: 'equal', value: { fact: 's' }, name: 'leaf' },
  { fact: 'n', operator: 'equal', value: 1, path: '$..x' },
  ['x', 'x'],
  ['2026-02-30', 20260230],
);
const keys = fc.constantFrom(
  ...['all', 'any', 'not', 'name', 'fact', 'operator', 'value', 'condition', 'path', 'params', 'priority', 'event'],
  ...[
    'rules',
    'conditions',
    'facts',
    'lists',
    'decision',
    'scope',
    'impossible',
    'otherwise',
    'missing',
    'constructor',
  ],
);
const edit = fc.record({
  how: fc.constantFrom('put', 'drop', 'double', 'swap', 'add'),
  at: fc.nat(10_000),
  from: fc.nat(10_000),
  value: strange,
  key: keys,
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

type Place = { holder: Record<string | number, unknown>; key: string | number };

function placesIn(value: unknown, places: Place[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return places;
  const holder = value as Record<string | number, unknown>;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    places.push({ holder, key });
    placesIn(holder[key], places);
  }
  return places;
}

/** A lawful document after some slips of a careless or unkind hand. */
function edited(doc: Ruleset, edits: readonly Edit[]): unknown {
  const copy: unknown = structuredClone(doc);
  for (const { how, at, from, value, key } of edits) {
    const places = placesIn(copy);
    const place = places[at % places.length]!;
    const other = places[from % places.length]!;
    if (how === 'put') place.holder[place.key] = value;
    else if (how === 'swap') place.holder[place.key] = structuredClone(other.holder[other.key]);
    else if (how === 'add') place.holder[Array.isArray(place.holder) ? place.holder.length : key] = value;
    else if (how === 'double' && Array.isArray(place.holder)) place.holder.push(place.holder[Number(place.key)]);
    else if (Array.isArray(place.holder)) place.holder.splice(Number(place.key), 1);
    else delete place.holder[place.key];
  }
  return copy;
}

test('a document edited at random is refused at once with places and words, or decides alike everywhere', async () => {
  let refused = 0;
  let sound = 0;
  await fc.assert(
    fc.asyncProperty(
      documents,
      fc.array(edit, { minLength: 1, maxLength: 2 }),
      fc.array(gappedFacts, { minLength: 3, maxLength: 3 }),
      async (doc, edits, cases) => {
        const catalogues = catalogueOf(doc);
        const given = edited(doc, edits);
        const began = process.cpuUsage();
        const faults = lintRuleset(parseStrictJson(JSON.stringify(given)), catalogues);
        expect(process.cpuUsage(began).user).toBeLessThan(200_000);
        if (faults.length > 0) {
          refused += 1;
          for (const { pointer, text } of faults) {
            expect(pointer === '' || pointer.startsWith('/')).toBe(true);
            expect([text?.['zh-CN'], text?.en].every(Boolean)).toBe(true);
          }
          expect(() => loadRuleset(given, { catalogues })).toThrow('rule_document_faulty');
          return;
        }
        sound += 1;
        const loaded = loadRuleset(given, { catalogues });
        for (const facts of cases) {
          const lawful = await lawfulOutcome(() => decide(loaded, facts));
          const { trace: _, ...verdict } = lawful === undefined ? { trace: null } : decideWithTrace(loaded, facts);
          const reference = await lawfulOutcome(() => decideByReference(loaded, facts));
          expect(reference === undefined).toBe(lawful === undefined);
          if (lawful === undefined || reference === undefined) continue;
          expect(agree(decideWithTrace(loaded, facts), reference)).toBe(true);
          expect(check(loaded.doc, facts)).toEqual(verdict);
        }
      },
    ),
    { seed, numRuns: runs(1_000) },
  );
  console.log(`${refused} documents refused, ${sound} sound, seed ${seed}`);
  expect([refused > runs(500), sound > runs(30)]).toEqual([true, true]);
});

/** Undefined where the edited document no longer admits the facts. */
async function lawfulOutcome<T extends Verdict>(act: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    expect(error).toMatchObject({ code: 'fact_not_lawful' });
    return undefined;
  }
}
