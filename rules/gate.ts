import { Problem } from '../schemas/problem.ts';
import type { Fault } from '../schemas/problem.ts';
import type { FactDeclaration, FactValue, Ruleset } from '../schemas/ruleset.ts';
import { domainFault } from './domain.ts';
import type { DomainFault } from './domain.ts';
import { step } from './faults.ts';
import type { Facts } from './verdict.ts';

/** The door for facts: ids sorted, so that nothing depends on the order of keys in a file. */
export interface Gate {
  readonly ids: readonly string[];
  readonly checks: readonly ((value: unknown) => DomainFault | undefined)[];
}

export function gateOf(doc: Ruleset): Gate {
  const ids = Object.keys(doc.facts).sort();
  return { ids, checks: ids.map((id) => checkOf(doc.facts[id]!)) };
}

/** The quick yes for each type; whatever it does not settle is asked in full. */
function checkOf(fact: FactDeclaration): (value: unknown) => DomainFault | undefined {
  const isLawful = quickTest(fact);
  return (value) => (isLawful(value) ? undefined : domainFault(fact, value));
}

function quickTest(fact: FactDeclaration): (value: unknown) => boolean {
  switch (fact.type) {
    case 'boolean':
      return (value) => value === true || value === false;
    case 'integer':
    case 'decimal': {
      const { min, max } = fact;
      return (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
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
  const values = new Array<FactValue>(gate.ids.length);
  const faults: Fault[] = [];
  for (let i = 0; i < values.length; i += 1) {
    const id = gate.ids[i]!;
    const value = Object.hasOwn(facts, id) ? facts[id] : null;
    values[i] = (value ?? null) as FactValue;
    if (value === null || value === undefined) continue;
    const code = gate.checks[i]!(value);
    if (code !== undefined) faults.push({ pointer: `/facts${step(id)}`, code });
  }
  if (faults.length > 0) throw new Problem('fact_not_lawful', faults);
  return values;
}
