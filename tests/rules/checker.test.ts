import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { checkRecord } from '../../rules/checker.ts';
import { decide } from '../../rules/decide.ts';
import { loadRuleset } from '../../rules/load.ts';
import { declaredFacts, outcomeOf } from '../../rules/record.ts';
import type { Outcome } from '../../schemas/decision.ts';
import { catalogueOf } from './example.ts';
import { documents, gappedFacts } from './generate.ts';
import { patience, runs, seed } from './seed.ts';

vi.setConfig({ testTimeout: patience });

interface Recorded {
  facts: Record<string, unknown>;
  fired: string[];
  outcome: Outcome;
}

/** One lie each about what was decided. */
const lies: readonly ((record: Recorded) => void)[] = [
  ({ outcome }) => (outcome.type = outcome.type === 'grant' ? 'deny' : 'grant'),
  ({ outcome }) => (outcome.code = `${outcome.code ?? ''}x`),
  ({ outcome }) => (outcome.params = { ...outcome.params, credits: 99 }),
  ({ outcome }) => (outcome.because = { kind: outcome.because.kind === 'rule' ? 'otherwise' : 'rule', rules: ['R0'] }),
  ({ outcome }) => (outcome.missing = [...(outcome.missing ?? []), 'luck']),
  ({ fired }) => fired.push('R99'),
  (record) => (record.fired = record.fired.length > 0 ? record.fired.slice(1) : ['R0']),
];

test('the checker accepts every genuine record and rejects every lie about it', () => {
  let genuine = 0;
  let rejected = 0;
  fc.assert(
    fc.property(documents, fc.array(gappedFacts, { minLength: 10, maxLength: 10 }), (doc, cases) => {
      const loaded = loadRuleset(doc, { catalogues: catalogueOf(doc) });
      for (const facts of cases) {
        const verdict = decide(loaded, facts);
        const record: Recorded = {
          facts: declaredFacts(loaded, facts),
          fired: verdict.fired,
          outcome: outcomeOf(verdict),
        };
        expect(checkRecord(doc, record as never)).toEqual([]);
        genuine += 1;
        for (const lie of lies) {
          const forged = structuredClone(record);
          lie(forged);
          expect(checkRecord(doc, forged as never)).not.toEqual([]);
          rejected += 1;
        }
      }
    }),
    { seed, numRuns: runs(100) },
  );
  expect([genuine, rejected]).toEqual([runs(1_000), runs(7_000)]);
});
