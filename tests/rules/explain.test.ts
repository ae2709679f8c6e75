import { describe, expect, test } from 'vitest';
import { decideWithTrace } from '../../rules/decide.ts';
import { awaitedFacts, explain, outcomeText } from '../../rules/explain.ts';
import { formatDay, formatDecimal, parseDecimal } from '../../rules/format.ts';
import { loadRuleset } from '../../rules/load.ts';
import { nearMisses } from '../../rules/near-misses.ts';
import { documentSentences, sentenceLines } from '../../rules/sentences.ts';
import { factCatalogue } from '../../schemas/facts.ts';
import { valueTitles } from '../../schemas/value-titles.ts';
import { catalogueOf, exampleDocument } from './example.ts';
import { libraryDocument, libraryDocuments } from './library.ts';

const doc = exampleDocument();
const loaded = loadRuleset(doc, { catalogues: catalogueOf(doc) });
const given = (facts: object): Record<string, unknown> => ({ ...doc.tests.base, ...facts });
const reasonsFor = (facts: object): ReturnType<typeof explain> =>
  explain(loaded, decideWithTrace(loaded, given(facts)), given(facts));

describe('reasons', () => {
  test('a grant names each leaf that carries it, in the document’s own words where it has some', () => {
    expect(reasonsFor({}).map(({ rule, node, text }) => [rule, node, text['zh-CN']])).toEqual([
      ['CT-01', 'age', '证书月龄为36个月，未超过36个月'],
      ['CT-01', 'score', '实操60.0分，达到60.0分'],
      ['CT-01', 'CT-01.level', '证书等级为senior'],
    ]);
  });

  test('each names rule, title, source, article and its verbatim text', () => {
    const [reason] = reasonsFor({ age: 37 });

    expect(reason).toMatchObject({
      kind: 'rule',
      rule: 'CT-09',
      title: { en: 'over 36 months' },
      fact: 'age',
      got: 37,
      wanted: 36,
      truth: 'true',
      gotText: { 'zh-CN': '37个月', en: '37 months' },
      wantedText: { 'zh-CN': '高于36个月', en: 'is above 36 months' },
      cites: [{ number: '示例1号', article: '9', text: '超过36个月不予转换；国赛获奖者由专业负责人复核。' }],
    });
  });

  test('a wait names only the open facts, and who supplies them', () => {
    const facts = given({ score: null });
    const verdict = decideWithTrace(loaded, facts);

    expect(new Set(explain(loaded, verdict, facts).map(({ fact, truth }) => `${fact} ${truth}`))).toEqual(
      new Set(['score unknown']),
    );
    expect(awaitedFacts(loaded, verdict)).toEqual([
      {
        fact: 'score',
        title: { 'zh-CN': '实操成绩', en: 'practical score' },
        source: 'register:outcome',
        suppliedBy: 'registrar',
      },
    ]);
  });

  test('a yes or no nobody has recorded is said to be missing, and not compared', () => {
    const own = loadRuleset(libraryDocument('conclusion.diploma'));
    const facts = { ...own.doc.tests.base, disciplineOpen: null };
    const [waits] = explain(own, decideWithTrace(own, facts), facts).filter(({ fact }) => fact === 'disciplineOpen');

    const { factTitle, text } = waits!;
    expect(text).toEqual({ 'zh-CN': `「${factTitle['zh-CN']}」尚未登记`, en: `${factTitle.en} is not recorded yet` });
  });

  test('out of scope, a required fact, a case that cannot occur and nothing applying each say so', () => {
    expect(reasonsFor({ status: 'suspended' })).toMatchObject([{ kind: 'scope', fact: 'status', truth: 'false' }]);
    expect(reasonsFor({ level: null })).toMatchObject([{ kind: 'not-applicable', fact: 'level' }]);
    expect(reasonsFor({ status: null }).map(({ kind }) => kind)).toEqual(['required', 'scope']);
    expect(reasonsFor({ level: 'junior', prize: 'national' })).toMatchObject([
      { kind: 'impossible', title: { en: 'national contest: intermediate up' } },
      { kind: 'impossible' },
    ]);
  });

  test('the outcome reads with its params, decimals with their point', () => {
    expect(outcomeText(doc, { type: 'grant', params: { credits: 80 } })['zh-CN']).toBe('准予转换（credits 8.0）');
    expect(outcomeText(doc, { type: 'undetermined' })['zh-CN']).toBe('待定');
  });
});

