import type { FactDeclaration, FactValue, Ruleset } from '../../schemas/ruleset.ts';
import { domainFault } from '../domain.ts';
import { allows } from './box.ts';
import type { Box } from './box.ts';
import type { Cell, Dimension, Space } from './space.ts';

/** One whole case out of a box, as near to the document's own test case as the box lets it be. */
export function witnessOf(space: Space, doc: Ruleset, box: Box): Record<string, FactValue> {
  const base = doc.tests.base;
  const witness: Record<string, FactValue> = {};
  for (const [fact, declared] of space.domains) {
    const wish = lawful(declared, Object.hasOwn(base, fact) ? base[fact]! : null);
    const dim = space.axis.get(fact);
    witness[fact] = dim === undefined ? (wish ?? anyValue(declared)) : valueIn(space, { box, dim, wish, declared });
  }
  return witness;
}

function lawful(declared: FactDeclaration, value: FactValue): FactValue {
  return value === null || domainFault(declared, value) === undefined ? value : null;
}

function anyValue(declared: FactDeclaration): FactValue {
  if ('min' in declared) return declared.min;
  if (declared.type === 'boolean') return false;
  if (declared.type === 'list') return [];
  return declared.values?.[0] ?? '-';
}

interface Chosen {
  box: Box;
  dim: number;
  wish: FactValue;
  declared: FactDeclaration;
}

function valueIn(space: Space, { box, dim, wish, declared }: Chosen): FactValue {
  const axis = space.dims[dim]!;
  const there = axis.cells.filter((cell, i) => cell.value !== null && allows(space.layout, box, { dim, cell: i }));
  if (there.length === 0) return null;
  if (axis.kind === 'presence') return elements(space, { fact: axis.fact, box, wish: (wish ?? []) as string[] });
  if (there.some((cell) => holds(cell, wish))) return wish;
  if (there[0]!.low === undefined) return there[0]!.value === undefined ? anyValue(declared) : there[0]!.value;
  return typeof wish === 'number' ? nearest(there, wish) : there[0]!.low;
}

function holds({ value, low, high, words, others }: Cell, wish: FactValue): boolean {
  if (wish === null) return false;
  if (low !== undefined) return typeof wish === 'number' && wish >= low && wish <= high!;
  return words?.includes(wish as string) ?? (!others && value === wish);
}

function nearest(cells: readonly Cell[], wish: number): number {
  const bounds = cells.flatMap(({ low, high }) => [low!, high!]);
  return bounds.reduce((best, bound) => (Math.abs(bound - wish) < Math.abs(best - wish) ? bound : best));
}

/** The wished-for elements where the box leaves it open, those it demands, none that it bars. */
function elements(space: Space, { fact, box, wish }: { fact: string; box: Box; wish: string[] }): string[] {
  const found = new Set(wish);
  for (const [dim, axis] of space.dims.entries()) {
    if (!isElementOf(axis, fact)) continue;
    if (!allows(space.layout, box, { dim, cell: 1 })) found.add(axis.element!);
    if (!allows(space.layout, box, { dim, cell: 0 })) found.delete(axis.element!);
  }
  return [...found];
}

const isElementOf = (axis: Dimension, fact: string): boolean => axis.fact === fact && axis.kind === 'element';
