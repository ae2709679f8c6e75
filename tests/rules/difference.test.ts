import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { difference, prepareDifference } from '../../rules/analysis/difference.ts';
import { decide } from '../../rules/decide.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import type { Verdict } from '../../rules/verdict.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { catalogueOf, exampleDocument } from './example.ts';
import { patience, seed, someRuns } from './seed.ts';
import { everyCase, smallPairs } from './small-documents.ts';

vi.setConfig({ testTimeout: patience });

const load = (doc: Ruleset): LoadedRuleset => loadRuleset(doc, { catalogues: catalogueOf(doc) });

/** What a student gets, and on what kind of ground; said here once more in its own words. */
function outcome({ type, code, params, events, because }: Verdict): string {
  const given = events?.map((event) => `${event.type} ${JSON.stringify(event.params)}`).sort();
  return [type, code, JSON.stringify(params), given?.join(), because.kind].join(' | ');
}

const move = (from: Verdict, to: Verdict): string => `${outcome(from)} > ${outcome(to)}`;

test('the regions of a difference hold exactly the cases whose outcome changes, and name each change', () => {
  fc.assert(
    fc.property(smallPairs, ([one, other]) => {
      const [base, draft] = [load(one), load(other)];
      const prepared = prepareDifference(base, draft);
      const moves = new Set<string>();
      const wrong: unknown[] = [];
      for (const facts of everyCase([one, other], { gapped: true })) {
        const [from, to] = [decide(base, facts), decide(draft, facts)];
        const changes = outcome(from) !== outcome(to);
        if (changes) moves.add(move(from, to));
        if (prepared.holds(facts) !== changes) wrong.push(facts);
      }
      expect(wrong).toEqual([]);
      const { shifts, equal, decided } = prepared.difference;
      expect(decided).toBe(true);
      expect(equal).toBe(moves.size === 0);
      expect(shifts.map(({ witness }) => move(decide(base, witness), decide(draft, witness))).sort()).toEqual(
        [...moves].sort(),
      );
    }),
    { seed, numRuns: someRuns(400) },
  );
});

test('raising a bound from 60 to 70 loses exactly those between, level by level', () => {
  const [before, after] = [exampleDocument(), exampleDocument()];
  (after.conditions!.usable as { all: { value: number }[] }).all[1]!.value = 700;

  const { shifts, equal } = difference(load(before), load(after));

  expect(equal).toBe(false);
  expect(
    shifts.map(({ from, to, regions }) => [from.title.en, to.title.en, regions.map(({ words }) => words.en)]),
  ).toEqual([
    [
      'converted (credits 8.0)',
      'referred (to registrar) (no rule applies)',
      ['level is senior and practical score 60.0–69.9 and months since issue 36 months or less'],
    ],
    [
      'converted (credits 3.0)',
      'referred (to registrar) (no rule applies)',
      [
        'level is junior and practical score 60.0–69.9 and months since issue 36 months or less and contest prize is none, provincial, not recorded',
        'level is intermediate and practical score 60.0–69.9 and months since issue 36 months or less',
      ],
    ],
  ]);
});

test('other names, notes, order without meaning and split lists are no difference in outcome', () => {
  const [before, after] = [exampleDocument(), exampleDocument()];
  after.rules = [...after.rules].reverse();
  after.notes['CT-01']!.title.en = 'senior';
  after.version = '2026.3';

  const { equal, shifts, changed } = difference(load(before), load(after));

  expect([equal, shifts]).toEqual([true, []]);
  expect(changed.texts).toEqual([
    {
      pointer: '/notes/CT-01/title',
      from: { 'zh-CN': '高级：8学分', en: 'senior: 8 credits' },
      to: { 'zh-CN': '高级：8学分', en: 'senior' },
    },
  ]);
});

test('changed domains, sources and facts stand beside the outcomes', () => {
  const [before, after] = [exampleDocument(), exampleDocument()];
  (after.facts.score as { max: number }).max = 950;
  after.facts.age!.missing = 'required';
  after.sources.L1!.number = '示例2号';

  const { changed } = difference(load(before), load(after));

  expect(changed.domains).toMatchObject([{ fact: 'score', from: { en: '0.0–100.0' }, to: { en: '0.0–95.0' } }]);
  expect(changed.facts).toMatchObject([{ fact: 'age', change: 'changed' }]);
  expect(changed.sources).toMatchObject([{ source: 'L1', change: 'changed' }]);
});

test('a value that only one of the two admits lies in the difference, one that neither admits does not', () => {
  const [before, after] = [exampleDocument(), exampleDocument()];
  (after.facts.score as { max: number }).max = 950;
  const { holds } = prepareDifference(load(before), load(after));
  const facts = before.tests.base;

  expect([600, 950, 951, 1000, 1001].map((score) => holds({ ...facts, score }))).toEqual([
    false,
    false,
    true,
    true,
    false,
  ]);
});

test('documents that mean different things by one fact, or ask about different things, are not compared', () => {
  const [before, after] = [exampleDocument(), exampleDocument()];
  after.decision.subject = 'pathway';

  expect(difference(load(before), load(after))).toMatchObject({ decided: false, equal: false, shifts: [] });
});

test('a spent budget is said', () => {
  const [before, after] = [exampleDocument(), exampleDocument()];
  after.decision.otherwise = { type: 'refer', params: { to: 'programme_leader' } };
  after.rules[0]!.event.params = { credits: 70 };

  expect(difference(load(before), load(after), { budget: 2 })).toMatchObject({ decided: false, equal: false });
});
