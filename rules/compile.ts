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
  const holds = leafTest({ fact, operator, value }, doc);
  return {
    holds,
    truth: (values) => (values[fact] === null ? 1 : holds(values) ? 2 : 0),
    trace: (values) => {
      const got = values[fact]!;
      const truth: Truth = got === null ? 'unknown' : holds(values) ? 'true' : 'false';
      return { kind: 'leaf', name, truth, fact: id, operator, value, got };
    },
    parts: [],
    fact,
  };
}

interface Asked {
  fact: number;
  operator: Leaf['operator'];
  value: Leaf['value'];
}

/** Behind the gate types agree, so each comparison is the plain one; a closure an operator, for speed. */
function leafTest({ fact, operator, value }: Asked, doc: Ruleset): (values: Values) => boolean {
  const bound = value as number;
  switch (operator) {
    case 'equal':
      return (values) => values[fact] === value;
    case 'notEqual':
      return (values) => values[fact] !== value;
    case 'lessThan':
      return (values) => (values[fact] as number) < bound;
    case 'lessThanInclusive':
      return (values) => (values[fact] as number) <= bound;
    case 'greaterThan':
      return (values) => (values[fact] as number) > bound;
    case 'greaterThanInclusive':
      return (values) => (values[fact] as number) >= bound;
    case 'contains':
      return (values) => (values[fact] as string[]).includes(value as string);
    case 'doesNotContain':
      return (values) => !(values[fact] as string[]).includes(value as string);
    default: {
      const list = operator === 'inList' || operator === 'notInList' ? doc.lists![value as string]! : value;
      return membership(fact, list as unknown[], operator === 'in' || operator === 'inList');
    }
  }
}

const FEW = 8;

/** A short list is quicker walked than hashed. */
function membership(fact: number, list: readonly unknown[], wanted: boolean): (values: Values) => boolean {
  if (list.length <= FEW) return (values) => list.includes(values[fact]) === wanted;
  const members = new Set(list);
  return (values) => members.has(values[fact]) === wanted;
}

function compileNot(part: Compiled, label: Label): Compiled {
  const put = nodeMaker('not', label);
  return {
    holds: (values) => !part.holds(values),
    truth: (values) => (2 - part.truth(values)) as Kleene,
    trace: (values) => {
      const node = part.trace(values);
      return put(node.truth === 'unknown' ? 'unknown' : node.truth === 'true' ? 'false' : 'true', [node]);
    },
    parts: [part],
    fact: -1,
  };
}

