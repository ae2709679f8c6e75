import { readFileSync } from 'node:fs';
import type { FactDefinition } from '../../schemas/facts.ts';
import type { FactDeclaration, Ruleset } from '../../schemas/ruleset.ts';
import type { FactCatalogues } from '../../rules/dialect.ts';

/** The complete example of rules.md §2, a fresh copy a call. */
export function exampleDocument(): Ruleset {
  return JSON.parse(readFileSync(new URL('fixtures/web-frontend.json', import.meta.url), 'utf8')) as Ruleset;
}

/** A catalogue that admits exactly what a test document declares, and a date to choose its revision by. */
export function catalogueOf(doc: Ruleset): FactCatalogues {
  const entries = Object.entries(doc.facts).map(([id, fact]): [string, FactDefinition] => [id, definitionOf(fact)]);
  const date: FactDefinition = {
    type: 'date',
    min: 19800101,
    max: 20991231,
    title: { 'zh-CN': '日期', en: 'date' },
    source: 'register:x',
    suppliedBy: 'registrar',
  };
  return { [doc.decision.subject]: { [doc.validity.dateFact]: date, ...Object.fromEntries(entries) } };
}

function definitionOf({ missing: _, titles: __, ...fact }: FactDeclaration): FactDefinition {
  return { ...(fact as Omit<FactDefinition, 'suppliedBy'>), suppliedBy: 'registrar' };
}
