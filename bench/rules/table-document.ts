import type { FactCatalogues } from '../../rules/dialect.ts';
import type { FactDefinition } from '../../schemas/facts.ts';
import type { FactDeclaration, Leaf, Rule, Ruleset } from '../../schemas/ruleset.ts';
import type { Text } from '../../schemas/text.ts';
import { randomOf } from './random.ts';

type Random = (below: number) => number;
const t = (words: string): Text => ({ 'zh-CN': words, en: words });

const LEVELS = ['five', 'four', 'three', 'two', 'one'];
const PER_GROUP = 6;

/**
 * A credit table of exactly so many rules, as colleges write them: for each major and level bounds of its own for age,
 * overlap and score, then bands of credits. It covers every case once, so that any slip in a bound shows.
 */
export function tableDocument(rules: number, seed = 1): Ruleset {
  const random = randomOf(seed);
  // what is left over makes the last group longer
  const groups = Math.max(1, Math.floor(rules / PER_GROUP));
  const majors = Array.from({ length: Math.ceil(groups / LEVELS.length) }, (_, i) => `major-${i + 1}`);
  const list: Rule[] = [];
  for (let group = 0; group < groups; group += 1) {
    const at = { major: majors[Math.floor(group / LEVELS.length)]!, level: LEVELS[group % LEVELS.length]! };
    const untrained = group === groups - 1 ? LEVELS.slice((group % LEVELS.length) + 1) : [];
    if (untrained.length > 0) list.push(untrainedRule(at.major, untrained));
    const many = group === groups - 1 ? rules - list.length : PER_GROUP;
    list.push(...groupRules(at, { group, many, random }));
  }
  return documentOf(list, majors);
}

/** The catalogue that admits what such a document declares. */
export function tableCatalogue(doc: Ruleset): FactCatalogues {
  const date: FactDefinition = {
    type: 'date',
    min: 19800101,
    max: 20991231,
    title: t('date'),
    source: 'register:x',
    suppliedBy: 'registrar',
  };
  const entries = Object.entries(doc.facts).map(([id, { missing: _, titles: __, ...fact }]) => [
    id,
    { ...fact, suppliedBy: 'registrar' } as FactDefinition,
  ]);
  return { outcome_course: { on: date, ...Object.fromEntries(entries) } };
}

interface Group {
  group: number;
  many: number;
  random: Random;
}

type Condition = Omit<Leaf, 'name'>;

/** One rule not verified, one too old, one too little overlap, one failed, and the bands of those who passed. */
function groupRules(at: { major: string; level: string }, { group, many, random }: Group): Rule[] {
  const age = 12 + random(60);
  const overlap = 600 + random(300);
  const pass = 500 + random(150);
  const bands = many - 4;
  const bounds = Array.from({ length: bands }, (_, i) => pass + Math.floor((i * (1000 - pass)) / bands));
  const here: Condition[] = [
    { fact: 'major', operator: 'equal', value: at.major },
    { fact: 'level', operator: 'equal', value: at.level },
  ];
  const fresh: Condition[] = [
    ...here,
    { fact: 'verified', operator: 'equal', value: true },
    { fact: 'age', operator: 'lessThanInclusive', value: age },
  ];
  const enough: Condition[] = [...fresh, { fact: 'overlap', operator: 'greaterThanInclusive', value: overlap }];
  const rule = (no: number, conditions: readonly Condition[], event: Rule['event']): Rule => {
    const name = `G${group}-${no}`;
    return { name, conditions: { all: conditions.map((leaf, i) => ({ name: `${name}.${i}`, ...leaf })) }, event };
  };
  const deny = (reason: string): Rule['event'] => ({ type: 'deny', params: { reason } });
  return [
    rule(1, [...here, { fact: 'verified', operator: 'equal', value: false }], deny('unverified')),
    rule(2, [...fresh.slice(0, 3), { fact: 'age', operator: 'greaterThan', value: age }], deny('expired')),
    rule(3, [...fresh, { fact: 'overlap', operator: 'lessThan', value: overlap }], deny('overlap')),
    rule(4, [...enough, { fact: 'score', operator: 'lessThan', value: pass }], deny('score')),
    ...bounds.map((low, i) => {
      const next = bounds[i + 1];
      const to: Condition[] = next === undefined ? [] : [{ fact: 'score', operator: 'lessThan', value: next }];
      const from: Condition = { fact: 'score', operator: 'greaterThanInclusive', value: low };
      return rule(5 + i, [...enough, from, ...to], { type: 'grant', params: { credits: 10 + 5 * i } });
    }),
  ];
}

