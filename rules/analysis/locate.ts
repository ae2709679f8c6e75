import type { FactDeclaration, FactValue, Ruleset } from '../../schemas/ruleset.ts';
import { domainFault } from '../domain.ts';
import type { Facts } from '../verdict.ts';
import { allow, emptyBox } from './box.ts';
import type { Box } from './box.ts';
import type { Cell, Space } from './space.ts';

/** The point of a space at which a case lies; true: only some of the documents admit it, false: none does. */
export function locate(space: Space, docs: readonly Ruleset[], facts: Facts): Box | boolean {
  const given = (fact: string): FactValue => (Object.hasOwn(facts, fact) ? ((facts[fact] ?? null) as FactValue) : null);
  const admitting = docs.filter((doc) => isAdmitted(doc.facts, given));
  if (admitting.length < docs.length) return admitting.length > 0;
  const point = emptyBox(space.layout);
  for (const [dim, { fact, kind, element, cells }] of space.dims.entries()) {
    const value = given(fact);
    if (kind === 'element') {
      const holds = value !== null && (value as string[]).includes(element!);
      allow(space.layout, point, { dim, cell: holds ? 0 : 1 });
    } else allow(space.layout, point, { dim, cell: value === null ? cells.length - 1 : locateValue(cells, value) });
  }
  return point;
}

function isAdmitted(declared: Readonly<Record<string, FactDeclaration>>, given: (fact: string) => FactValue): boolean {
  return Object.entries(declared).every(([fact, domain]) => {
    const value = given(fact);
    return value === null || domainFault(domain, value) === undefined;
  });
}

/** The cell of a value that is lawful and not missing. */
export function locateValue(cells: readonly Cell[], value: NonNullable<FactValue>): number {
  if (cells.length === 2) return 0; // one cell and the missing one
  if (typeof value === 'number') return cells.findIndex(({ low, high }) => low! <= value && value <= high!);
  const named = cells.findIndex((cell) => cell.words?.includes(value as string) ?? cell.value === value);
  return named >= 0 ? named : cells.findIndex(({ others }) => others);
}