describe('near misses', () => {
  test('the nearest grant is the one with fewest facts changed, then fewest steps', () => {
    const { decided, misses } = nearMisses(loaded, given({ score: 580 }));

    expect(decided).toBe('found');
    expect(misses[0]).toMatchObject({
      rule: 'CT-01',
      steps: 20,
      changes: [{ fact: 'score', got: 580, needed: 600 }],
      text: { 'zh-CN': '实操成绩58.0，需60.0；其余均满足' },
    });
  });

  test('what an exception would displace is not near', () => {
    const { misses } = nearMisses(loaded, given({ age: 40, prize: 'national' }));

    expect(misses[0]?.changes).toMatchObject([{ fact: 'age', got: 40, needed: 36 }]);
  });

  test('facts of the scope stay: another status is another question', () => {
    expect(nearMisses(loaded, given({ status: 'suspended' }))).toEqual({ decided: 'none', misses: [] });
  });

  test('a spent budget is admitted', () => {
    expect(nearMisses(loaded, given({ score: 1, age: 100 }), { budget: 5 }).decided).toBe('not_decided');
  });

  test('no change smaller in facts or steps grants: tried over every value', () => {
    for (const facts of [given({ score: 580 }), given({ age: 40 }), given({ score: 1, age: 39 })]) {
      const [best] = nearMisses(loaded, facts).misses;
      const nearer: unknown[] = [];
      for (let score = 0; score <= 1000; score += 1) if (isNearer(facts, { score }, best!)) nearer.push({ score });
      for (let age = 0; age <= 240; age += 1) if (isNearer(facts, { age }, best!)) nearer.push({ age });
      expect(nearer).toEqual([]);
    }
  });
});

function isNearer(
  facts: Record<string, unknown>,
  change: Record<string, number>,
  best: { steps: number; changes: readonly unknown[] },
): boolean {
  const [[fact, value]] = Object.entries(change) as [[string, number]];
  const steps = Math.abs(value - (facts[fact] as number));
  return (
    decideWithTrace(loaded, { ...facts, ...change }).type === 'grant' && (best.changes.length > 1 || steps < best.steps)
  );
}

describe('numbers and dates at the edge', () => {
  test.each([
    [745, 1, '74.5'],
    [0, 1, '0.0'],
    [-5, 2, '-0.05'],
    [600, 0, '600'],
    [1, 4, '0.0001'],
  ])('%i at scale %i is %s, and back', (value, scale, text) => {
    expect(formatDecimal(value, scale)).toBe(text);
    expect(parseDecimal(text, scale)).toBe(value);
  });

  test('more decimals than the scale, signs and blanks are not read', () => {
    for (const text of ['74.55', '1e3', '+1', ' 1', '', '.5', '0x10', '１'])
      expect(parseDecimal(text, 1)).toBeUndefined();
  });

  test('a date reads as a date', () => {
    expect([formatDay(20260630, 'zh-CN'), formatDay(20260630, 'en')]).toEqual(['2026年6月30日', '2026-06-30']);
  });
});

test('a document reads as sentences', () => {
  const { rules, otherwise } = documentSentences(doc, 'zh-CN');

  expect(sentenceLines(rules[0]!.conditions)).toEqual([
    '以下全部满足：',
    '  以下全部满足：',
    '    证书月龄不超过36个月',
    '    实操成绩不低于60.0',
    '  证书等级为senior',
  ]);
  expect(rules[4]).toMatchObject({
    title: '国赛获奖者复核',
    overrides: ['CT-09'],
    exceptionText: '是下列规则的例外：CT-09',
    cites: [{ article: '9' }],
  });
  expect(otherwise).toBe('转人工（to registrar）');
});

test('every enum value of the fact catalogue has a title in both languages', () => {
  const untitled = Object.values(factCatalogue).flatMap((facts) =>
    Object.entries(facts as Record<string, { values?: readonly string[] }>).flatMap(([fact, { values = [] }]) =>
      values.filter((value) => valueTitles[fact]?.[value] === undefined).map((value) => `${fact} ${value}`),
    ),
  );

  expect(untitled).toEqual([]);
});

test.each(libraryDocuments())(
  '%s explains each of its own cases in both languages, with no place left open',
  (_, document) => {
    const own = loadRuleset(document);
    for (const { facts } of document.tests.cases) {
      const all = { ...document.tests.base, ...facts };
      const verdict = decideWithTrace(own, all);
      const reasons = explain(own, verdict, all);
      if (verdict.type !== 'refer') expect(reasons.length).toBeGreaterThan(0);
      for (const { text } of reasons)
        for (const words of [text['zh-CN'], text.en]) expect(words).not.toMatch(/[{}]|undefined|\[object/);
    }
  },
);