function documentOf(rules: Rule[], majors: string[]): Ruleset {
  return {
    format: 'ruleset/1',
    id: 'credit.table',
    revision: 1,
    version: '1',
    title: t('table'),
    decision: {
      question: t('?'),
      subject: 'outcome_course',
      outcomes: {
        grant: {
          code: 'recognised',
          title: t('recognised'),
          params: { credits: { type: 'decimal', scale: 1, min: 0, max: 200 } },
        },
        deny: {
          code: 'not_recognised',
          title: t('not recognised'),
          params: { reason: { type: 'enum', values: ['unverified', 'expired', 'overlap', 'score', 'level'] } },
        },
        refer: { code: 'referred', title: t('referred') },
      },
      scope: { all: [{ name: 'scope.status', fact: 'status', operator: 'equal', value: 'enrolled' }] },
      otherwise: { type: 'refer' },
    },
    validity: { from: '2026-09-01', to: null, dateFact: 'on', timeZone: 'Asia/Shanghai' },
    facts: factsOf(majors),
    sources: { S: { kind: 'policy', title: t('policy'), articles: { '1': 'text' } } },
    rules,
    notes: Object.fromEntries(rules.map(({ name }) => [name, { title: t(name), cites: ['S/1'] }])),
    tests: {
      base: { status: 'enrolled', major: majors[0]!, level: 'five', verified: true, age: 6, overlap: 950, score: 800 },
      cases: [{ name: 'good', facts: {}, expect: { type: 'grant' } }],
    },
    change: { author: 'bench', reason: t('bench'), affects: 'nobody' },
  };
}

function factsOf(majors: string[]): Record<string, FactDeclaration> {
  const common = (id: string): { title: Text; source: string } => ({ title: t(id), source: `register:${id}` });
  return {
    status: { type: 'enum', values: ['enrolled', 'suspended'], missing: 'required', ...common('status') },
    major: { type: 'enum', values: majors, missing: 'required', ...common('major') },
    level: { type: 'enum', values: LEVELS, missing: 'required', ...common('level') },
    verified: { type: 'boolean', ...common('verified') },
    age: { type: 'integer', min: 0, max: 240, better: 'lower', unit: 'month', ...common('age') },
    overlap: { type: 'decimal', scale: 1, min: 0, max: 1000, better: 'higher', ...common('overlap') },
    score: { type: 'decimal', scale: 1, min: 0, max: 1000, better: 'higher', ...common('score') },
  };
}

/** The levels that the last major does not train. */
function untrainedRule(major: string, levels: string[]): Rule {
  const conditions = {
    all: [
      { name: 'untrained.major', fact: 'major', operator: 'equal' as const, value: major },
      { name: 'untrained.level', fact: 'level', operator: 'in' as const, value: levels },
    ],
  };
  return { name: 'untrained', conditions, event: { type: 'deny', params: { reason: 'level' } } };
}

/** One bound moved by one step, or its own value let in or out. */
export function withOneSlip(doc: Ruleset, random: Random): { doc: Ruleset; node: string } {
  const slipped = structuredClone(doc);
  const bounds = slipped.rules.flatMap(({ conditions }) =>
    (conditions as { all: Leaf[] }).all.filter(({ operator }) => Object.hasOwn(OTHER, operator)),
  );
  const leaf = bounds[random(bounds.length)]!;
  const { min, max } = doc.facts[leaf.fact] as { min: number; max: number };
  const moved = (leaf.value as number) + (random(2) === 0 ? 1 : -1);
  if (random(3) === 0 || moved < min || moved > max) leaf.operator = OTHER[leaf.operator]!;
  else leaf.value = moved;
  return { doc: slipped, node: leaf.name };
}

const OTHER: Partial<Record<Leaf['operator'], Leaf['operator']>> = {
  lessThan: 'lessThanInclusive',
  lessThanInclusive: 'lessThan',
  greaterThan: 'greaterThanInclusive',
  greaterThanInclusive: 'greaterThan',
};
