import type { FactValue, Leaf, Node, Ruleset } from '../schemas/ruleset.ts';
import { conclude, planOf } from './conclude.ts';
import type { Findings, Plan } from './conclude.ts';
import { admit, gateOf } from './gate.ts';
import type { Gate } from './gate.ts';
import { rawOperators } from './operators.ts';
import type { Facts, Trace, TraceNode, Truth, Verdict } from './verdict.ts';

/** Goes into every decision record; changes whenever a result could. */
export const COMPILED_VERSION = '1.0.0';

export type Values = readonly FactValue[];
/** False, unknown, true: `all` is the minimum, `any` the maximum. */
type Kleene = 0 | 1 | 2;
const TRUTHS: readonly Truth[] = ['false', 'unknown', 'true'];

/** A node as closures: two-valued where nothing is missing, three-valued otherwise. */
export interface Compiled {
  holds: (values: Values) => boolean;
  truth: (values: Values) => Kleene;
  /** Every node below, in full. */
  trace: (values: Values) => TraceNode;
  parts: readonly Compiled[];
  /** Of a leaf: its place among the values. */
  fact: number;
}

/** What a traced node is called; a reference's own name and the condition it names. */
type Label = Pick<TraceNode, 'name' | 'condition'>;

export interface Program {
  readonly plan: Plan;
  readonly gate: Gate;
  readonly scope: Compiled | undefined;
  readonly impossible: readonly Compiled[];
  readonly rules: readonly Compiled[];
}

/** Closures over a document that passed the lint. */
export function compile(doc: Ruleset): Program {
  const gate = gateOf(doc);
  const build = compilerOf(doc, gate);
  return {
    plan: planOf(doc),
    gate,
    scope: doc.decision.scope && build(doc.decision.scope),
    impossible: (doc.decision.impossible ?? []).map(({ when }) => build(when)),
    rules: doc.rules.map((rule) => build(rule.conditions)),
  };
}

/** Compiles single trees over the facts of a document's gate. */
export function compilerOf(doc: Ruleset, gate: Gate): (node: Node) => Compiled {
  const index = new Map(gate.ids.map((id, i) => [id, i]));
  const build = (node: Node, label?: Label): Compiled => {
    if ('condition' in node)
      return build(doc.conditions![node.condition]!, { name: node.name, condition: node.condition });
    if ('fact' in node) return compileLeaf(node, index.get(node.fact)!, doc);
    const called = label ?? (node.name === undefined ? {} : { name: node.name });
    if ('not' in node) return compileNot(build(node.not), called);
    if ('all' in node)
      return compileAll(
        node.all.map((part) => build(part)),
        called,
      );
    return compileAny(
      node.any.map((part) => build(part)),
      called,
    );
  };
  return (node) => build(node);
}

function compileLeaf({ name, fact: id, operator, value }: Leaf, fact: number, doc: Ruleset): Compiled {
  const test = lawfulTest({ fact: id, operator, value }, doc);
  const truth = (values: Values): Kleene => (values[fact] === null ? 1 : test(values[fact]!) ? 2 : 0);
  return {
    holds: (values) => test(values[fact]!),
    truth,
    trace: (values) => ({
      kind: 'leaf',
      name,
      truth: TRUTHS[truth(values)]!,
      fact: id,
      operator,
      value,
      got: values[fact]!,
    }),
    parts: [],
    fact,
  };
}

/** Behind the gate types agree, so each comparison is the plain one. The exact analysis decides its cells with it too. */
export function lawfulTest({ operator, value }: Omit<Leaf, 'name'>, doc: Ruleset): (got: FactValue) => boolean {
  const bound = value as number;
  switch (operator) {
    case 'equal':
      return (got) => got === value;
    case 'notEqual':
      return (got) => got !== value;
    case 'lessThan':
      return (got) => (got as number) < bound;
    case 'lessThanInclusive':
      return (got) => (got as number) <= bound;
    case 'greaterThan':
      return (got) => (got as number) > bound;
    case 'greaterThanInclusive':
      return (got) => (got as number) >= bound;
    case 'contains':
      return (got) => (got as string[]).includes(value as string);
    case 'doesNotContain':
      return (got) => !(got as string[]).includes(value as string);
    default: {
      const members = new Set<unknown>(
        operator === 'inList' || operator === 'notInList' ? doc.lists![value as string] : (value as unknown[]),
      );
      const wanted = operator === 'in' || operator === 'inList';
      return (got) => members.has(got) === wanted;
    }
  }
}

function compileNot(part: Compiled, label: Label): Compiled {
  return {
    holds: (values) => !part.holds(values),
    truth: (values) => (2 - part.truth(values)) as Kleene,
    trace: (values) => {
      const node = part.trace(values);
      const truth = node.truth === 'unknown' ? 'unknown' : node.truth === 'true' ? 'false' : 'true';
      return { kind: 'not', truth, nodes: [node], ...label };
    },
    parts: [part],
    fact: -1,
  };
}

