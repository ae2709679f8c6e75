import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { check } from '../../rules/checker.ts';
import { compile, firedRules, firedTwoValued } from '../../rules/compile.ts';
import { agree, decide, decideByReference, decideWithTrace } from '../../rules/decide.ts';
import { lintRuleset } from '../../rules/dialect.ts';
import { admit } from '../../rules/gate.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import type { Verdict } from '../../rules/verdict.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { Ruleset as RulesetSchema } from '../../schemas/ruleset.ts';
import { firedByBareEngine, lawlessDocument, outcomeOf } from './bare-engine.ts';
import { catalogueOf } from './example.ts';
import { documents, gappedFacts, hostileFacts, lawfulValues, wholeFacts } from './generate.ts';
import { patience, runs, seed } from './seed.ts';

// twenty thousand cases, also on a machine that is busy with other things
vi.setConfig({ testTimeout: patience });

/** Cases on which evaluators were held against one another. */
let compared = 0;

const load = (doc: Ruleset): LoadedRuleset => loadRuleset(doc, { catalogues: catalogueOf(doc) });
const many = <T>(facts: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(facts, { minLength: 20, maxLength: 20 });

test('every generated document passes the lint and the closed schema', () => {
  fc.assert(
    fc.property(documents, (doc) => {
      expect(lintRuleset(doc, catalogueOf(doc))).toEqual([]);
      expect(RulesetSchema.safeParse(doc).error).toBeUndefined();
    }),
    { seed, numRuns: runs(200) },
  );
});

test.each([
  ['nothing missing', wholeFacts],
  ['some of them missing', gappedFacts],
])(
  'json-rules-engine, the compiled evaluator and the checker agree to the last node on facts with %s',
  async (_, facts) => {
    await fc.assert(
      fc.asyncProperty(documents, many(facts as fc.Arbitrary<Record<string, unknown>>), async (doc, cases) => {
        const loaded = load(doc);
        const program = compile(loaded.doc);
        for (const one of cases) {
          const compiled = decideWithTrace(loaded, one);
          const reference = await decideByReference(loaded, one);
          const { trace, ...verdict } = compiled;
          compared += 1;
          expect(reference).toEqual(compiled);
          expect(agree(compiled, reference)).toBe(true);
          expect(check(doc, one)).toEqual(verdict);
          // the path that stops early against the one that reads every node
          expect(decide(loaded, one)).toEqual(verdict);
          const held = trace.rules.filter(({ tree }) => tree.truth === 'true').map(({ name }) => name);
          expect(firedRules(program, admit(program.gate, one))).toEqual(held);
          if (['rule', 'otherwise', 'conflict'].includes(verdict.because.kind)) expect(verdict.fired).toEqual(held);
        }
      }),
      { seed, numRuns: runs(400) },
    );
  },
);

test('facts that are not lawful are an error in all three, never a value', async () => {
  await fc.assert(
    fc.asyncProperty(documents, many(hostileFacts), async (doc, cases) => {
      const loaded = load(doc);
      for (const one of cases) {
        compared += 1;
        const compiled = await outcomeOf(() => decide(loaded, one));
        const reference = await outcomeOf(async () => withoutTrace(await decideByReference(loaded, one)));
        expect(reference).toEqual(compiled);
        expect(await outcomeOf(() => check(doc, one))).toEqual(compiled);
      }
    }),
    { seed, numRuns: runs(100) },
  );
});

test('two-valued reading fires the rules that a bare json-rules-engine fires, on any facts, errors included', async () => {
  await fc.assert(
    fc.asyncProperty(documents, many(hostileFacts), async (doc, cases) => {
      for (const one of cases) {
        compared += 1;
        const bare = await outcomeOf(() => firedByBareEngine(doc, one));
        expect(await outcomeOf(() => firedTwoValued(doc, one))).toEqual(bare);
      }
    }),
    { seed, numRuns: runs(100) },
  );
});

test('so it does on documents that the lint refuses: empty lists, NaN, null, texts for numbers', async () => {
  const doc = lawlessDocument();
  await fc.assert(
    fc.asyncProperty(hostileFacts, async (facts) => {
      expect(await outcomeOf(() => firedTwoValued(doc, facts))).toEqual(
        await outcomeOf(() => firedByBareEngine(doc, facts)),
      );
    }),
    { seed, numRuns: runs(300) },
  );
});

test('these were twenty thousand cases', () => {
  console.log(`${compared} cases, seed ${seed}: no evaluator differed from another`);
  expect(compared).toBeGreaterThanOrEqual(runs(20_000));
});

test('the generated cases reach every ground of a verdict', () => {
  const kinds = new Set<string>();
  for (const doc of fc.sample(documents, { seed, numRuns: 200 }))
    for (const facts of fc.sample(gappedFacts, { seed, numRuns: 20 })) kinds.add(decide(load(doc), facts).because.kind);

  expect([...kinds].sort()).toEqual(['conflict', 'impossible', 'missing', 'otherwise', 'out-of-scope', 'rule']);
});

test('no grant or denial rests on a missing fact: whatever it turns out to be, the outcome stays', () => {
  fc.assert(
    fc.property(documents, many(gappedFacts), many(wholeFacts), (doc, cases, fillings) => {
      const loaded = load(doc);
      for (const one of cases) {
        const verdict = decide(loaded, one);
        if (verdict.type !== 'grant' && verdict.type !== 'deny') continue;
        for (const filling of fillings) {
          const later = decide(loaded, filled(one, filling));
          // what cannot occur is not one of the things it may turn out to be
          if (later.because.kind === 'impossible') continue;
          expect([later.type, later.params]).toEqual([verdict.type, verdict.params]);
        }
      }
    }),
    { seed, numRuns: runs(150) },
  );
});

function filled(facts: Record<string, unknown>, filling: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(lawfulValues).map((id) => [id, facts[id] ?? filling[id]]));
}

function withoutTrace({ trace: _, ...verdict }: Verdict & { trace: unknown }): Verdict {
  return verdict;
}
