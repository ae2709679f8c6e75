import { Engine, Rule } from 'json-rules-engine';
import type { RuleProperties, RuleResult } from 'json-rules-engine';
import { Problem } from '../schemas/problem.ts';
import type { FactValue, Leaf, Node, Ruleset } from '../schemas/ruleset.ts';
import { conclude, planOf } from './conclude.ts';
import type { Plan } from './conclude.ts';
import { admit, gateOf } from './gate.ts';
import type { Gate } from './gate.ts';
import type { Facts, Trace, TraceNode, Traced, Truth, Verdict } from './verdict.ts';

export const REFERENCE_VERSION = 'json-rules-engine@7.3.1';

/** One document as json-rules-engine rules: as written, and its two bounds for cases with missing facts (rules.md §3). */
export interface Reference {
  readonly plan: Plan;
  readonly gate: Gate;
  readonly trees: readonly Tree[];
  readonly plain: readonly Rule[];
  readonly lower: readonly Rule[];
  readonly upper: readonly Rule[];
}

interface Tree {
  id: string;
  root: Node;
}

/** Rule objects are made once a document and shared by its runs, never between documents. */
export function adapt(doc: Ruleset): Reference {
  const trees: Tree[] = doc.rules.map((rule, i) => ({ id: `rule:${i}`, root: rule.conditions }));
  for (const [i, { when }] of (doc.decision.impossible ?? []).entries())
    trees.push({ id: `impossible:${i}`, root: when });
  if (doc.decision.scope !== undefined) trees.push({ id: 'scope', root: doc.decision.scope });
  const made = (change: (node: Node) => Node): Rule[] => trees.map(({ id, root }) => ruleOf(id, change(root)));
  return {
    plan: planOf(doc),
    gate: gateOf(doc),
    trees,
    plain: made((node) => node),
    lower: made((node) => bounded(node, { doc, bound: 'certainly' })),
    upper: made((node) => bounded(node, { doc, bound: 'possibly' })),
  };
}

function ruleOf(id: string, conditions: Node): Rule {
  // cloned: the engine's constructors write into what they are given
  return new Rule({ name: id, conditions: structuredClone(conditions), event: { type: 'met' } } as RuleProperties);
}

interface Bound {
  doc: Ruleset;
  bound: 'certainly' | 'possibly';
}

/** References expanded; every leaf asks for certainty or possibility, the other one under each `not`. */
function bounded(node: Node, { doc, bound }: Bound): Node {
  if ('condition' in node) return bounded(doc.conditions![node.condition]!, { doc, bound });
  if ('fact' in node) return { ...node, operator: `${bound}.${node.operator}` as Leaf['operator'] };
  if ('not' in node)
    return { not: bounded(node.not, { doc, bound: bound === 'certainly' ? 'possibly' : 'certainly' }) };
  return 'all' in node
    ? { all: node.all.map((part) => bounded(part, { doc, bound })) }
    : { any: node.any.map((part) => bounded(part, { doc, bound })) };
}

/** The verdict by json-rules-engine, with its own trees. */
export async function evaluateByReference(reference: Reference, facts: Facts): Promise<Traced> {
  const values = admit(reference.gate, facts);
  const known = knownFacts(reference.gate, values);
  const found = values.includes(null) ? await runBounds(reference, known) : await runPlain(reference, known);
  const trace = traceOf(reference, found);
  const verdict = conclude(reference.plan, {
    scope: trace.scope?.truth,
    impossible: trace.impossible.map((tree) => tree.truth),
    rules: trace.rules.map(({ tree }) => tree.truth),
    isMissing: (fact) => known[fact] === null,
    openFacts: (tree) => openFacts(tree === 'scope' ? trace.scope! : trace.rules[tree]!.tree),
  });
  return { ...verdict, trace };
}

/** The verdict alone. With nothing missing no tree is put down: what the engine says of each rule settles it. */
export async function verdictByReference(reference: Reference, facts: Facts): Promise<Verdict> {
  const { plan, gate, plain, trees } = reference;
  const values = admit(gate, facts);
  if (values.includes(null)) {
    const { trace: _, ...verdict } = await evaluateByReference(reference, facts);
    return verdict;
  }
  const results = await run(plain, plan.doc, knownFacts(gate, values));
  const truths = (kind: string): Truth[] =>
    trees
      .filter(({ id }) => id.startsWith(kind))
      .map(({ id }) => (results.get(id)!.result === true ? 'true' : 'false'));
  return conclude(plan, {
    scope: truths('scope')[0],
    impossible: truths('impossible:'),
    rules: truths('rule:'),
    isMissing: () => false,
    openFacts: () => [],
  });
}

type Known = Record<string, FactValue>;

function knownFacts({ ids }: Gate, values: readonly FactValue[]): Known {
  const known = Object.create(null) as Known;
  for (const [i, id] of ids.entries()) known[id] = values[i]!;
  return known;
}

type Found = (tree: Tree) => TraceNode;

async function runPlain(reference: Reference, known: Known): Promise<Found> {
  const results = await run(reference.plain, reference.plan.doc, known);
  return ({ id, root }) => {
    const result = results.get(id)!;
    return traceNode(root, { low: result, high: result, odd: false }, { doc: reference.plan.doc, known });
  };
}

