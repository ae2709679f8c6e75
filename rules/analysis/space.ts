import type { FactDeclaration, FactValue, Leaf, Ruleset } from '../../schemas/ruleset.ts';
import { constantsOf, intervals, leavesIn, rootsOf } from '../cells.ts';
import { compilerOf } from '../compile.ts';
import { gateOf } from '../gate.ts';
import { allow, emptyBox, layoutFor } from './box.ts';
import type { Box, Layout } from './box.ts';

/** Values of one fact that no leaf tells apart. */
export interface Cell {
  /** One of them. */
  value: FactValue;
  /** Of numbers and dates: the first and the last. */
  low?: number;
  high?: number;
  /** Of words: those that are named. */
  words?: string[];
  /** All words that are not named. */
  others?: true;
}

/**
 * One axis. A list has one axis for being recorded at all and one for each element that a leaf mentions; any other fact
 * has one axis for its values. What may be missing has the cell of value null, the last.
 */
export interface Dimension {
  fact: string;
  kind: 'values' | 'presence' | 'element';
  element?: string;
  cells: Cell[];
}

/** The facts of one document, or of two side by side, cut into cells on which every leaf is constant. */
export interface Space {
  dims: Dimension[];
  layout: Layout;
  whole: Box;
  /** Nothing missing. */
  recorded: Box;
  /** By fact: its axis of values, or of being recorded. */
  axis: ReadonlyMap<string, number>;
  domains: ReadonlyMap<string, FactDeclaration>;
  leafCells: (leaf: Leaf, doc: Ruleset) => LeafCells;
}

/** Where a leaf holds: cells of one axis; for a list also the axis of the element it asks for. */
export interface LeafCells {
  dim: number;
  holds: readonly boolean[];
  element?: number;
  /** Of a list: whether it asks for the element's absence. */
  absent?: boolean;
}

type Test = (value: FactValue) => boolean;
interface Asked {
  constants: Set<number | string | boolean>;
  tests: Map<string, Test>;
}

/** Null if the documents declare one fact with two types, so that nothing can be compared. */
export function spaceOf(docs: readonly Ruleset[]): Space | null {
  const domains = new Map<string, FactDeclaration>();
  for (const doc of docs)
    for (const [id, declared] of Object.entries(doc.facts)) {
      const common = commonDomain(domains.get(id), declared);
      if (common === null) return null;
      domains.set(id, common);
    }
  const asked = askedOf(docs);
  const dims: Dimension[] = [];
  const signs = new Map<string, readonly boolean[]>();
  const axis = new Map<string, number>();
  for (const [id, declared] of domains) {
    const about = asked.get(id);
    if (about === undefined && docs.every((doc) => (doc.facts[id]?.missing ?? 'undetermined') === 'undetermined'))
      continue;
    axis.set(id, dims.length);
    if (declared.type === 'list' || about === undefined) {
      dims.push({ fact: id, kind: declared.type === 'list' ? 'presence' : 'values', cells: [anyCell(declared), GONE] });
      for (const element of about?.constants ?? [])
        dims.push({ fact: id, kind: 'element', element: String(element), cells: [{ value: true }, { value: false }] });
    } else {
      const { cells, holding } = cutCells(declared, about);
      dims.push({ fact: id, kind: 'values', cells: [...cells, GONE] });
      for (const [key, holds] of holding) signs.set(`${id} ${key}`, holds);
    }
  }
  return spaceOver({ dims, domains, axis, signs });
}

const GONE: Cell = { value: null };

function anyCell(declared: FactDeclaration): Cell {
  if (declared.type === 'list') return { value: [] };
  if ('min' in declared) return { value: declared.min, low: declared.min, high: declared.max };
  if (declared.type === 'boolean') return { value: true };
  return { value: declared.values?.[0] ?? '-', others: true };
}

function askedOf(docs: readonly Ruleset[]): Map<string, Asked> {
  const asked = new Map<string, Asked>();
  for (const doc of docs) {
    const testOf = testsOf(doc);
    for (const [fact, leaves] of leavesIn(doc, [...rootsOf(doc), ...Object.values(doc.conditions ?? {})])) {
      const about = asked.get(fact) ?? { constants: new Set(), tests: new Map<string, Test>() };
      asked.set(fact, about);
      for (const leaf of leaves) {
        const key = keyOf(leaf, doc);
        if (about.tests.has(key)) continue;
        about.tests.set(key, testOf(leaf));
        for (const constant of constantsOf(doc, leaf)) about.constants.add(constant);
      }
    }
  }
  return asked;
}

/** The evaluator's own closures for single leaves, so that the two cannot disagree. */
function testsOf(doc: Ruleset): (leaf: Leaf) => Test {
  const gate = gateOf(doc);
  const compileTree = compilerOf(doc, gate);
  return (leaf) => {
    const { holds } = compileTree(leaf);
    const place = gate.ids.indexOf(leaf.fact);
    const values = new Array<FactValue>(gate.ids.length).fill(null);
    return (value) => {
      values[place] = value;
      return holds(values);
    };
  };
}

