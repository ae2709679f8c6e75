import type { All, Any, FactDeclaration, Leaf, Node, Operator, Ruleset } from '../schemas/ruleset.ts';
import { step as nextTo } from './cells.ts';
import { step } from './faults.ts';

/** One small slip of an author's hand: an operator, a bound moved by one step, `all` for `any`. */
export interface Mutant {
  /** Which tree it stands in; a named condition stands in every tree that refers to it. */
  tree: TreePlace;
  /** That tree with the slip in it. */
  node: Node;
  /** Name of the node; of a nameless branch the rule or condition it stands in. */
  name: string;
  pointer: string;
  was: string;
  now: string;
}

export type TreePlace =
  | { kind: 'scope' }
  | { kind: 'impossible'; index: number }
  | { kind: 'rule'; index: number }
  | { kind: 'condition'; id: string };

const bounds = {
  lessThan: { boundary: 'lessThanInclusive', reverse: 'greaterThanInclusive' },
  lessThanInclusive: { boundary: 'lessThan', reverse: 'greaterThan' },
  greaterThan: { boundary: 'greaterThanInclusive', reverse: 'lessThanInclusive' },
  greaterThanInclusive: { boundary: 'greaterThan', reverse: 'lessThan' },
} as const;

const opposites = {
  equal: 'notEqual',
  notEqual: 'equal',
  in: 'notIn',
  notIn: 'in',
  contains: 'doesNotContain',
  doesNotContain: 'contains',
  inList: 'notInList',
  notInList: 'inList',
} as const;

export type Ordered = keyof typeof bounds;

export function isOrdered(operator: Operator): operator is Ordered {
  return operator in bounds;
}

/** Every mutant of a document; its tests should notice nine of ten (rules.md §7). */
export function mutantsOf(doc: Ruleset): Mutant[] {
  return treesOf(doc).flatMap(({ tree, root, name, pointer }) =>
    variantsOf(root, { doc, name, pointer }).map((variant) => ({ tree, ...variant })),
  );
}

interface TreeOf {
  tree: TreePlace;
  root: Node;
  name: string;
  pointer: string;
}

/** All trees of a document by place, the named conditions once each. */
export function treesOf({ decision, conditions = {}, rules }: Ruleset): TreeOf[] {
  const trees: TreeOf[] = [];
  if (decision.scope !== undefined)
    trees.push({ tree: { kind: 'scope' }, root: decision.scope, name: 'scope', pointer: '/decision/scope' });
  for (const [index, { when }] of (decision.impossible ?? []).entries()) {
    const pointer = `/decision/impossible/${index}/when`;
    trees.push({ tree: { kind: 'impossible', index }, root: when, name: `impossible ${index + 1}`, pointer });
  }
  for (const [id, root] of Object.entries(conditions))
    trees.push({ tree: { kind: 'condition', id }, root, name: id, pointer: `/conditions${step(id)}` });
  for (const [index, { name, conditions: root }] of rules.entries())
    trees.push({ tree: { kind: 'rule', index }, root, name, pointer: `/rules/${index}/conditions` });
  return trees;
}

type Variant = Omit<Mutant, 'tree'>;

interface Place {
  doc: Ruleset;
  name: string;
  pointer: string;
}

function variantsOf(node: Node, place: Place): Variant[] {
  if ('condition' in node) return [];
  if ('fact' in node) return leafVariants(node, place);
  const here = { ...place, name: node.name ?? place.name };
  if ('not' in node) {
    const below = variantsOf(node.not, { ...here, pointer: `${place.pointer}/not` });
    const dropped = { node: node.not, name: here.name, pointer: place.pointer, was: 'not', now: '—' };
    return [dropped, ...below.map((one) => ({ ...one, node: { ...node, not: one.node } }))];
  }
  return branchVariants(node, here);
}

function branchVariants(node: All | Any, place: Place): Variant[] {
  const kind = 'all' in node ? 'all' : 'any';
  const other = kind === 'all' ? 'any' : 'all';
  const parts = 'all' in node ? node.all : node.any;
  const rebuilt = (as: 'all' | 'any', list: Node[]): Node => {
    const label = node.name === undefined ? {} : { name: node.name };
    return as === 'all' ? { ...label, all: list } : { ...label, any: list };
  };
  const { name, pointer } = place;
  // over one part they are the same
  const swapped = parts.length < 2 ? [] : [{ node: rebuilt(other, parts), name, pointer, was: kind, now: other }];
  const below = parts.flatMap((part, i) =>
    variantsOf(part, { ...place, pointer: `${pointer}/${kind}/${i}` }).map((one) => ({
      ...one,
      node: rebuilt(kind, parts.with(i, one.node)),
    })),
  );
  return [...swapped, ...below];
}

function leafVariants(leaf: Leaf, { doc, pointer }: Place): Variant[] {
  const { name, operator, value } = leaf;
  const as = (change: Partial<Leaf>, was: string, now: string): Variant => ({
    node: { ...leaf, ...change },
    name,
    pointer,
    was,
    now,
  });
  if (!isOrdered(operator)) return [as({ operator: opposites[operator] }, operator, opposites[operator])];
  const { boundary, reverse } = bounds[operator];
  const fact = doc.facts[leaf.fact]!;
  const moved = [-1, 1].flatMap((by) => {
    const next = stepped(fact, value as number, by);
    return next === undefined ? [] : [as({ value: next }, String(value), String(next))];
  });
  return [as({ operator: boundary }, operator, boundary), as({ operator: reverse }, operator, reverse), ...moved];
}

/** The neighbouring value of a number or date, if its domain has one. */
export function stepped(fact: FactDeclaration, value: number, by: number): number | undefined {
  if (!('min' in fact)) return undefined;
  const next = nextTo(fact, value, by);
  return next >= fact.min && next <= fact.max ? next : undefined;
}
