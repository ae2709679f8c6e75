import { Engine } from 'json-rules-engine';
import type { RuleProperties } from 'json-rules-engine';
import type { Ruleset } from '../../schemas/ruleset.ts';

/** The rules that hold for json-rules-engine by itself, without our adapter, in document order. */
export async function firedByBareEngine(doc: Ruleset, facts: Record<string, unknown>): Promise<string[]> {
  const engine = new Engine(doc.rules.map((rule) => structuredClone(rule) as RuleProperties));
  for (const [name, condition] of Object.entries(doc.conditions ?? {}))
    engine.setCondition(name, structuredClone(condition) as RuleProperties['conditions']);
  engine.addOperator('inList', (got: unknown, id: string) => (doc.lists![id] as unknown[]).includes(got));
  engine.addOperator('notInList', (got: unknown, id: string) => !(doc.lists![id] as unknown[]).includes(got));
  const { results } = await engine.run(facts);
  const names = new Set(results.map((result) => result.name));
  return doc.rules.map((rule) => rule.name).filter((name) => names.has(name));
}

/** The result, or only that there was an error. */
export async function outcomeOf(act: () => unknown): Promise<unknown> {
  try {
    return await act();
  } catch {
    return 'error';
  }
}

/** Documents that the lint refuses, for what the two-valued reading must share with the engine all the same. */
export function lawlessDocument(): Ruleset {
  const leaf = (name: string, operator: string, value: unknown): object => ({ name, fact: 'n', operator, value });
  const conditions = [
    { all: [] },
    { any: [] },
    { not: { any: [] } },
    { all: [leaf('nan', 'in', [Number.NaN, 600])] },
    { all: [leaf('nan', 'notIn', [Number.NaN, 'x'])] },
    { all: [leaf('text', 'equal', '600')] },
    { all: [leaf('null', 'notEqual', null)] },
    { any: [leaf('text', 'lessThan', '7'), leaf('text', 'greaterThanInclusive', 'x')] },
    { all: [{ name: 'list', fact: 'l', operator: 'contains', value: Number.NaN }] },
  ];
  const rules = conditions.map((condition, i) => ({ name: `L${i}`, conditions: condition, event: { type: 'refer' } }));
  return { rules } as unknown as Ruleset;
}
