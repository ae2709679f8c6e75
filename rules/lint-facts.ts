import type { FactDefinition } from '../schemas/facts.ts';
import type { FactDeclaration } from '../schemas/ruleset.ts';
import { FactDeclaration as FactSchema, limits } from '../schemas/ruleset.ts';
import type { Faults } from './faults.ts';
import { step } from './faults.ts';
import { isCalendarDay } from './domain.ts';
import { isObject } from './lint-shape.ts';

export type Catalogue = Readonly<Record<string, FactDefinition>>;

/** The well-formed fact declarations; each must narrow the catalogue of the subject and never widen it. */
export function lintFacts(
  given: unknown,
  catalogue: Catalogue | undefined,
  faults: Faults,
): Map<string, FactDeclaration> {
  const declared = new Map<string, FactDeclaration>();
  if (!isObject(given)) return declared;
  const ids = Object.keys(given);
  if (ids.length > limits.facts) faults.add('/facts', 'too_many_facts', { maximum: limits.facts });
  for (const id of ids) {
    const fact = FactSchema.safeParse(given[id]);
    if (!fact.success) continue; // its faults are in the outline's
    declared.set(id, fact.data);
    lintDomain(id, fact.data, faults);
    if (catalogue !== undefined) lintNarrowing(id, fact.data, { catalogue, faults });
  }
  return declared;
}

function lintDomain(id: string, fact: FactDeclaration, faults: Faults): void {
  const at = `/facts${step(id)}`;
  if ('min' in fact && fact.min > fact.max) faults.add(`${at}/min`, 'domain_empty');
  if (fact.type === 'date')
    for (const bound of ['min', 'max'] as const)
      if (!isCalendarDay(fact[bound])) faults.add(`${at}/${bound}`, 'value_outside_domain');
  const values = 'values' in fact ? (fact.values ?? []) : [];
  if (new Set(values).size < values.length) faults.add(`${at}/values`, 'value_doubled');
  if (values.length > 0)
    for (const value of Object.keys(fact.titles ?? {}))
      if (!values.includes(value)) faults.add(`${at}/titles${step(value)}`, 'title_without_value', { value });
}

function lintNarrowing(
  id: string,
  fact: FactDeclaration,
  { catalogue, faults }: { catalogue: Catalogue; faults: Faults },
): void {
  const at = `/facts${step(id)}`;
  const known = Object.hasOwn(catalogue, id) ? catalogue[id] : undefined;
  if (known === undefined) return faults.add(at, 'fact_not_in_catalogue', { fact: id, subject: '' });
  if (fact.type !== known.type)
    return faults.add(`${at}/type`, 'fact_type_differs', { field: 'type', expected: known.type });
  if (fact.type === 'decimal' && fact.scale !== known.scale)
    faults.add(`${at}/scale`, 'fact_type_differs', { field: 'scale', expected: known.scale });
  if (fact.unit !== undefined && fact.unit !== known.unit)
    faults.add(`${at}/unit`, 'fact_type_differs', { field: 'unit', expected: known.unit ?? '—' });
  if (fact.better !== undefined && fact.better !== known.better)
    faults.add(`${at}/better`, 'fact_type_differs', { field: 'better', expected: known.better ?? '—' });
  if (known.sensitivity !== undefined && fact.sensitivity === undefined)
    faults.add(`${at}/sensitivity`, 'fact_widened', { field: 'sensitivity' });
  if ('min' in fact) {
    if (known.min !== undefined && fact.min < known.min) faults.add(`${at}/min`, 'fact_widened', { field: 'min' });
    if (known.max !== undefined && fact.max > known.max) faults.add(`${at}/max`, 'fact_widened', { field: 'max' });
  }
  if (fact.type === 'enum' || fact.type === 'list')
    lintValues(at, { own: fact.values ?? [], known: known.values ?? [] }, faults);
}

/** No values in the catalogue: free text, which a document may leave free or narrow. */
function lintValues(
  at: string,
  { own, known }: { own: readonly string[]; known: readonly string[] },
  faults: Faults,
): void {
  if (known.length === 0) return;
  if (own.length === 0) return faults.add(`${at}/values`, 'fact_widened', { field: 'values' });
  for (const [i, value] of own.entries())
    if (!known.includes(value)) faults.add(`${at}/values${step(i)}`, 'fact_widened', { field: `values: ${value}` });
}
