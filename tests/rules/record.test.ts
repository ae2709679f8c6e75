import { expect, test } from 'vitest';
import { canonicalJson, hashOf } from '../../rules/canonical.ts';
import { checkRecord } from '../../rules/checker.ts';
import { decide } from '../../rules/decide.ts';
import { loadRuleset } from '../../rules/load.ts';
import { buildDecisionRecord, differsFrom, replayDecision } from '../../rules/record.ts';
import { suspendedVerdict } from '../../rules/select.ts';
import { Decision } from '../../schemas/decision.ts';
import { catalogueOf, exampleDocument } from './example.ts';

const id = (prefix: string): string => `${prefix}_${'0'.repeat(25)}1`;
const doc = exampleDocument();
const loaded = loadRuleset(doc, { catalogues: catalogueOf(doc) });
const base = doc.tests.base;

const record = (facts: Record<string, unknown>, more: object = {}): Promise<Decision> =>
  buildDecisionRecord(loaded, {
    id: id('dec'),
    caseId: id('enr'),
    subject: { kind: 'outcome_course', id: id('oco') },
    facts,
    provenance: { score: { from: 'outcome', ref: id('out'), readAt: '2026-10-02T00:00:00.000Z' } },
    time: { decidedAt: '2026-10-02T01:00:00.000Z', knownAt: '2026-10-02T01:00:00.000Z', effectiveDate: '2026-10-01' },
    actor: 'system',
    supersedes: null,
    ...more,
  });

test('a record keeps all declared facts, the document by hash and both engines by version', async () => {
  const decision = await record({ ...base, prize: null, passport: 'not declared' });

  expect(Decision.safeParse(decision).error).toBeUndefined();
  expect(decision.facts).toEqual({ status: 'enrolled', level: 'senior', score: 600, age: 36, prize: null });
  expect(decision.ruleSet).toEqual({ revision: 7, hash: loaded.hash });
  expect(decision.engines).toEqual({ reference: 'json-rules-engine@7.3.1', compiled: '1.0.0', agree: true });
  expect(decision.outcome).toEqual({
    type: 'grant',
    code: 'recognised',
    params: { credits: 80 },
    because: { kind: 'rule', rules: ['CT-01'] },
  });
  expect(decision.fired).toEqual(['CT-01']);
});

test('a denial keeps its trace, a grant does not', async () => {
  expect((await record({ ...base, score: 599 })).trace).toBeDefined();
  expect((await record(base)).trace).toBeUndefined();
});

test('each of the document’s cases replays to the same bytes, also after a trip through text', async () => {
  for (const { facts } of doc.tests.cases) {
    const stored = JSON.parse(canonicalJson(await record({ ...base, ...facts }))) as Decision;
    const fresh = loadRuleset(JSON.parse(canonicalJson(doc)), {
      catalogues: catalogueOf(doc),
      hash: stored.ruleSet.hash,
    });

    expect(await replayDecision(fresh, stored)).toEqual({ same: true, differences: [] });
    expect(checkRecord(fresh.doc, stored)).toEqual([]);
  }
});

test.each<[string, (decision: Decision) => void, string]>([
  ['another outcome', (d) => (d.outcome.params = { credits: 30 }), 'outcome'],
  ['another fact', (d) => (d.facts.score = 599), 'outcome'],
  ['another rule', (d) => (d.fired = ['CT-02']), 'fired'],
  ['another ground', (d) => (d.outcome.because = { kind: 'otherwise' }), 'outcome'],
])('a record changed afterwards is found out, even when its hashes were made to fit: %s', async (_, change, where) => {
  const forged = structuredClone(await record(base));
  change(forged);
  const { hash: _hash, ...body } = { ...forged, factsHash: hashOf(forged.facts) };
  const fitted = { ...body, hash: hashOf(body) } as Decision;

  expect((await replayDecision(loaded, fitted)).differences).toContain(where);
  expect(checkRecord(loaded.doc, fitted)).not.toEqual([]);
});

test('a document that is not the recorded one is refused', () => {
  expect(() => loadRuleset(doc, { catalogues: catalogueOf(doc), hash: `sha256:${'0'.repeat(64)}` })).toThrow(
    'rule_hash_mismatch',
  );
});

test('a new record is due only if outcome, params or fired rules differ', async () => {
  const last = await record(base);

  expect(differsFrom(last, decide(loaded, { ...base, score: 900 }))).toBe(false);
  expect(differsFrom(last, decide(loaded, { ...base, level: 'junior' }))).toBe(true);
  expect(differsFrom(last, decide(loaded, { ...base, score: null }))).toBe(true);

  const waiting = await record({ ...base, score: null, age: null });
  expect(waiting.outcome.missing).toEqual(['age', 'score']);
  expect(differsFrom(waiting, decide(loaded, { ...base, score: null }))).toBe(false);
});

test('a suspension is recorded as itself and replays', async () => {
  const decision = await record(base, { verdict: suspendedVerdict() });

  expect(decision.outcome).toEqual({ type: 'refer', code: 'referred', because: { kind: 'suspended' } });
  expect((await replayDecision(loaded, decision)).same).toBe(true);
});
