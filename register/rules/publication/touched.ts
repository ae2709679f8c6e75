import { keysetPage } from '../../../db/keyset.ts';
import { readTx } from '../../../db/read-tx.ts';
import type { Query } from '../../../db/tx.ts';
import { decide } from '../../../rules/decide.ts';
import { outcomeText } from '../../../rules/explain.ts';
import type { LoadedRuleset } from '../../../rules/load.ts';
import { differsFrom } from '../../../rules/record.ts';
import type { Facts, Verdict } from '../../../rules/verdict.ts';
import type { TouchedDecision } from '../../../schemas/api/rule-publication.ts';
import type { Decision } from '../../../schemas/decision.ts';
import { Problem } from '../../../schemas/problem.ts';
import { collegeOf } from '../../accounts/in-scope.ts';
import type { Principal } from '../../accounts/principal.ts';
import type { Register } from '../../register.ts';
import { loadedByHash } from '../loaded.ts';
import { findRevision } from '../revision-row.ts';
import type { RevisionRow } from '../revision-row.ts';

interface DecisionRow {
  id: string;
  case_id: string;
  pathway_id: string | null;
  rule_hash: string;
  record: string;
  document: string;
}

interface Page {
  id: string;
  cursor?: string | undefined;
  limit: number;
}

/**
 * The issued decisions a retroactive revision touches: those of its rule set whose date lies in its period, superseded ones left
 * out, each with what its own facts would give now. Nothing changes by itself: what stands is changed by a person's act.
 */
export async function listTouched(
  register: Register,
  by: Principal,
  { id, cursor, limit }: Page,
): Promise<{ items: TouchedDecision[]; next: string | null }> {
  return readTx(register.db, async (tx) => {
    const revision = await findRevision(tx, { id, college_id: collegeOf(by) });
    if (!revision) throw new Problem('not_found');
    const query = liveDecisions(tx, revision.college_id).where('d.rule_set', revision.rule_set);
    const page = await keysetPage<DecisionRow>(query, { id: 'd.id', cursor, limit });
    const settled = await settledOf(
      tx,
      page.rows.map((row) => row.id),
    );
    const loaded = loadedByHash(revision.hash, revision.document);
    const items = page.rows.flatMap((row) => touched({ row, revision, loaded, settled: settled.has(row.id) }));
    return { items, next: page.next };
  });
}

/** Decisions that no later one has superseded, with the document they rest on. */
export function liveDecisions(query: Query, collegeId: string) {
  return query('decisions as d')
    .join('rule_revisions as r', (on) => void on.on('r.hash', 'd.rule_hash').andOn('r.college_id', 'd.college_id'))
    .where('d.college_id', collegeId)
    .whereNotExists(query('decisions as s').whereRaw('s.supersedes = d.id').select('s.id'))
    .select('d.id', 'd.case_id', 'd.pathway_id', 'd.purpose', 'd.rule_hash', 'd.record', 'r.document');
}

/** Behind a certificate, or a credit that has been spent. */
export async function settledOf(query: Query, ids: readonly string[]): Promise<Set<string>> {
  const certificates: string[] = await query('certificates').whereIn('decision_id', ids).pluck('decision_id');
  const credits: string[] = await query('credit_entries').whereIn('decision_id', ids).pluck('decision_id');
  return new Set([...certificates, ...credits]);
}

interface Touching {
  row: DecisionRow;
  revision: RevisionRow;
  loaded: LoadedRuleset;
  settled: boolean;
}

function touched({ row, revision, loaded, settled }: Touching): TouchedDecision[] {
  const record = JSON.parse(row.record) as Decision;
  const { effectiveDate, decidedAt } = record.time;
  const within =
    revision.valid_from <= effectiveDate && (revision.valid_to === null || effectiveDate < revision.valid_to);
  if (!within || record.ruleSet.hash === revision.hash) return [];
  const would = verdictOf(loaded, record.facts);
  const { doc } = loadedByHash(row.rule_hash, row.document);
  const { type, params } = record.outcome;
  return [
    {
      id: row.id,
      studentId: row.case_id,
      pathwayId: row.pathway_id,
      decidedAt,
      effectiveDate,
      revision: record.ruleSet.revision,
      was: { type, title: outcomeText(doc, params === undefined ? { type } : { type, params }) },
      would: { type: would.type, title: outcomeText(loaded.doc, would) },
      changes: differsFrom(record, would),
      settled,
    },
  ];
}

/** Under a document that no longer admits a recorded value, or asks for another fact, the case is open again. */
function verdictOf(loaded: LoadedRuleset, recorded: Facts): Verdict {
  const facts = Object.fromEntries(Object.entries(recorded).filter(([id]) => Object.hasOwn(loaded.doc.facts, id)));
  try {
    return decide(loaded, facts);
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'fact_not_lawful')) throw error;
    return { type: 'undetermined', fired: [], missing: [], because: { kind: 'missing' } };
  }
}
