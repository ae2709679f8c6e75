import { decideWithTrace } from '../../rules/decide.ts';
import { explain, factTexts, outcomeText } from '../../rules/explain.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { replayDecision } from '../../rules/record.ts';
import type { DecisionView } from '../../schemas/api/rules.ts';
import type { Decision } from '../../schemas/decision.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { loadedByHash } from '../rules/loaded.ts';
import { requireEnrolmentInScope } from '../students/require-in-scope.ts';

interface StoredDecision {
  id: string;
  case_id: string;
  pathway_id: string | null;
  purpose: string;
  rule_hash: string;
  record: string;
  hash: string;
  document: string;
}

/** A decision as it was recorded, with its reasons put into words again from the record's own facts. */
export async function readDecision(register: Register, by: Principal, id: string): Promise<DecisionView> {
  const { row, record } = await findDecision(register, by, id);
  const loaded = loadedByHash(row.rule_hash, row.document);
  const { type, params, because } = record.outcome;
  const byPerson = because.kind === 'person' || because.kind === 'suspended';
  const later = await register.db.reader('decisions').where({ supersedes: id }).first<{ id: string } | undefined>('id');
  return {
    id,
    purpose: row.purpose,
    studentId: row.case_id,
    pathwayId: row.pathway_id,
    title: outcomeText(loaded.doc, params === undefined ? { type } : { type, params }),
    record,
    hash: row.hash,
    reasons: byPerson ? [] : explain(loaded, decideWithTrace(loaded, record.facts), record.facts),
    facts: factsOf(loaded.doc, record),
    supersededBy: later?.id ?? null,
    rule: {
      ruleSet: record.decision,
      revision: record.ruleSet.revision,
      hash: record.ruleSet.hash,
      title: loaded.doc.title,
    },
  };
}

function factsOf(doc: LoadedRuleset['doc'], { facts, provenance }: Decision): DecisionView['facts'] {
  return Object.entries(facts)
    .filter(([fact]) => Object.hasOwn(doc.facts, fact))
    .map(([fact, value]) => ({ fact, ...factTexts(doc, fact, value), from: provenance[fact]?.from ?? null }));
}

/** Decides again from what was recorded and says whether every byte is the same. Stores nothing. */
export async function replay(
  register: Register,
  by: Principal,
  id: string,
): Promise<{ same: boolean; differences: string[]; record: Decision }> {
  const { row, record } = await findDecision(register, by, id);
  return { ...(await replayDecision(loadedByHash(row.rule_hash, row.document), record)), record };
}

/** For whoever works at the database itself, where no role reaches further than the file does. */
export async function replayAtTheDatabase(
  { db }: Register,
  id: string,
): Promise<{ same: boolean; differences: string[]; record: Decision }> {
  const { row, record } = await storedDecision(db, id);
  return { ...(await replayDecision(loadedByHash(row.rule_hash, row.document), record)), record };
}

interface Found {
  row: StoredDecision;
  record: Decision;
}

async function findDecision({ db }: Register, by: Principal, id: string): Promise<Found> {
  const found = await storedDecision(db, id);
  await requireEnrolmentInScope(db.reader, by, found.row.case_id);
  return found;
}

async function storedDecision(db: Register['db'], id: string): Promise<Found> {
  const row: StoredDecision | undefined = await db
    .reader('decisions as d')
    .join('rule_revisions as r', (on) => void on.on('r.hash', 'd.rule_hash').andOn('r.college_id', 'd.college_id'))
    .where('d.id', id)
    .first('d.id', 'd.case_id', 'd.pathway_id', 'd.purpose', 'd.rule_hash', 'd.record', 'd.hash', 'r.document');
  if (!row) throw new Problem('not_found');
  return { row, record: JSON.parse(row.record) as Decision };
}
