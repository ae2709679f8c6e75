import type { FactDeclaration, Operator } from '../schemas/ruleset.ts';
import { limits } from '../schemas/ruleset.ts';
import { domainFault } from './domain.ts';
import type { Domain } from './domain.ts';
import type { Faults } from './faults.ts';
import { step } from './faults.ts';
import type { Met } from './lint-shape.ts';

const MEMBERSHIP: readonly Operator[] = ['equal', 'notEqual', 'in', 'notIn', 'inList', 'notInList'];
const ORDERED: readonly Operator[] = [
  ...MEMBERSHIP,
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
];

/** Which operators ask a sensible question of which type; all others compare by accident. */
export const operatorsOf: Readonly<Record<Domain['type'], readonly Operator[]>> = {
  integer: ORDERED,
  decimal: ORDERED,
  date: ORDERED,
  boolean: ['equal', 'notEqual'],
  enum: MEMBERSHIP,
  list: ['contains', 'doesNotContain'],
};

interface Declared {
  facts: ReadonlyMap<string, FactDeclaration>;
  /** Every id under `facts`, well-formed or not. */
  factIds: ReadonlySet<string>;
  lists: Readonly<Record<string, readonly (number | string)[]>>;
}

/** Each leaf asks a declared fact with a fitting operator about values inside its domain. */
export function lintLeaves({ leaves, faults }: Met, declared: Declared): void {
  const usedLists = new Set<string>();
  for (const { pointer, leaf } of leaves) {
    const fact = declared.facts.get(leaf.fact);
    if (fact === undefined) {
      if (!declared.factIds.has(leaf.fact)) faults.add(`${pointer}/fact`, 'fact_undeclared', { fact: leaf.fact });
      continue;
    }
    const operator = leaf.operator as Operator;
    if (!operatorsOf[fact.type].includes(operator)) {
      faults.add(`${pointer}/operator`, 'operator_unfit', { operator, type: fact.type });
      continue;
    }
    if (operator === 'inList' || operator === 'notInList') usedLists.add(String(leaf.value));
    lintValue({ pointer: `${pointer}/value`, operator, value: leaf.value, fact }, declared, faults);
  }
  for (const list of Object.keys(declared.lists))
    if (!usedLists.has(list)) faults.add(`/lists${step(list)}`, 'list_unused', { list });
}

interface Asked {
  pointer: string;
  operator: Operator;
  value: unknown;
  fact: FactDeclaration;
}

function lintValue(asked: Asked, { lists }: Declared, faults: Faults): void {
  const { pointer, operator, value, fact } = asked;
  if (operator === 'in' || operator === 'notIn') return lintMembers(pointer, value, { fact, faults });
  if (operator === 'inList' || operator === 'notInList') {
    const list = typeof value === 'string' && Object.hasOwn(lists, value) ? lists[value] : undefined;
    if (list === undefined) return faults.add(pointer, 'list_undeclared', { list: String(value) });
    return lintElements(`/lists${step(String(value))}`, list, { fact, faults });
  }
  const domain: Domain =
    operator === 'contains' || operator === 'doesNotContain'
      ? { type: 'enum', values: 'values' in fact ? fact.values : [] }
      : fact;
  const fault = domainFault(domain, value);
  if (fault !== undefined) faults.add(pointer, fault);
}

interface Against {
  fact: FactDeclaration;
  faults: Faults;
}

function lintMembers(pointer: string, value: unknown, { fact, faults }: Against): void {
  // a text here would become a search for part of it
  if (!Array.isArray(value)) return faults.add(pointer, 'value_type_wrong');
  if (value.length === 0) return faults.add(pointer, 'too_few', { minimum: 1 });
  if (value.length > limits.inValues) return faults.add(pointer, 'in_too_long', { maximum: limits.inValues });
  lintElements(pointer, value, { fact, faults });
}

function lintElements(pointer: string, values: readonly unknown[], { fact, faults }: Against): void {
  const seen = new Set<unknown>();
  const allowed =
    'values' in fact && fact.values !== undefined && fact.values.length > 0 ? new Set<unknown>(fact.values) : undefined;
  for (const [i, element] of values.entries()) {
    const fault = allowed?.has(element) ? undefined : domainFault(fact, element);
    if (fault !== undefined) faults.add(pointer + step(i), fault);
    if (seen.has(element)) faults.add(pointer + step(i), 'value_doubled');
    seen.add(element);
  }
}
