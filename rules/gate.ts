import { Problem } from '../schemas/problem.ts';
import type { Fault } from '../schemas/problem.ts';
import type { FactDeclaration, FactValue, Ruleset } from '../schemas/ruleset.ts';
import { domainFault } from './domain.ts';
import { step } from './faults.ts';
import type { Facts } from './verdict.ts';

/** The door for facts: ids sorted, so that nothing depends on the order of keys in a file. */
export interface Gate {
  readonly ids: readonly string[];
  readonly declared: readonly FactDeclaration[];
  /** The quick yes for each; what it does not settle is asked in full. */
  readonly isLawful: readonly ((value: unknown) => boolean)[];
  /** No id is one that every object inherits, so a plain object may be read without asking whose key it is. */
  readonly ownNames: boolean;
}

export function gateOf(doc: Ruleset): Gate {
  const ids = Object.keys(doc.facts).sort();
  const declared = ids.map((id) => doc.facts[id]!);
  return { ids, declared, isLawful: declared.map(quickTest), ownNames: !ids.some((id) => id in Object.prototype) };
}

function quickTest(fact: FactDeclaration): (value: unknown) => boolean {
  switch (fact.type) {
    case 'boolean':
      return (value) => value === true || value === false;
    case 'integer':
    case 'decimal': {
      const { min, max } = fact; // safe integers themselves
      return (value) => typeof value === 'number' && value >= min && value <= max && Math.floor(value) === value;
    }
    case 'enum': {
      // a Set answers for the long enums that a list would make slow
      const values = new Set<unknown>(fact.values ?? []);
      return (value) => values.has(value);
    }
    default:
      return () => false;
  }
}

/** Declared facts only, in gate order, missing as null. A wrong type or domain is an error, never a value. */
export function admit(gate: Gate, facts: Facts): FactValue[] {
  const { ids, isLawful } = gate;
  const allOwn = gate.ownNames && isPlain(facts);
  const values: FactValue[] = [];
  const faults: Fault[] = [];
  for (let i = 0; i < ids.length; i += 1) {
    const id = ids[i]!;
    const value = allOwn || Object.hasOwn(facts, id) ? facts[id] : null;
    if (value === null || value === undefined) {
      values.push(null);
      continue;
    }
    values.push(value as FactValue);
    if (isLawful[i]!(value)) continue;
    const code = domainFault(gate.declared[i]!, value);
    if (code !== undefined) faults.push({ pointer: `/facts${step(id)}`, code });
  }
  if (faults.length > 0) throw new Problem('fact_not_lawful', faults);
  return values;
}

function isPlain(facts: Facts): boolean {
  const prototype: unknown = Object.getPrototypeOf(facts);
  return prototype === Object.prototype || prototype === null;
}
