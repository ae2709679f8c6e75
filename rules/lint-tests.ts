import type { FactDeclaration, FactValue, Ruleset } from '../schemas/ruleset.ts';
import { domainFault } from './domain.ts';
import type { Faults } from './faults.ts';
import { step } from './faults.ts';

interface Known {
  facts: ReadonlyMap<string, FactDeclaration>;
  factIds: ReadonlySet<string>;
  ruleNames: ReadonlySet<string>;
  faults: Faults;
}

/** A document's own tests speak of its facts and rules, in their domains. */
export function lintTests({ base, cases }: Ruleset['tests'], known: Known): void {
  lintValues('/tests/base', base, known);
  const names = new Map<string, number>();
  for (const [i, test] of cases.entries()) {
    const at = `/tests/cases${step(i)}`;
    const first = names.get(test.name);
    if (first === undefined) names.set(test.name, i);
    else known.faults.add(`${at}/name`, 'name_doubled', { name: test.name, first: `/tests/cases/${first}` });
    lintValues(`${at}/facts`, test.facts, known);
    for (const [j, rule] of (test.expect.fired ?? []).entries())
      if (!known.ruleNames.has(rule)) known.faults.add(`${at}/expect/fired${step(j)}`, 'rule_undeclared', { rule });
    for (const [j, fact] of (test.expect.missing ?? []).entries())
      if (!known.factIds.has(fact)) known.faults.add(`${at}/expect/missing${step(j)}`, 'fact_undeclared', { fact });
  }
}

function lintValues(pointer: string, values: Readonly<Record<string, FactValue>>, known: Known): void {
  for (const [id, value] of Object.entries(values)) {
    const at = pointer + step(id);
    const fact = known.facts.get(id);
    if (!known.factIds.has(id)) known.faults.add(at, 'fact_undeclared', { fact: id });
    // null is missing, and missing may be tested of any fact
    if (fact === undefined || value === null) continue;
    const fault = domainFault(fact, value);
    if (fault !== undefined) known.faults.add(at, fault);
  }
}
