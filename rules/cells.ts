import type { FactDeclaration, FactValue, Leaf, Node, Ruleset } from '../schemas/ruleset.ts';

/** One value of a fact that stands for a whole cell: within a cell no leaf of the document changes. */
export interface Cell {
  value: FactValue;
  /** Steps from the present value: units of the last decimal, days, or one for another word. */
  steps: number;
}

/** Every leaf below these nodes by fact, each reference followed once. */
export function leavesIn(doc: Ruleset, roots: readonly Node[]): Map<string, Leaf[]> {
  const found = new Map<string, Leaf[]>();
  const followed = new Set<string>();
  const visit = (node: Node): void => {
    if ('fact' in node) {
      const known = found.get(node.fact);
      if (known === undefined) found.set(node.fact, [node]);
      else known.push(node);
    } else if ('not' in node) visit(node.not);
    else if (!('condition' in node)) ('all' in node ? node.all : node.any).forEach(visit);
    else if (!followed.has(node.condition)) {
      followed.add(node.condition);
      visit(doc.conditions![node.condition]!);
    }
  };
  roots.forEach(visit);
  return found;
}

/** Every leaf below one node, references not followed. */
export function leavesUnder(node: Node): Leaf[] {
  if ('fact' in node) return [node];
  if ('condition' in node) return [];
  return 'not' in node ? leavesUnder(node.not) : ('all' in node ? node.all : node.any).flatMap(leavesUnder);
}

/** The roots of all trees of a document. */
export function rootsOf({ rules, decision }: Ruleset): Node[] {
  const roots: Node[] = [
    ...rules.map((rule) => rule.conditions),
    ...(decision.impossible ?? []).map(({ when }) => when),
  ];
  return decision.scope === undefined ? roots : [...roots, decision.scope];
}

/** The cells of one fact, each by its lawful value nearest to the present one, which comes first. */
export function cellsOf(
  doc: Ruleset,
  leaves: readonly Leaf[],
  { fact, got }: { fact: string; got: FactValue },
): Cell[] {
  const declared = doc.facts[fact]!;
  const constants = leaves.flatMap((leaf) => constantsOf(doc, leaf));
  const values = valuesOf(declared, constants, got);
  const cells = values.map((value) => ({ value, steps: stepsBetween(declared, got, value) }));
  return cells.filter(({ steps }) => steps > 0).sort((a, b) => a.steps - b.steps);
}

export function constantsOf(doc: Ruleset, { operator, value }: Leaf): (number | string | boolean)[] {
  if (operator === 'inList' || operator === 'notInList') return [...(doc.lists?.[value as string] ?? [])];
  return Array.isArray(value) ? value : [value];
}

function valuesOf(
  declared: FactDeclaration,
  constants: readonly (number | string | boolean)[],
  got: FactValue,
): FactValue[] {
  switch (declared.type) {
    case 'boolean':
      return [true, false];
    case 'enum':
      return [...new Set([...(declared.values ?? []), ...(constants as string[])])];
    case 'list':
      return listsOver([...new Set(constants as string[])], (got as string[] | null) ?? []);
    default:
      return intervals(declared, constants as number[]).map(([low, high]) => nearest(got as number | null, low, high));
  }
}

/** Below, at and above each constant, cut to the domain. */
export function intervals(
  declared: FactDeclaration & { min: number; max: number },
  constants: readonly number[],
): [number, number][] {
  const cuts = [...new Set(constants)].sort((a, b) => a - b);
  const found: [number, number][] = [];
  let low = declared.min;
  for (const cut of cuts) {
    found.push([low, step(declared, cut, -1)], [cut, cut]);
    low = step(declared, cut, 1);
  }
  found.push([low, declared.max]);
  return found.filter(([from, to]) => from <= to);
}

function nearest(got: number | null, low: number, high: number): number {
  return got === null ? low : Math.min(Math.max(got, low), high);
}

/** The neighbouring value: one unit of the last decimal, or one day. */
export function step({ type }: FactDeclaration, value: number, by: number): number {
  return type === 'date' ? fromDays(days(value) + by) : value + by;
}

function days(date: number): number {
  return Date.UTC(Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100) / 86_400_000;
}

function fromDays(count: number): number {
  const date = new Date(count * 86_400_000);
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/** Every choice of the mentioned elements; the others stay as they are. */
function listsOver(mentioned: readonly string[], got: readonly string[]): string[][] {
  const others = got.filter((one) => !mentioned.includes(one));
  const some = mentioned.slice(0, 8); // 256 lists are enough for a hint
  return Array.from({ length: 2 ** some.length }, (_, bits) => [
    ...others,
    ...some.filter((_one, i) => (bits >> i) % 2 === 1),
  ]);
}

function stepsBetween(declared: FactDeclaration, got: FactValue, value: FactValue): number {
  if (got === null) return 1;
  if (declared.type === 'list') {
    const [before, after] = [got as string[], value as string[]];
    return before.filter((one) => !after.includes(one)).length + after.filter((one) => !before.includes(one)).length;
  }
  if (declared.type === 'date') return Math.abs(days(got as number) - days(value as number));
  if (typeof got === 'number') return Math.abs(got - (value as number));
  return got === value ? 0 : 1;
}
