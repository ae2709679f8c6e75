import type { Text } from '../components/use-text.ts';

/** A rule document as the editor holds it: `ruleset/1`, perhaps not lawful yet. The server lints; here only the shape is named. */
export type Scalar = number | string | boolean;
export interface Leaf {
  name: string;
  fact: string;
  operator: string;
  value: Scalar | (number | string)[];
}
export interface Reference {
  condition: string;
  name: string;
}
export interface All {
  name?: string;
  all: Node[];
}
export interface Any {
  name?: string;
  any: Node[];
}
export interface Not {
  name?: string;
  not: Node;
}
export type Node = All | Any | Not | Reference | Leaf;

export const eventTypes = ['grant', 'deny', 'refer'] as const;
export type EventType = (typeof eventTypes)[number];
export interface RuleEvent {
  type: EventType;
  params?: Record<string, Scalar>;
}
export interface Rule {
  name: string;
  conditions: Node;
  event: RuleEvent;
}

export interface Typed {
  type: 'integer' | 'decimal' | 'boolean' | 'enum' | 'date' | 'list';
  scale?: number;
  min?: number;
  max?: number;
  values?: string[];
  titles?: Record<string, Text>;
  title?: Text;
  unit?: string;
}
export interface Fact extends Typed {
  title: Text;
  better?: 'higher' | 'lower';
  missing?: string;
}

export type TableColumn =
  | { kind: 'fact'; fact: string }
  | { kind: 'reference'; condition: string }
  | { kind: 'outcome' }
  | { kind: 'param'; param: string }
  | { kind: 'citation' };
export interface TableRow {
  name: string;
  cells: string[];
}
export interface Table {
  columns: TableColumn[];
  rows: TableRow[];
}

export type FactValues = Record<string, Scalar | string[] | null>;
export interface TestCase {
  name: string;
  facts: FactValues;
  expect: { type: string; code?: string; params?: Record<string, Scalar>; fired?: string[]; missing?: string[] };
}
export interface Note {
  title: Text;
  cites: string[];
  overrides?: string[];
}
export interface Source {
  kind: string;
  title: Text;
  number?: string;
  articles: Record<string, string>;
}
export interface Outcome {
  code: string;
  title: Text;
  params?: Record<string, Typed>;
}

export interface RuleDocument {
  format: string;
  id: string;
  revision: number;
  version: string;
  title: Text;
  decision: {
    question: Text;
    subject: string;
    combine?: string;
    outcomes: Partial<Record<EventType, Outcome>>;
    scope?: Node;
    impossible?: { why: Text; when: Node }[];
    otherwise: RuleEvent;
  };
  validity: { from: string; to: string | null; dateFact: string; timeZone: string; retroactive?: true };
  facts: Record<string, Fact>;
  lists?: Record<string, (number | string)[]>;
  sources: Record<string, Source>;
  conditions?: Record<string, Node>;
  rules: Rule[];
  table?: Table;
  notes: Record<string, Note>;
  explain?: Record<string, unknown>;
  tests: { base: FactValues; cases: TestCase[] };
  change: { author: string; reason: Text; affects: string | Text; renames?: Record<string, string> };
}

/** Every tree of a document under the pointer where it stands. */
export function treesOf(doc: RuleDocument): { pointer: string; tree: Node }[] {
  const scope = doc.decision.scope ? [{ pointer: '/decision/scope', tree: doc.decision.scope }] : [];
  return [
    ...doc.rules.map(({ conditions }, i) => ({ pointer: `/rules/${i}/conditions`, tree: conditions })),
    ...Object.entries(doc.conditions ?? {}).map(([name, tree]) => ({ pointer: `/conditions/${name}`, tree })),
    ...(doc.decision.impossible ?? []).map(({ when }, i) => ({
      pointer: `/decision/impossible/${i}/when`,
      tree: when,
    })),
    ...scope,
  ];
}

export function childrenOf(node: Node): Node[] {
  if ('all' in node) return node.all;
  if ('any' in node) return node.any;
  return 'not' in node ? [node.not] : [];
}

/** Every node name in use; names are unique over the document. */
export function namesIn(doc: RuleDocument): Set<string> {
  const names = new Set<string>();
  const visit = (node: Node): void => {
    if (node.name !== undefined) names.add(node.name);
    childrenOf(node).forEach(visit);
  };
  for (const { tree } of treesOf(doc)) visit(tree);
  return names;
}

/** The leaf with this name, wherever it stands; undefined for groups and references. */
export function leafNamed(doc: RuleDocument, name: string): Leaf | undefined {
  const find = (node: Node): Leaf | undefined => {
    if ('fact' in node) return node.name === name ? node : undefined;
    for (const child of childrenOf(node)) {
      const found = find(child);
      if (found) return found;
    }
    return undefined;
  };
  for (const { tree } of treesOf(doc)) {
    const found = find(tree);
    if (found) return found;
  }
  return undefined;
}

/** A name nobody uses yet, made of the given one. */
export function freeName(taken: ReadonlySet<string>, wanted: string): string {
  if (!taken.has(wanted)) return wanted;
  for (let count = 2; ; count += 1) if (!taken.has(`${wanted}.${count}`)) return `${wanted}.${count}`;
}
