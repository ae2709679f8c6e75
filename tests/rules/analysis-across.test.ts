import { expect, test } from 'vitest';
import { findingsAmong } from '../../rules/analysis/among.ts';
import { equivalenceCycles } from '../../rules/analysis/cycles.ts';
import { dateGaps } from '../../rules/analysis/dates.ts';
import { decide } from '../../rules/decide.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import type { FactDeclaration, ParamDefinition, Rule, Ruleset } from '../../schemas/ruleset.ts';
import { catalogueOf, exampleDocument } from './example.ts';
import { libraryDocuments } from './library.ts';

const t = (words: string): { 'zh-CN': string; en: string } => ({ 'zh-CN': words, en: words });

interface Exchange {
  id: string;
  fact: string;
  takes: string | number;
  /** What it gives. */
  params: Record<string, string | number>;
}

const SKILLS = ['none', 'five', 'four', 'three', 'two', 'one'];
const TITLES = ['none', 'junior', 'intermediate', 'senior'];
const facts: Record<string, object> = {
  heldLevel: { type: 'enum', values: SKILLS },
  titleLevel: { type: 'enum', values: TITLES },
  priorCredits: { type: 'decimal', scale: 1, min: 0, max: 500 },
};
const params: Record<string, object> = {
  skillLevel: { type: 'enum', values: SKILLS },
  titleLevel: { type: 'enum', values: TITLES },
  credits: { type: 'decimal', scale: 1, min: 0, max: 500 },
  effect: { type: 'enum', values: ['held', 'may_sit', 'treated_as'] },
};

/** A rule set of one rule that gives one thing for another. */
function exchange({ id, fact, takes, params: given }: Exchange): LoadedRuleset {
  const doc: Ruleset = exampleDocument();
  const operator = typeof takes === 'number' ? 'greaterThanInclusive' : 'equal';
  const rule: Rule = {
    name: 'X-01',
    conditions: { all: [{ name: 'X-01.held', fact, operator, value: takes }] },
    event: { type: 'grant', params: given },
  };
  const definitions = Object.fromEntries(Object.keys(given).map((param) => [param, params[param]]));
  doc.id = id;
  doc.facts = { [fact]: { ...facts[fact], title: t(fact), source: 'register:x' } as FactDeclaration };
  doc.decision = {
    question: t('?'),
    subject: 'outcome',
    outcomes: {
      grant: { code: 'granted', title: t('granted'), params: definitions as Record<string, ParamDefinition> },
      refer: { code: 'referred', title: t('referred') },
    },
    otherwise: { type: 'refer' },
  };
  doc.rules = [rule];
  doc.notes = { 'X-01': { title: t('X-01'), cites: ['L1/8'] } };
  doc.tests = { base: {}, cases: [{ name: 'none', facts: {}, expect: { type: 'undetermined' } }] };
  delete doc.conditions;
  delete doc.explain;
  return loadRuleset(doc, { catalogues: catalogueOf(doc) });
}

const upward = exchange({ id: 'to-title', fact: 'heldLevel', takes: 'three', params: { titleLevel: 'intermediate' } });
const back = (level: string): LoadedRuleset =>
  exchange({ id: 'to-skill', fact: 'titleLevel', takes: 'intermediate', params: { skillLevel: level } });

test('a round of equivalences that ends higher than it began is found, with the way and a case', () => {
  const [cycle, ...others] = equivalenceCycles([upward, back('two')]);

  expect(others).toEqual([]);
  expect(cycle).toMatchObject({
    code: 'equivalence_cycle',
    severity: 'error',
    rules: ['to-title/X-01', 'to-skill/X-01'],
    witness: { heldLevel: 'three' },
    text: {
      en: 'Going round these equivalences raises the level: skill level: level three (senior) → to-title/X-01 → level of title: intermediate → to-skill/X-01 → skill level: level two (technician).',
    },
  });
  expect(decide(upward, cycle!.witness!)).toMatchObject({ type: 'grant', params: { titleLevel: 'intermediate' } });
});

test('a round that ends where it began, or lower, raises nobody', () => {
  expect(equivalenceCycles([upward, back('three')])).toEqual([]);
  expect(equivalenceCycles([upward, back('four')])).toEqual([]);
});

test('leave to sit an examination is no exchange', () => {
  const leave = exchange({
    id: 'to-skill',
    fact: 'titleLevel',
    takes: 'intermediate',
    params: { skillLevel: 'two', effect: 'may_sit' },
  });

  expect(equivalenceCycles([upward, leave])).toEqual([]);
});

test('a rule that gives more credits than it takes is found by itself', () => {
  const credit = (takes: number): LoadedRuleset =>
    exchange({ id: 'credit', fact: 'priorCredits', takes, params: { credits: 30 } });

  expect(equivalenceCycles([credit(30)])).toEqual([]);
  expect(equivalenceCycles([credit(29)])).toMatchObject([{ rules: ['credit/X-01'], witness: { priorCredits: 29 } }]);
});

test('what the budget does not answer is said', () => {
  expect(equivalenceCycles([upward, back('two')], { budget: 0 })).toMatchObject([{ code: 'not_decided' }]);
});

test('nothing in the library raises a level or credits by going round', () => {
  expect(equivalenceCycles(libraryDocuments().map(([, doc]) => loadRuleset(doc)))).toEqual([]);
});

test('days between revisions, and after the last, on which none is in force', () => {
  const gaps = dateGaps([
    { from: '2027-09-01', to: '2028-09-01' },
    { from: '2024-09-01', to: '2026-09-01' },
    { from: '2025-09-01', to: '2026-12-01' },
  ]);

  expect(gaps).toMatchObject([
    {
      code: 'date_gap',
      name: 'date_gap:2026-12-01:2027-09-01',
      text: { en: 'No revision is in force from 2026-12-01 to 2027-08-31: cases of that time cannot be decided.' },
    },
    { name: 'date_gap:2028-09-01:open' },
  ]);
});

test('an open end covers all that follows; neighbours leave no day between', () => {
  expect(
    dateGaps([
      { from: '2024-09-01', to: '2026-09-01' },
      { from: '2026-09-01', to: null },
      { from: '2025-01-01', to: '2025-02-01' },
    ]),
  ).toEqual([]);
  expect(dateGaps([])).toEqual([]);
});

test('among what is in force a draft answers for the round it closes and the days it leaves open, not for older ones', () => {
  const alone = { periods: [], others: [upward] };
  expect(findingsAmong(back('two'), alone).map(({ code }) => code)).toEqual(['equivalence_cycle']);
  expect(findingsAmong(back('three'), alone)).toEqual([]);

  const credit = exchange({ id: 'credit', fact: 'priorCredits', takes: 29, params: { credits: 30 } });
  expect(findingsAmong(back('three'), { periods: [], others: [upward, credit] })).toEqual([]);

  const { from } = upward.doc.validity;
  const before = { from: '2020-09-01', to: '2021-09-01' };
  expect(findingsAmong(upward, { periods: [before], others: [] })).toMatchObject([
    { code: 'date_gap', name: `date_gap:2021-09-01:${from}` },
  ]);
});
