import type { FactCatalogues } from '../../rules/dialect.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import type { Facts } from '../../rules/verdict.ts';
import type { FactDefinition } from '../../schemas/facts.ts';
import type { Node, Ruleset } from '../../schemas/ruleset.ts';
import type { Text } from '../../schemas/text.ts';
import { randomOf } from './random.ts';

const t = (words: string): Text => ({ 'zh-CN': words, en: words });
const FACTS = 24;
const WORDS = ['red', 'green', 'blue', 'white', 'black'];
type Random = (below: number) => number;

/** A document of so many rules over 24 facts, five to six leaves a rule, a third of them under an `any`. */
export function benchDocument(rules: number, seed = 1): LoadedRuleset {
  const random = randomOf(seed);
  let count = 0;
  const leaf = (): Node => {
    const fact = random(FACTS);
    count += 1;
    const name = `n${count}`;
    const kind = kindOf(fact);
    if (kind === 'enum') return { name, fact: `f${fact}`, operator: 'in', value: [WORDS[random(5)]!, 'none'] };
    if (kind === 'boolean') return { name, fact: `f${fact}`, operator: 'equal', value: random(2) === 1 };
    const operator = (['greaterThanInclusive', 'lessThan', 'greaterThan', 'lessThanInclusive'] as const)[random(4)]!;
    return { name, fact: `f${fact}`, operator, value: 100 + random(800) };
  };
  const leaves = (many: number): Node[] => Array.from({ length: many }, leaf);
  const rule = (i: number): Ruleset['rules'][number] => ({
    name: `R${i}`,
    conditions: { all: [...leaves(3 + random(2)), { any: leaves(2) }] },
    event: { type: 'grant', params: { credits: 10 } },
  });
  const list = Array.from({ length: rules }, (_, i) => rule(i));
  return loadRuleset(documentOf(list), { catalogues });
}

const kindOf = (fact: number): 'decimal' | 'enum' | 'boolean' =>
  fact % 4 === 3 ? 'enum' : fact % 8 === 6 ? 'boolean' : 'decimal';

function documentOf(rules: Ruleset['rules']): Ruleset {
  const facts = Object.entries(catalogue).filter(([id]) => id !== 'on');
  return {
    format: 'ruleset/1',
    id: 'bench',
    revision: 1,
    version: '1',
    title: t('bench'),
    decision: {
      question: t('?'),
      subject: 'pathway',
      combine: 'agree',
      outcomes: {
        grant: { code: 'granted', title: t('granted'), params: { credits: { type: 'integer', min: 0, max: 100 } } },
        refer: { code: 'referred', title: t('referred') },
      },
      otherwise: { type: 'refer' },
    },
    validity: { from: '2026-01-01', to: null, dateFact: 'on', timeZone: 'Asia/Shanghai' },
    facts: Object.fromEntries(facts.map(([id, { suppliedBy: _, ...fact }]) => [id, fact])) as Ruleset['facts'],
    sources: { S: { kind: 'practice', title: t('source'), articles: { '1': 'text' } } },
    rules,
    notes: Object.fromEntries(rules.map(({ name }) => [name, { title: t(name), cites: ['S/1'] }])),
    tests: { base: {}, cases: [{ name: 'none', facts: {}, expect: { type: 'undetermined' } }] },
    change: { author: 'bench', reason: t('bench'), affects: 'nobody' },
  };
}

const common = { source: 'register:bench', suppliedBy: 'registrar' } as const;
const catalogue: Record<string, FactDefinition> = {
  on: { type: 'date', min: 20000101, max: 20991231, title: t('on'), ...common },
};
for (let i = 0; i < FACTS; i += 1) {
  const title = t(`fact ${i}`);
  const kind = kindOf(i);
  if (kind === 'enum') catalogue[`f${i}`] = { type: 'enum', values: [...WORDS, 'none'], title, ...common };
  else if (kind === 'boolean') catalogue[`f${i}`] = { type: 'boolean', title, ...common };
  else catalogue[`f${i}`] = { type: 'decimal', scale: 1, min: 0, max: 1000, title, ...common };
}
export const catalogues: FactCatalogues = { pathway: catalogue };

/** So many students; of each fact so many in a hundred are missing. */
export function benchStudents(many: number, { missing = 0, seed = 2 } = {}): Facts[] {
  const random = randomOf(seed);
  return Array.from({ length: many }, () => {
    const facts: Record<string, unknown> = {};
    for (let i = 0; i < FACTS; i += 1) facts[`f${i}`] = random(100) < missing ? null : factValue(i, random);
    return facts;
  });
}

function factValue(fact: number, random: Random): unknown {
  const kind = kindOf(fact);
  if (kind === 'enum') return WORDS[random(5)];
  return kind === 'boolean' ? random(2) === 1 : random(1001);
}
