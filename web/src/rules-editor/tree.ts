import type { RuleGroupType, RuleType } from 'react-querybuilder';
import type { Leaf, Node } from './document.ts';
import { freeName } from './document.ts';

/** The field that stands for a named condition of the document. */
export const REFERENCE = '~condition';
export const REFERS = 'holds';
const MULTIPLE = ['in', 'notIn'];

export interface QueryRule extends RuleType {
  /** The node's name in the document; never shown. */
  nodeName?: string;
}
export interface QueryGroup extends RuleGroupType {
  nodeName?: string;
  /** The name of the `not` above this group. */
  notName?: string;
  /** A frame round one node, put there because the builder knows `not` and roots on groups only. */
  single?: true;
  rules: (QueryGroup | QueryRule)[];
}

/** A condition tree as the query builder takes it. `nodeOf` gives back what went in, deep-equal. */
export function queryOf(tree: Node): QueryGroup {
  const query = partOf(tree);
  return 'rules' in query ? query : { combinator: 'all', single: true, rules: [query] };
}

function partOf(node: Node): QueryGroup | QueryRule {
  if ('fact' in node)
    return { nodeName: node.name, field: node.fact, operator: node.operator, value: copy(node.value) };
  if ('condition' in node) return { nodeName: node.name, field: REFERENCE, operator: REFERS, value: node.condition };
  if ('not' in node) return notOf(node);
  const [combinator, parts] = 'all' in node ? (['all', node.all] as const) : (['any', node.any] as const);
  const group: QueryGroup = { combinator, rules: parts.map(partOf) };
  return node.name === undefined ? group : { ...group, nodeName: node.name };
}

function notOf({ not, name }: { not: Node; name?: string }): QueryGroup {
  const inner = partOf(not);
  const framed: QueryGroup =
    'rules' in inner && !('not' in not) ? inner : { combinator: 'all', single: true, rules: [inner] };
  return name === undefined ? { ...framed, not: true } : { ...framed, not: true, notName: name };
}

const copy = (value: Leaf['value']): Leaf['value'] => (Array.isArray(value) ? [...value] : value);

/** The document's tree of a query. What was added in the builder gets names after `prefix` that nobody else has. */
export function nodeOf(query: QueryGroup, { prefix, taken }: { prefix: string; taken: Set<string> }): Node {
  const naming = { prefix, taken };
  const node = back(query, naming);
  // a root is never a leaf
  return 'fact' in node ? { all: [node] } : node;
}

interface Naming {
  prefix: string;
  taken: Set<string>;
}

function back(part: QueryGroup | QueryRule, naming: Naming): Node {
  if (!('rules' in part)) return ruleBack(part, naming);
  const { not, notName, single, rules } = part;
  const inner = single && rules.length === 1 && rules[0] ? back(rules[0], naming) : groupBack(part, naming);
  if (!not) return inner;
  return notName === undefined ? { not: inner } : { name: notName, not: inner };
}

function groupBack({ combinator, nodeName, rules }: QueryGroup, naming: Naming): Node {
  const parts = rules.map((rule) => back(rule, naming));
  const group: Node = combinator === 'any' ? { any: parts } : { all: parts };
  return nodeName === undefined ? group : { name: nodeName, ...group };
}

function ruleBack({ nodeName, field, operator, value }: QueryRule, { prefix, taken }: Naming): Node {
  const about = field === REFERENCE ? String(value) : field;
  const name = nodeName ?? freeName(taken, `${prefix}.${about}`);
  taken.add(name);
  if (field === REFERENCE) return { condition: String(value), name };
  return { name, fact: field, operator, value: fitting(operator, value) };
}

/** One value or several, as the operator takes them. */
function fitting(operator: string, value: Leaf['value']): Leaf['value'] {
  if (MULTIPLE.includes(operator)) return Array.isArray(value) ? value : [value as number | string];
  return Array.isArray(value) ? (value[0] ?? '') : value;
}

/** One text for one tree, whatever the order of its keys. */
export function treeText(tree: Node): string {
  const sorted = (_key: string, value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return JSON.stringify(tree, sorted);
}
