import { Problem } from '../schemas/problem.ts';
import type { Ruleset } from '../schemas/ruleset.ts';
import { hashOf } from './canonical.ts';
import type { Hash } from './canonical.ts';
import { lintRuleset } from './dialect.ts';
import type { FactCatalogues } from './dialect.ts';

/** A document that passed the lint, cloned and frozen; evaluators keep what they make of it beside it, never in it. */
export interface LoadedRuleset {
  readonly doc: Ruleset;
  readonly hash: Hash;
}

interface Options {
  /** The hash it was published under; another one is refused. */
  hash?: string;
  catalogues?: FactCatalogues;
}

export function loadRuleset(document: unknown, { hash, catalogues }: Options = {}): LoadedRuleset {
  const faults = lintRuleset(document, catalogues);
  if (faults.length > 0) throw new Problem('rule_document_faulty', faults);
  const doc = freeze(structuredClone(document)) as Ruleset; // the lint has checked the shape
  const found = hashOf(doc);
  if (hash !== undefined && hash !== found)
    throw new Problem('rule_hash_mismatch', [{ pointer: '', code: 'hash_differs', detail: { found } }]);
  return Object.freeze({ doc, hash: found });
}

function freeze(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
}
