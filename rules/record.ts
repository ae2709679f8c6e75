import type { Decision, Outcome, Provenance } from '../schemas/decision.ts';
import type { FactValue } from '../schemas/ruleset.ts';
import { canonicalJson, hashOf } from './canonical.ts';
import { COMPILED_VERSION } from './compile.ts';
import { agree, decideByReference, decideWithTrace } from './decide.ts';
import { admit, gateOf } from './gate.ts';
import type { LoadedRuleset } from './load.ts';
import { REFERENCE_VERSION } from './reference.ts';
import type { Facts, Traced, Verdict } from './verdict.ts';

export interface RecordInput {
  id: string;
  caseId: string;
  subject: Decision['subject'];
  facts: Facts;
  provenance: Provenance;
  time: { decidedAt: string; knownAt: string; effectiveDate: string };
  actor: string;
  supersedes: string | null;
  /** Given where the verdict is not the document's: a suspension, a person. */
  verdict?: Verdict;
}

/** Both evaluators on one case. Where they differ nothing may be decided. */
export async function secondOpinion(loaded: LoadedRuleset, facts: Facts): Promise<{ verdict: Traced; agree: boolean }> {
  const verdict = decideWithTrace(loaded, facts);
  return { verdict, agree: agree(verdict, await decideByReference(loaded, facts)) };
}

/** `decision/1` with its hash. `agree: false` in it must never reach the register. */
export async function buildDecisionRecord(loaded: LoadedRuleset, input: RecordInput): Promise<Decision> {
  const { doc, hash } = loaded;
  const facts = declaredFacts(loaded, input.facts);
  const opinion = await secondOpinion(loaded, facts);
  const verdict = input.verdict ?? opinion.verdict;
  const body: Omit<Decision, 'hash'> = {
    format: 'decision/1',
    id: input.id,
    case: input.caseId,
    subject: input.subject,
    decision: doc.id,
    ruleSet: { revision: doc.revision, hash },
    exceptions: [],
    engines: { reference: REFERENCE_VERSION, compiled: COMPILED_VERSION, agree: opinion.agree },
    time: { ...input.time, dateFact: doc.validity.dateFact },
    facts,
    provenance: input.provenance,
    factsHash: hashOf(facts),
    fired: verdict.fired,
    outcome: outcomeOf(verdict),
    actor: input.actor,
    supersedes: input.supersedes,
    ...(verdict.type === 'deny' && input.verdict === undefined ? { trace: opinion.verdict.trace } : {}),
  };
  return { ...body, hash: hashOf(body) };
}

/** All declared facts, missing ones as null. */
export function declaredFacts({ doc }: LoadedRuleset, facts: Facts): Record<string, FactValue> {
  const gate = gateOf(doc);
  const values = admit(gate, facts);
  return Object.fromEntries(gate.ids.map((id, i) => [id, values[i]!]));
}

/** What of a verdict stands in a record. */
export function outcomeOf({ type, code, params, events, missing, because }: Verdict): Outcome {
  const outcome: Outcome = { type, because };
  if (code !== undefined) outcome.code = code;
  if (params !== undefined) outcome.params = params;
  if (events !== undefined) outcome.events = events;
  if (missing.length > 0) outcome.missing = missing;
  return outcome;
}

/**
 * Whether a new verdict is worth a record: outcome, params or fired rules differ (architecture §9.1).
 * A shorter list of missing facts is not another outcome; it is worked out on reading.
 */
export function differsFrom(last: Pick<Decision, 'fired' | 'outcome'>, verdict: Verdict): boolean {
  const weighed = ({ type, code, params, events, because }: Outcome, fired: readonly string[]): string =>
    canonicalJson({ type, code, params, events, kind: because.kind, fired });
  return weighed(last.outcome, last.fired) !== weighed(outcomeOf(verdict), verdict.fired);
}

export interface Replay {
  same: boolean;
  /** Where replaying departs from the record. */
  differences: string[];
}

/** Decides again from the record's own facts, on both evaluators, and compares byte for byte. */
export async function replayDecision(loaded: LoadedRuleset, record: Decision): Promise<Replay> {
  const differences: string[] = [];
  const compare = (what: string, a: unknown, b: unknown): void => {
    if (canonicalJson(a ?? null) !== canonicalJson(b ?? null)) differences.push(what);
  };
  const { hash, ...body } = record;
  compare('hash', hashOf(body), hash);
  compare('factsHash', hashOf(record.facts), record.factsHash);
  compare('ruleSet.hash', loaded.hash, record.ruleSet.hash);
  const byPerson = record.outcome.because.kind === 'person' || record.outcome.because.kind === 'suspended';
  if (!byPerson) {
    const { verdict, agree: same } = await secondOpinion(loaded, record.facts);
    if (!same) differences.push('engines');
    compare('fired', verdict.fired, record.fired);
    compare('outcome', outcomeOf(verdict), record.outcome);
    if (record.trace !== undefined) compare('trace', verdict.trace, record.trace);
  }
  return { same: differences.length === 0, differences };
}