const keys = new WeakMap<Leaf, string>();

/** Leaves that ask the same, in whichever document; lists by what is in them. */
function keyOf(leaf: Leaf, doc: Ruleset): string {
  const known = keys.get(leaf);
  if (known !== undefined) return known;
  const isList = leaf.operator === 'inList' || leaf.operator === 'notInList';
  const value = isList ? doc.lists![leaf.value as string] : leaf.value;
  const key = `${leaf.operator} ${typeof value === 'object' ? JSON.stringify(value) : `${typeof value} ${value}`}`;
  keys.set(leaf, key);
  return key;
}

/** Cells over the finest cut, then those made one that no test tells apart: neighbours of numbers, any of words. */
function cutCells(
  declared: FactDeclaration,
  { constants, tests }: Asked,
): {
  cells: Cell[];
  holding: Map<string, boolean[]>;
} {
  const fine = fineCells(declared, constants);
  const asked = [...tests];
  const answers = fine.map(({ value }) => asked.map(([, test]) => test(value)));
  const signatures = answers.map((answer) => answer.map(Number).join(''));
  const cells: Cell[] = [];
  const chosen: number[] = [];
  const places = new Map<string, number>();
  const isOrdered = 'min' in declared;
  for (const [i, cell] of fine.entries()) {
    const signature = signatures[i]!;
    const place = isOrdered ? (signature === signatures[i - 1] ? cells.length - 1 : undefined) : places.get(signature);
    if (place !== undefined) {
      join(cells[place]!, cell);
      continue;
    }
    places.set(signature, cells.length);
    cells.push(cell);
    chosen.push(i);
  }
  const holding = new Map(asked.map(([key], t) => [key, chosen.map((i) => answers[i]![t]!)]));
  return { cells, holding };
}

function join(into: Cell, cell: Cell): void {
  if (cell.high !== undefined) into.high = cell.high;
  if (cell.words !== undefined) into.words = [...(into.words ?? []), ...cell.words];
  if (cell.others) into.others = true;
}

function fineCells(declared: FactDeclaration, constants: ReadonlySet<number | string | boolean>): Cell[] {
  if ('min' in declared)
    return intervals(declared, within(declared, constants)).map(([low, high]) => ({ value: low, low, high }));
  if (declared.type === 'boolean') return [{ value: true }, { value: false }];
  if (declared.values !== undefined && declared.values.length > 0)
    return declared.values.map((word) => ({ value: word, words: [word] }));
  const named = [...constants].map(String);
  return [...named.map((word): Cell => ({ value: word, words: [word] })), { value: otherThan(named), others: true }];
}

/** Beyond the domain that two documents share nothing needs cutting. */
function within({ min, max }: { min: number; max: number }, constants: ReadonlySet<unknown>): number[] {
  return ([...constants] as number[]).filter((constant) => constant >= min && constant <= max);
}

function otherThan(words: readonly string[]): string {
  let other = '-';
  while (words.includes(other)) other += '-';
  return other;
}

function spaceOver({
  dims,
  domains,
  axis,
  signs,
}: {
  dims: Dimension[];
  domains: Map<string, FactDeclaration>;
  axis: Map<string, number>;
  signs: ReadonlyMap<string, readonly boolean[]>;
}): Space {
  const layout = layoutFor(dims.map(({ cells }) => cells.length));
  const [whole, recorded] = [emptyBox(layout), emptyBox(layout)];
  for (const [dim, { cells }] of dims.entries())
    for (const [cell, { value }] of cells.entries()) {
      allow(layout, whole, { dim, cell });
      if (value !== null) allow(layout, recorded, { dim, cell });
    }
  const elements = new Map(dims.map(({ fact, element }, d) => [`${fact} ${element ?? ''}`, d]));
  const leafCells = (leaf: Leaf, doc: Ruleset): LeafCells => {
    const dim = axis.get(leaf.fact)!;
    if (dims[dim]!.kind !== 'presence') return { dim, holds: signs.get(`${leaf.fact} ${keyOf(leaf, doc)}`)! };
    const element = elements.get(`${leaf.fact} ${String(leaf.value)}`)!;
    return { dim, holds: [], element, absent: leaf.operator === 'doesNotContain' };
  };
  return { dims, layout, whole, recorded, axis, domains, leafCells };
}

/** What both documents admit; null if they speak of different things. */
function commonDomain(known: FactDeclaration | undefined, declared: FactDeclaration): FactDeclaration | null {
  if (known === undefined) return declared;
  if (known.type !== declared.type) return null;
  if ('min' in known && 'min' in declared) {
    if ('scale' in known && 'scale' in declared && known.scale !== declared.scale) return null;
    const [min, max] = [Math.max(known.min, declared.min), Math.min(known.max, declared.max)];
    return min > max ? null : { ...known, min, max };
  }
  if (!('values' in known) || !('values' in declared) || declared.values === undefined || declared.values.length === 0)
    return known;
  if (known.values === undefined || known.values.length === 0) return declared;
  const values = known.values.filter((word) => declared.values!.includes(word));
  return values.length === 0 ? null : { ...known, values };
}