/** Lower true: true. Upper false: false. Otherwise unknown. */
async function runBounds(reference: Reference, known: Known): Promise<Found> {
  const { doc } = reference.plan;
  const lower = await run(reference.lower, doc, known); // in turn: side by side they take twice as long
  const upper = await run(reference.upper, doc, known);
  return ({ id, root }) => traceNode(root, { low: lower.get(id)!, high: upper.get(id)!, odd: false }, { doc, known });
}

/** A new Engine for each run: its status is shared by runs that overlap, which then lose rules without a word. */
async function run(rules: readonly Rule[], doc: Ruleset, known: Known): Promise<Map<string, Result>> {
  const engine = new Engine([], {
    allowUndefinedFacts: false,
    allowUndefinedConditions: false,
    replaceFactsInEventParams: false,
    pathResolver: refusePath,
  });
  addOperators(engine, doc);
  for (const [name, condition] of Object.entries(doc.conditions ?? {}))
    engine.setCondition(name, structuredClone(condition) as Parameters<Engine['setCondition']>[1]);
  for (const rule of rules) engine.addRule(rule);
  const { results, failureResults } = await engine.run(known);
  const all = [...results, ...failureResults];
  const byName = new Map(all.map((result) => [result.name, rooted(result)]));
  if (all.length !== rules.length || byName.size !== rules.length) throw new Problem('rule_run_incomplete');
  return byName;
}

function refusePath(): never {
  throw new Error('paths are outside the dialect');
}

function addOperators(engine: Engine, doc: Ruleset): void {
  const lists = new Map(Object.entries(doc.lists ?? {}).map(([id, list]) => [id, new Set<unknown>(list)]));
  engine.addOperator('inList', (got: unknown, id: string) => lists.get(id)!.has(got));
  engine.addOperator('notInList', (got: unknown, id: string) => !lists.get(id)!.has(got));
  // the engine's own operators, reached through its map: a copy of them would be no second opinion
  const { operators } = engine as unknown as {
    operators: { operators: Map<string, { evaluate: (got: unknown, value: unknown) => boolean }> };
  };
  for (const [name, operator] of [...operators.operators]) {
    engine.addOperator(
      `certainly.${name}`,
      (got: unknown, value: unknown) => got !== null && operator.evaluate(got, value),
    );
    engine.addOperator(
      `possibly.${name}`,
      (got: unknown, value: unknown) => got === null || operator.evaluate(got, value),
    );
  }
}

/** A condition with its result, as the engine leaves it. */
interface Result {
  result?: boolean;
  all?: Result[];
  any?: Result[];
  not?: Result;
}

/** The engine writes no result on the root of a tree; the rule's own is it. */
function rooted({ conditions, result }: RuleResult): Result {
  return { ...(conditions as unknown as Result), result: result as boolean };
}

interface Bounds {
  low: Result;
  high: Result;
  /** Under an odd number of `not`, where the two bounds change places. */
  odd: boolean;
}

interface Context {
  doc: Ruleset;
  known: Known;
  reference?: { name: string; condition: string };
}

/** Our own serialiser: the engine's drops nested results and forgets names. */
function traceNode(node: Node, bounds: Bounds, context: Context): TraceNode {
  const { doc, known, reference } = context;
  if ('condition' in node) return traceNode(doc.conditions![node.condition]!, bounds, { doc, known, reference: node });
  const truth = truthOf(bounds);
  const kind = 'fact' in node ? 'leaf' : 'all' in node ? 'all' : 'any' in node ? 'any' : 'not';
  const traced: TraceNode = { kind, truth };
  const name = reference?.name ?? ('name' in node ? node.name : undefined);
  if (name !== undefined) traced.name = name;
  if (reference !== undefined) traced.condition = reference.condition;
  if ('fact' in node)
    return { ...traced, fact: node.fact, operator: node.operator, value: node.value, got: known[node.fact]! };
  const below = { doc, known };
  if ('not' in node)
    return {
      ...traced,
      nodes: [traceNode(node.not, { low: bounds.low.not!, high: bounds.high.not!, odd: !bounds.odd }, below)],
    };
  const list = 'all' in node ? 'all' : 'any';
  const parts = 'all' in node ? node.all : node.any;
  return {
    ...traced,
    nodes: parts.map((part, i) =>
      traceNode(part, { low: bounds.low[list]![i]!, high: bounds.high[list]![i]!, odd: bounds.odd }, below),
    ),
  };
}

function truthOf({ low, high, odd }: Bounds): Truth {
  const certain = odd ? high.result : low.result;
  const possible = odd ? low.result : high.result;
  if (typeof certain !== 'boolean' || typeof possible !== 'boolean' || (certain && !possible))
    throw new Problem('rule_run_incomplete');
  if (certain) return 'true';
  return possible ? 'unknown' : 'false';
}

/** In document order, whatever order the engine finished in. */
function traceOf({ trees, plan }: Reference, found: Found): Trace {
  const trace: Trace = { impossible: [], rules: [] };
  for (const tree of trees) {
    if (tree.id === 'scope') trace.scope = found(tree);
    else if (tree.id.startsWith('impossible:')) trace.impossible.push(found(tree));
    else trace.rules.push({ name: plan.names[trace.rules.length]!, tree: found(tree) });
  }
  return trace;
}

function openFacts(tree: TraceNode): string[] {
  if (tree.truth !== 'unknown') return [];
  return tree.fact === undefined ? (tree.nodes ?? []).flatMap(openFacts) : [tree.fact];
}
