import type { Node, Ruleset, TestCase } from '../schemas/ruleset.ts';
import { compile, compilerOf, concludeValues, openFacts } from './compile.ts';
import type { Compiled, Program, Values } from './compile.ts';
import { admit } from './gate.ts';
import { mutantsOf } from './mutants.ts';
import type { Mutant, TreePlace } from './mutants.ts';
import { unmet } from './run-tests.ts';

export type Survivor = Pick<Mutant, 'name' | 'pointer' | 'was' | 'now'>;

export interface MutationReport {
  total: number;
  /** Mutants that at least one test notices. */
  broken: number;
  survivors: Survivor[];
}

interface Case {
  values: Values;
  expect: TestCase['expect'];
}

/** How many small slips the given tests would notice. Only trees that a slip reaches are read again. */
export function mutationReport(doc: Ruleset, tests: readonly TestCase[]): MutationReport {
  const program = compile(doc);
  const cases = tests.map(({ facts, expect }) => ({
    values: admit(program.gate, { ...doc.tests.base, ...facts }),
    expect,
  }));
  const bench: Bench = { doc, program, cases, referring: treesByCondition(doc) };
  const mutants = mutantsOf(doc);
  const survivors = mutants.filter((mutant) => !isNoticed(mutant, bench));
  return {
    total: mutants.length,
    broken: mutants.length - survivors.length,
    survivors: survivors.map(({ name, pointer, was, now }) => ({ name, pointer, was, now })),
  };
}

interface Bench {
  doc: Ruleset;
  program: Program;
  cases: readonly Case[];
  referring: ReadonlyMap<string, TreePlace[]>;
}

function isNoticed(mutant: Mutant, { doc, program, cases, referring }: Bench): boolean {
  const { tree, node } = mutant;
  const places = tree.kind === 'condition' ? (referring.get(tree.id) ?? []) : [tree];
  const slipped = tree.kind === 'condition' ? { ...doc, conditions: { ...doc.conditions, [tree.id]: node } } : doc;
  const build = compilerOf(slipped as Ruleset, program.gate); // a mutant keeps the shape of its tree
  const variant: { -readonly [K in keyof Program]: Program[K] } = { ...program };
  const changes: [before: Compiled, after: Compiled][] = [];
  for (const place of places) {
    const after = build(tree.kind === 'condition' ? rootAt(doc, place) : node);
    changes.push([replaceTree(variant, place, after), after]);
  }
  return cases.some(
    ({ values, expect }) =>
      changes.some(([before, after]) => readsDifferently(before, after, values)) &&
      unmet(expect, concludeValues(variant, values)).length > 0,
  );
}

function readsDifferently(before: Compiled, after: Compiled, values: Values): boolean {
  const truth = before.truth(values);
  if (after.truth(values) !== truth) return true;
  return truth === 1 && openFacts(before, values).join() !== openFacts(after, values).join();
}

/** Puts a tree in its place and gives the one that stood there. */
function replaceTree(
  variant: { -readonly [K in keyof Program]: Program[K] },
  place: TreePlace,
  after: Compiled,
): Compiled {
  if (place.kind === 'rule') {
    const before = variant.rules[place.index]!;
    variant.rules = variant.rules.with(place.index, after);
    return before;
  }
  if (place.kind === 'impossible') {
    const before = variant.impossible[place.index]!;
    variant.impossible = variant.impossible.with(place.index, after);
    return before;
  }
  const before = variant.scope!;
  variant.scope = after;
  return before;
}

function rootAt({ rules, decision }: Ruleset, place: TreePlace): Node {
  if (place.kind === 'rule') return rules[place.index]!.conditions;
  return place.kind === 'impossible' ? decision.impossible![place.index]!.when : decision.scope!;
}

/** Which decided trees each named condition stands in, references of references included. */
function treesByCondition(doc: Ruleset): Map<string, TreePlace[]> {
  const found = new Map<string, TreePlace[]>();
  const places: TreePlace[] = [
    ...doc.rules.map((_, index): TreePlace => ({ kind: 'rule', index })),
    ...(doc.decision.impossible ?? []).map((_, index): TreePlace => ({ kind: 'impossible', index })),
    ...(doc.decision.scope === undefined ? [] : [{ kind: 'scope' } as const]),
  ];
  for (const place of places)
    for (const id of conditionsIn(doc, rootAt(doc, place), new Set())) found.set(id, [...(found.get(id) ?? []), place]);
  return found;
}

function conditionsIn(doc: Ruleset, node: Node, met: Set<string>): Set<string> {
  if ('condition' in node) {
    if (met.has(node.condition)) return met;
    met.add(node.condition);
    return conditionsIn(doc, doc.conditions![node.condition]!, met);
  }
  if ('not' in node) return conditionsIn(doc, node.not, met);
  if (!('fact' in node)) for (const part of 'all' in node ? node.all : node.any) conditionsIn(doc, part, met);
  return met;
}
