import type { Rule, Ruleset, Table } from '../schemas/ruleset.ts';
import { Table as TableSchema } from '../schemas/ruleset.ts';
import { Faults } from './faults.ts';
import { readTable } from './table.ts';

/**
 * The document with the rules its table stands for. A draft is typed as a table; its rules follow. Whatever cannot be
 * read stays as it was, for the lint to name.
 */
export function withTableRules(document: unknown): unknown {
  if (!hasTable(document)) return document;
  const rules = rulesOf(document);
  return rules === null ? document : { ...document, rules };
}

type Draft = Pick<Ruleset, 'facts' | 'decision'> & { table: Table };

function hasTable(document: unknown): document is Draft {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) return false;
  const { table, facts, decision } = document as Record<string, unknown>;
  return isObject(facts) && isObject(decision) && isObject(decision.outcomes) && TableSchema.safeParse(table).success;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function rulesOf({ table, facts, decision }: Draft): Rule[] | null {
  const faults = new Faults();
  try {
    const rules = readTable(table, { facts, decision }, faults);
    return faults.list.length === 0 ? rules : null;
  } catch (error) {
    // facts and outcomes of a draft may have any shape; the lint says what is wrong with them
    if (error instanceof TypeError) return null;
    throw error;
  }
}