function compileAll(parts: readonly Compiled[], label: Label): Compiled {
  const holds = parts.map((part) => part.holds);
  const truths = parts.map((part) => part.truth);
  return {
    holds: (values) => {
      for (let i = 0; i < holds.length; i += 1) if (!holds[i]!(values)) return false;
      return true;
    },
    truth: (values) => {
      let least: Kleene = 2;
      for (let i = 0; i < truths.length && least > 0; i += 1) {
        const truth = truths[i]!(values);
        if (truth < least) least = truth;
      }
      return least;
    },
    trace: traceBranch('all', parts, label),
    parts,
    fact: -1,
  };
}

function compileAny(parts: readonly Compiled[], label: Label): Compiled {
  const holds = parts.map((part) => part.holds);
  const truths = parts.map((part) => part.truth);
  return {
    holds: (values) => {
      for (let i = 0; i < holds.length; i += 1) if (holds[i]!(values)) return true;
      return false;
    },
    truth: (values) => {
      let most: Kleene = 0;
      for (let i = 0; i < truths.length && most < 2; i += 1) {
        const truth = truths[i]!(values);
        if (truth > most) most = truth;
      }
      return most;
    },
    trace: traceBranch('any', parts, label),
    parts,
    fact: -1,
  };
}

/** One part settles it, or one unknown part leaves it open; all parts are shown either way. */
function traceBranch(kind: 'all' | 'any', parts: readonly Compiled[], label: Label): Compiled['trace'] {
  const settling: Truth = kind === 'all' ? 'false' : 'true';
  const otherwise: Truth = kind === 'all' ? 'true' : 'false';
  return (values) => {
    const nodes = new Array<TraceNode>(parts.length);
    let truth: Truth = otherwise;
    for (let i = 0; i < parts.length; i += 1) {
      const node = parts[i]!.trace(values);
      nodes[i] = node;
      if (node.truth === settling) truth = settling;
      else if (node.truth === 'unknown' && truth === otherwise) truth = 'unknown';
    }
    return { kind, truth, nodes, ...label };
  };
}

/** The verdict alone; a case with nothing missing takes the two-valued path. */
export function evaluate(program: Program, facts: Facts): Verdict {
  return concludeValues(program, admit(program.gate, facts));
}

/** From facts that the gate has admitted. */
export function concludeValues(program: Program, values: Values): Verdict {
  const complete = !values.includes(null);
  const read = (tree: Compiled): Truth =>
    complete ? (tree.holds(values) ? 'true' : 'false') : TRUTHS[tree.truth(values)]!;
  const { ids } = program.gate;
  const findings: Findings = {
    scope: program.scope && read(program.scope),
    impossible: program.impossible.map(read),
    rules: program.rules.map(read),
    isMissing: (fact) => values[ids.indexOf(fact)] === null,
    openFacts: (tree) =>
      openFacts(tree === 'scope' ? program.scope! : program.rules[tree]!, values).map((fact) => ids[fact]!),
  };
  return conclude(program.plan, findings);
}

/** Missing facts in unknown leaves that are reached through unknown nodes only. */
export function openFacts(tree: Compiled, values: Values): number[] {
  if (tree.truth(values) !== 1) return [];
  return tree.parts.length === 0 ? [tree.fact] : tree.parts.flatMap((part) => openFacts(part, values));
}

/** The verdict with every node of every tree. */
export function evaluateWithTrace(program: Program, facts: Facts): Verdict & { trace: Trace } {
  const values = admit(program.gate, facts);
  return { ...concludeValues(program, values), trace: traceValues(program, values) };
}

function traceValues(program: Program, values: Values): Trace {
  const trace: Trace = {
    impossible: program.impossible.map((tree) => tree.trace(values)),
    rules: program.rules.map((tree, i) => ({ name: program.plan.names[i]!, tree: tree.trace(values) })),
  };
  if (program.scope !== undefined) trace.scope = program.scope.trace(values);
  return trace;
}

/**
 * The rules that hold under json-rules-engine's own two values, on any facts at all: what the differential tests
 * hold against the engine. No gate and no third value; a fact that is not there is an error, as in the engine.
 */
export function firedTwoValued(doc: Ruleset, facts: Facts): string[] {
  const holds = (node: Node): boolean => {
    if ('condition' in node) return holds(doc.conditions![node.condition]!);
    if ('fact' in node) return rawLeaf(node, facts, doc);
    if ('not' in node) return !holds(node.not);
    // every part is read, as the engine does: an absent fact must be noticed
    const parts = ('all' in node ? node.all : node.any).map(holds);
    // nothing to ask counts as true there, for `any` too; the lint lets no such list in
    return 'all' in node || parts.length === 0 ? parts.every(Boolean) : parts.some(Boolean);
  };
  return doc.rules
    .map((rule) => [rule.name, holds(rule.conditions)] as const)
    .flatMap(([name, held]) => (held ? [name] : []));
}

function rawLeaf({ fact, operator, value }: Leaf, facts: Facts, doc: Ruleset): boolean {
  if (!Object.hasOwn(facts, fact)) throw new Error(`Undefined fact: ${fact}`);
  const got = facts[fact];
  if (operator === 'inList') return doc.lists![value as string]!.includes(got as string);
  if (operator === 'notInList') return !doc.lists![value as string]!.includes(got as string);
  return rawOperators[operator](got, value);
}
