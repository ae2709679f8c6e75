import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { randomOf } from '../../bench/rules/random.ts';
import { analyse } from '../../rules/analysis/analyse.ts';
import { difference, prepareDifference } from '../../rules/analysis/difference.ts';
import { outcomeKey } from '../../rules/analysis/outcome.ts';
import { firedTwoValued } from '../../rules/compile.ts';
import { decide } from '../../rules/decide.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import type { FactValue, Leaf, Ruleset } from '../../schemas/ruleset.ts';
import { catalogueOf } from './example.ts';
import { documents, gappedFacts } from './generate.ts';
import { leavesOf, libraryDocuments } from './library.ts';
import { seed, someRuns } from './seed.ts';

vi.setConfig({ testTimeout: 240_000 });

/** Findings that stand in the library on purpose, by document, with the reason. */
const STANDING: Readonly<Record<string, readonly string[]>> = {};

describe.each(libraryDocuments())('%s', (file, document) => {
  const loaded = loadRuleset(document);
  const analysis = analyse(loaded);

  test('is analysed to the last question', () => {
    expect(analysis.notDecided).toEqual([]);
  });

  test('has no gap, conflict, dead rule, idle condition or score that loses', () => {
    // "not equal" of a fact not recorded waits here; the warning is for other engines
    const found = analysis.findings.filter(({ code }) => code !== 'missing_data_hazard').map(({ name }) => name);
    expect(found).toEqual(STANDING[file] ?? []);
  });

  test('a warning of missing data is shown by a case that fires without the fact elsewhere, and waits here', () => {
    for (const { witness, rules } of analysis.findings.filter(({ code }) => code === 'missing_data_hazard')) {
      expect(firedTwoValued(document, witness!)).toContain(rules[0]);
      expect(decide(loaded, witness!).fired).not.toContain(rules[0]);
    }
  });

  test('a grant is given without a fact that the analysis says it can do without', () => {
    for (const { rule, facts } of analysis.needless) expect([rule, facts]).toEqual([rule, [...facts].sort()]);
    const granting = document.rules.filter(({ event }) => event.type === 'grant').map(({ name }) => name);
    expect(analysis.needless.map(({ rule }) => rule)).toEqual(granting);
  });

  test('differs from itself in nothing, and from a copy with a bound moved exactly where verdicts differ', () => {
    expect(difference(loaded, loaded)).toMatchObject({ equal: true, decided: true, shifts: [] });
    const isBound = ({ value, fact }: Leaf): boolean =>
      typeof value === 'number' && document.facts[fact]!.type !== 'date';
    const bounds = leavesOf(document).flatMap((leaf, i) => (isBound(leaf) ? [i] : []));
    const random = randomOf(seed);
    for (let i = 0; i < Math.min(4, bounds.length); i += 1) {
      const draft = moved(loaded, bounds[random(bounds.length)]!);
      const prepared = prepareDifference(loaded, draft);
      expect(prepared.difference.decided).toBe(true);
      const values = valuesFor([loaded.doc, draft.doc]);
      for (let n = 0; n < 200; n += 1) {
        const facts = Object.fromEntries(values.map(([fact, all]) => [fact, all[random(all.length)]!]));
        const changes = outcomeKey(decide(loaded, facts)) !== outcomeKey(decide(draft, facts));
        expect([facts, prepared.holds(facts)]).toEqual([facts, changes]);
      }
    }
  });
});

/** The same document with its bound number `i` one step higher, or lower at the end of its domain. */
function moved({ doc, hash }: LoadedRuleset, i: number): LoadedRuleset {
  const copy = structuredClone(doc);
  const leaf: Leaf = leavesOf(copy)[i]!;
  const { max } = copy.facts[leaf.fact] as { max: number };
  leaf.value = (leaf.value as number) + ((leaf.value as number) < max ? 1 : -1);
  return { doc: copy, hash };
}

/** Of each fact the values at which something may turn, and none. */
function valuesFor(docs: readonly Ruleset[]): [string, FactValue[]][] {
  return Object.entries(docs[0]!.facts).map(([fact, declared]) => {
    const asked = docs.flatMap(leavesOf).filter((leaf) => leaf.fact === fact);
    const constants = asked.flatMap(({ value }) => value);
    if (declared.type === 'boolean') return [fact, [true, false, null]];
    if (declared.type === 'enum') return [fact, [...(declared.values ?? ['?', ...constants.map(String)]), null]];
    if (declared.type === 'list') return [fact, [[], constants.map(String), null]];
    if (declared.type === 'date') return [fact, [declared.min, declared.max, ...constants.map(Number), null]];
    const near = constants.flatMap((value) => [Number(value) - 1, Number(value), Number(value) + 1]);
    const within = near.filter((value) => value >= declared.min && value <= declared.max);
    return [fact, [declared.min, declared.max, ...within, null]];
  });
}

test('on larger documents too the difference holds a case if and only if its outcome changes', () => {
  const cases = fc.array(gappedFacts, { minLength: 40, maxLength: 40 });
  const load = (doc: Ruleset): LoadedRuleset => loadRuleset(doc, { catalogues: catalogueOf(doc) });
  fc.assert(
    fc.property(documents, documents, cases, (one, other, many) => {
      const [base, draft] = [load(one), load(other)];
      const { holds, difference: found } = prepareDifference(base, draft);
      fc.pre(found.decided);
      for (const facts of many)
        expect([facts, holds(facts)]).toEqual([
          facts,
          outcomeKey(decide(base, facts)) !== outcomeKey(decide(draft, facts)),
        ]);
    }),
    { seed, numRuns: someRuns(60) },
  );
});
