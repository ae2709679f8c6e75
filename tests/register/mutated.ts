import { loadedByHash } from '../../register/rules/loaded.ts';
import { canonicalJson, hashOf } from '../../rules/canonical.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { mutantsOf } from '../../rules/mutants.ts';
import type { Mutant } from '../../rules/mutants.ts';
import type { Node, Ruleset } from '../../schemas/ruleset.ts';
import { libraryDocuments } from '../rules/library.ts';
import { pick } from './varied-college.ts';

/** What an editor's hand may do to a document: a slip in a condition, another outcome, a rule gone, another first day. */
type Change = (doc: Ruleset, random: () => number) => Ruleset | null;

const changes: readonly Change[] = [
  slipped,
  slipped,
  slipped,
  slipped,
  slipped,
  slipped,
  otherParam,
  withoutRule,
  otherFrom,
];

/** Library documents, each with one random change and without table; only what the lint lets in. */
export function* mutatedDocuments(random: () => number): Generator<LoadedRuleset> {
  const library = libraryDocuments().map(([, { table: _, ...doc }]) => doc as Ruleset);
  for (;;) {
    const doc = pick(random, library);
    const changed = pick(random, changes)(structuredClone(doc), random);
    const loaded = changed && loadedOrNull({ ...changed, revision: doc.revision + 1 });
    if (loaded) yield loaded;
  }
}

function loadedOrNull(doc: Ruleset): LoadedRuleset | null {
  try {
    return loadedByHash(hashOf(doc), canonicalJson(doc)); // as the rule book will find it, so that it is built once
  } catch {
    return null; // the change went outside the dialect
  }
}

const slips = new Map<string, Mutant[]>();

function slipped(doc: Ruleset, random: () => number): Ruleset | null {
  const known = slips.get(doc.id) ?? mutantsOf(doc);
  slips.set(doc.id, known);
  return known.length === 0 ? null : withMutant(doc, pick(random, known));
}

function withMutant(doc: Ruleset, { tree, node }: Mutant): Ruleset {
  if (tree.kind === 'scope') return { ...doc, decision: { ...doc.decision, scope: node } } as Ruleset;
  if (tree.kind === 'condition') return { ...doc, conditions: { ...doc.conditions, [tree.id]: node } } as Ruleset;
  if (tree.kind === 'rule')
    return { ...doc, rules: doc.rules.with(tree.index, { ...doc.rules[tree.index]!, conditions: node as never }) };
  const impossible = doc.decision.impossible!.with(tree.index, {
    ...doc.decision.impossible![tree.index]!,
    when: node as Node as never,
  });
  return { ...doc, decision: { ...doc.decision, impossible } };
}

function otherParam(doc: Ruleset, random: () => number): Ruleset | null {
  const { event } = pick(random, doc.rules);
  const numbers = Object.entries(event.params ?? {}).filter(([, value]) => typeof value === 'number');
  if (numbers.length === 0) return null;
  const [param, value] = pick(random, numbers);
  event.params![param] = (value as number) + pick(random, [-1, 1]);
  return doc;
}

function withoutRule(doc: Ruleset, random: () => number): Ruleset | null {
  if (doc.rules.length < 2) return null;
  const { name } = pick(random, doc.rules);
  doc.rules = doc.rules.filter((rule) => rule.name !== name);
  doc.notes = Object.fromEntries(Object.entries(doc.notes).filter(([rule]) => rule !== name));
  doc.tests.cases = doc.tests.cases.map(({ expect: { fired: _, ...expect }, ...one }) => ({ ...one, expect }));
  return doc;
}

/** In force for those from another day on: of the college's cohort nobody, or everybody as before. */
function otherFrom(doc: Ruleset, random: () => number): Ruleset {
  return {
    ...doc,
    validity: { ...doc.validity, from: pick(random, ['2016-09-01', '2023-09-01', '2025-10-01', '2025-10-21']) },
  };
}
