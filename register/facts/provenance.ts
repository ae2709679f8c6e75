import type { HighestHeld } from '../../rules/derived/held-level.ts';
import type { Facts } from '../../rules/verdict.ts';
import type { Provenance } from '../../schemas/decision.ts';
import { factCatalogue } from '../../schemas/facts.ts';
import type { FactDefinition, Subject } from '../../schemas/facts.ts';
import type { Policy } from './policy.ts';
import type { PathwayRow, ResultRow } from './rows.ts';

interface PathwaySources {
  row: PathwayRow;
  facts: Facts;
  held: HighestHeld | null;
  result: ResultRow | undefined;
  policy: Policy | null;
  at: string;
}

/** Where each known fact of a pathway came from: the catalogue's source, the row that gave it, when it was read. */
export function pathwayProvenance({ row, facts, held, result, policy, at }: PathwaySources): Provenance {
  const refs: Record<string, string> = {
    'register:enrolments': row.enrolment_id,
    'register:pathways': row.id,
    'register:assessment_results': result ? `${row.id}/${result.version}` : row.id,
    'derived:highestLevelHeld': held?.outcomeId ?? row.enrolment_id,
  };
  return provenanceOf('pathway', {
    facts,
    at,
    refOf: (source) => refs[source] ?? row.enrolment_id,
    ...(policy ? { policyHash: policy.ruleHash } : {}),
  });
}

interface Sources {
  facts: Facts;
  at: string;
  /** The row behind a source such as `register:enrolments`. */
  refOf(source: string): string;
  policyHash?: string;
}

export function provenanceOf(subject: Subject, { facts, at, refOf, policyHash }: Sources): Provenance {
  const catalogue: Readonly<Record<string, FactDefinition>> = factCatalogue[subject];
  const provenance: Provenance = {};
  for (const [id, value] of Object.entries(facts)) {
    const source = catalogue[id]?.source;
    if (value === null || source === undefined) continue;
    const table = source.replace(/[.@(].*$/, '');
    const usesPolicy = policyHash !== undefined && source.includes('policy');
    provenance[id] = { from: source, ref: refOf(table), readAt: at, ...(usesPolicy ? { version: policyHash } : {}) };
  }
  return provenance;
}
