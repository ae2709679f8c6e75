import { factCatalogue } from '../schemas/facts.ts';
import type { FactDefinition, Subject } from '../schemas/facts.ts';
import type { Fault } from '../schemas/problem.ts';
import { limits } from '../schemas/ruleset.ts';
import type { Node, Ruleset } from '../schemas/ruleset.ts';
import { Faults, step } from './faults.ts';
import { withinBounds } from './guard.ts';
import { lintEvents } from './lint-events.ts';
import { lintFacts } from './lint-facts.ts';
import { lintLeaves } from './lint-leaves.ts';
import { lintExplain, lintNotes } from './lint-notes.ts';
import { lintOutline } from './lint-outline.ts';
import { lintReferences } from './lint-references.ts';
import { isObject, readTree } from './lint-shape.ts';
import type { Met } from './lint-shape.ts';
import { lintTable } from './lint-table.ts';
import { lintTests } from './lint-tests.ts';

export type FactCatalogues = Readonly<Partial<Record<Subject, Readonly<Record<string, FactDefinition>>>>>;

type Given = Record<string, unknown>;

/**
 * Every fault of a rule document at once: the closed dialect and limits of rules.md §1–2.
 * A document without faults can neither hang nor mislead an evaluator.
 */
export function lintRuleset(document: unknown, catalogues: FactCatalogues = factCatalogue): Fault[] {
  const faults = new Faults();
  if (!withinBounds(document, faults)) return faults.list;
  if (!isObject(document)) {
    faults.add('', 'type_wrong', { expected: 'object' });
    return faults.list;
  }
  const unsound = lintOutline(document, faults);
  const catalogue = catalogueFor(document, catalogues);
  const facts = lintFacts(document.facts, catalogue, faults);
  const factIds = new Set(isObject(document.facts) ? Object.keys(document.facts) : []);
  const met = lintTrees(document, faults);
  const sound = (...parts: readonly string[]): boolean => parts.every((part) => !unsound.has(part));
  const doc = document as unknown as Ruleset; // only parts found sound are read
  lintLeaves(met, { facts, factIds, lists: sound('lists') ? (doc.lists ?? {}) : {} });
  if (sound('decision', 'rules')) lintEvents(doc.decision, doc.rules, faults);
  if (sound('decision', 'rules', 'facts', 'notes', 'table')) lintTable(doc, faults);
  const ruleNames = lintRuleNames(document.rules, faults);
  if (sound('notes'))
    lintNotes(doc.notes, ruleNames, {
      sources: isObject(document.sources) ? (document.sources as Ruleset['sources']) : {},
      faults,
    });
  if (sound('explain') && doc.explain !== undefined) lintExplain(doc.explain, new Set(met.names.keys()), faults);
  if (sound('tests')) lintTests(doc.tests, { facts, factIds, ruleNames, faults });
  if (sound('validity')) lintValidity(doc.validity, catalogue, faults);
  if (sound('supersedes', 'revision') && doc.supersedes !== undefined && doc.supersedes.revision >= doc.revision)
    faults.add('/supersedes/revision', 'supersedes_not_older');
  if (sound('change'))
    for (const [old, node] of Object.entries(doc.change.renames ?? {}))
      if (!met.names.has(node)) faults.add(`/change/renames${step(old)}`, 'rename_unknown', { node });
  return faults.list;
}

function catalogueFor(
  document: Given,
  catalogues: FactCatalogues,
): Readonly<Record<string, FactDefinition>> | undefined {
  const subject = isObject(document.decision) ? document.decision.subject : undefined;
  return typeof subject === 'string' && Object.hasOwn(catalogues, subject) ? catalogues[subject as Subject] : undefined;
}

function lintTrees(document: Given, faults: Faults): Met {
  const met: Met = { faults, names: new Map(), leaves: [], references: [] };
  const roots = new Map<string, Node>();
  const root = (value: unknown, pointer: string): void => {
    const tree = readTree(value, pointer, { ...met, root: 'rule' });
    if (tree !== undefined) roots.set(pointer, tree);
  };
  const decision = isObject(document.decision) ? document.decision : {};
  if (decision.scope !== undefined) root(decision.scope, '/decision/scope');
  for (const [i, item] of listOf(decision.impossible, limits.rules).entries())
    if (isObject(item)) root(item.when, `/decision/impossible${step(i)}/when`);
  for (const [i, item] of listOf(document.rules, limits.rules).entries())
    if (isObject(item)) root(item.conditions, `/rules${step(i)}/conditions`);
  lintReferences(met, readConditions(document.conditions, met), roots);
  return met;
}

function readConditions(given: unknown, met: Met): Map<string, Node | undefined> {
  const conditions = new Map<string, Node | undefined>();
  if (!isObject(given)) return conditions;
  const entries = Object.entries(given);
  if (entries.length > limits.rules) met.faults.add('/conditions', 'too_many', { maximum: limits.rules });
  for (const [name, value] of entries.slice(0, limits.rules))
    conditions.set(name, readTree(value, `/conditions${step(name)}`, { ...met, root: 'condition' }));
  return conditions;
}

function listOf(value: unknown, most: number): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, most) : [];
}

function lintRuleNames(rules: unknown, faults: Faults): Set<string> {
  const names = new Map<string, string>();
  for (const [i, rule] of listOf(rules, limits.rules).entries()) {
    const name = isObject(rule) ? rule.name : undefined;
    if (typeof name !== 'string') continue;
    const pointer = `/rules${step(i)}/name`;
    const first = names.get(name);
    if (first === undefined) names.set(name, pointer);
    else faults.add(pointer, 'name_doubled', { name, first });
  }
  return new Set(names.keys());
}

function lintValidity(
  validity: Ruleset['validity'],
  catalogue: Readonly<Record<string, FactDefinition>> | undefined,
  faults: Faults,
): void {
  if (validity.to !== null && validity.to <= validity.from) faults.add('/validity/to', 'validity_empty');
  const fact =
    catalogue !== undefined && Object.hasOwn(catalogue, validity.dateFact) ? catalogue[validity.dateFact] : undefined;
  if (catalogue !== undefined && fact?.type !== 'date') faults.add('/validity/dateFact', 'date_fact_unknown');
}