function compileAll(parts: readonly Compiled[], label: Label): Compiled {
  const truths = parts.map((part) => part.truth);
  return {
    holds: everyOne(parts.map((part) => part.holds)),
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
  const truths = parts.map((part) => part.truth);
  return {
    holds: anyOne(parts.map((part) => part.holds)),
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

type Holds = Compiled['holds'];
type OneTrace = Compiled['trace'];

/** Two and three parts without a loop: most branches are so. */
function everyOne(parts: readonly Holds[]): Holds {
  const [a, b, c] = parts as [Holds, Holds, Holds];
  if (parts.length === 1) return a;
  if (parts.length === 2) return (values) => a(values) && b(values);
  if (parts.length === 3) return (values) => a(values) && b(values) && c(values);
  return (values) => {
    for (let i = 0; i < parts.length; i += 1) if (!parts[i]!(values)) return false;
    return true;
  };
}

function anyOne(parts: readonly Holds[]): Holds {
  const [a, b, c] = parts as [Holds, Holds, Holds];
  if (parts.length === 1) return a;
  if (parts.length === 2) return (values) => a(values) || b(values);
  if (parts.length === 3) return (values) => a(values) || b(values) || c(values);
  return (values) => {
    for (let i = 0; i < parts.length; i += 1) if (parts[i]!(values)) return true;
    return false;
  };
}

/** One part settles it, or one unknown part leaves it open; all parts are shown either way. */
function traceBranch(kind: 'all' | 'any', parts: readonly Compiled[], label: Label): Compiled['trace'] {
  const settling: Truth = kind === 'all' ? 'false' : 'true';
  const otherwise: Truth = kind === 'all' ? 'true' : 'false';
  const put = nodeMaker(kind, label);
  const read = nodesOf(parts.map((part) => part.trace));
  return (values) => {
    const nodes = read(values);
    let truth: Truth = otherwise;
    for (let i = 0; i < nodes.length && truth !== settling; i += 1) {
      const part = nodes[i]!.truth;
      if (part !== otherwise) truth = part;
    }
    return put(truth, nodes);
  };
}

/** Written out for up to four: an array that grows is first made for seventeen. */
function nodesOf(traces: readonly OneTrace[]): (values: Values) => TraceNode[] {
  const [a, b, c, d] = traces as [OneTrace, OneTrace, OneTrace, OneTrace];
  if (traces.length === 1) return (values) => [a(values)];
  if (traces.length === 2) return (values) => [a(values), b(values)];
  if (traces.length === 3) return (values) => [a(values), b(values), c(values)];
  if (traces.length === 4) return (values) => [a(values), b(values), c(values), d(values)];
  return (values) => {
    const nodes = new Array<TraceNode>(traces.length);
    for (let i = 0; i < traces.length; i += 1) nodes[i] = traces[i]!(values);
    return nodes;
  };
}

/** Written out by shape: spreading a label into each node costs more than all the rest of a trace. */
function nodeMaker(
  kind: 'all' | 'any' | 'not',
  { name, condition }: Label,
): (truth: Truth, nodes: TraceNode[]) => TraceNode {
  if (name === undefined) return (truth, nodes) => ({ kind, truth, nodes });
  if (condition === undefined) return (truth, nodes) => ({ kind, truth, nodes, name });
  return (truth, nodes) => ({ kind, truth, nodes, name, condition });
}

/** The verdict alone; a case with nothing missing takes the two-valued path. */
export function evaluate(program: Program, facts: Facts): Verdict {
  return concludeValues(program, admit(program.gate, facts));
}

/** From facts that the gate has admitted. */
export function concludeValues(program: Program, values: Values): Verdict {
  const read: (tree: Compiled) => Truth = values.includes(null)
    ? (tree) => TRUTHS[tree.truth(values)]!
    : (tree) => (tree.holds(values) ? 'true' : 'false');
  return concludeTruths(program, values, {
    scope: program.scope && read(program.scope),
    impossible: program.impossible.map(read),
    rules: program.rules.map(read),
  });
}

type Truths = Pick<Findings, 'scope' | 'impossible' | 'rules'>;

function concludeTruths(program: Program, values: Values, { scope, impossible, rules }: Truths): Verdict {
  const { ids } = program.gate;
  // no spreading here: it costs more than the decision
  const findings: Findings = {
    scope,
    impossible,
    rules,
    isMissing: (fact) => values[ids.indexOf(fact)] === null,
    openFacts: (tree) =>
      openFacts(tree === 'scope' ? program.scope! : program.rules[tree]!, values).map((fact) => ids[fact]!),
  };
  return conclude(program.plan, findings);
}

/** The rules that hold, before exceptions and combining, from facts that the gate has admitted. */
export function firedRules({ rules, plan }: Program, values: Values): string[] {
  const complete = !values.includes(null);
  const fired: string[] = [];
  for (let i = 0; i < rules.length; i += 1)
    if (complete ? rules[i]!.holds(values) : rules[i]!.truth(values) === 2) fired.push(plan.names[i]!);
  return fired;
}

/** Missing facts in unknown leaves that are reached through unknown nodes only. */
export function openFacts(tree: Compiled, values: Values): number[] {
  if (tree.truth(values) !== 1) return [];
  return tree.parts.length === 0 ? [tree.fact] : tree.parts.flatMap((part) => openFacts(part, values));
}

/** The verdict with every node of every tree. */
export function evaluateWithTrace(program: Program, facts: Facts): Verdict & { trace: Trace } {
  const values = admit(program.gate, facts);
  const trace = traceValues(program, values);
  const verdict = concludeTruths(program, values, {
    scope: trace.scope?.truth,
    impossible: trace.impossible.map((tree) => tree.truth),
    rules: trace.rules.map(({ tree }) => tree.truth),
  });
  return Object.assign(verdict, { trace });
}

/** Every node of every tree, from facts that the gate has admitted. */
export function traceValues(program: Program, values: Values): Trace {
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
