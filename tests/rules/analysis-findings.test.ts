import { expect, test } from 'vitest';
import { analyse } from '../../rules/analysis/analyse.ts';
import type { Analysis, Finding } from '../../rules/analysis/analyse.ts';
import { decide } from '../../rules/decide.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import type { Leaf, Rule, Ruleset } from '../../schemas/ruleset.ts';
import { catalogueOf, exampleDocument } from './example.ts';

type Edit = (doc: Ruleset) => void;

function edited(edit: Edit): LoadedRuleset {
  const doc = exampleDocument();
  edit(doc);
  return loadRuleset(doc, { catalogues: catalogueOf(doc) });
}

function analysed(edit: Edit): Analysis {
  return analyse(edited(edit));
}

const parts = (rule: Rule | undefined): Leaf[] => (rule!.conditions as { all: Leaf[] }).all;
const usable = (doc: Ruleset): Leaf[] => (doc.conditions!.usable as { all: Leaf[] }).all;
const ruleOf = (doc: Ruleset, name: string): Rule => doc.rules.find((rule) => rule.name === name)!;

function addRule(doc: Ruleset, rule: Rule, overrides?: string[]): void {
  doc.rules.push(rule);
  const title = { 'zh-CN': rule.name, en: rule.name };
  doc.notes[rule.name] = { title, cites: ['L1/8'], ...(overrides === undefined ? {} : { overrides }) };
}

test('the complete example of the design has nothing to complain of, and says what its grants can do without', () => {
  expect(analysed(() => undefined)).toMatchObject({
    findings: [],
    needless: [
      { rule: 'CT-01', facts: ['prize'] },
      { rule: 'CT-02', facts: ['prize'] },
    ],
    notDecided: [],
    impossible: 1,
  });
});

test('60 made 70 leaves a gap, told in ranges and shown by a case', () => {
  const { findings } = analysed((doc) => {
    usable(doc)[1]!.value = 700;
  });

  expect(findings).toMatchObject([
    {
      code: 'gap',
      severity: 'error',
      witness: { status: 'enrolled', level: 'senior', score: 600, age: 36, prize: 'none' },
      text: {
        'zh-CN': '没有规则管到的情况：实操成绩 60.0–69.9 且 证书月龄 36个月及以下。结果为转人工（to registrar）。',
        en: 'No rule covers these cases: practical score 60.0–69.9 and months since issue 36 months or less. The result is referred (to registrar).',
      },
    },
  ]);
});

test('a gap that stays keeps the name it is waived by; one that grows gets another', () => {
  const named = (value: number): string | undefined =>
    analysed((doc) => {
      usable(doc)[1]!.value = value;
    }).findings[0]?.name;

  expect(named(700)).toBe(named(700));
  expect(named(700)).not.toBe(named(701));
});

test('an exception not declared is a conflict, with the cases in which it bites', () => {
  const { findings } = analysed((doc) => {
    delete doc.notes['CT-10']!.overrides;
  });

  expect(findings).toMatchObject([
    {
      code: 'conflict',
      name: 'conflict:CT-09:CT-10',
      rules: ['CT-09', 'CT-10'],
      pointer: '/rules/4',
      witness: { age: 37, prize: 'national' },
    },
  ]);
});

test('two rules with one result overlap where only one may apply', () => {
  const { findings } = analysed((doc) => {
    const event = { type: 'deny' as const, params: { reason: 'expired' } };
    addRule(
      doc,
      {
        name: 'CT-11',
        conditions: { all: [{ name: 'CT-11.age', fact: 'age', operator: 'greaterThan', value: 60 }] },
        event,
      },
      [],
    );
    delete doc.notes['CT-11']!.overrides;
    doc.notes['CT-10']!.overrides = ['CT-09', 'CT-11'];
  });

  expect(findings.map(({ name }) => name)).toEqual(['overlap:CT-09:CT-11']);
});

test('of a rule with contradictory bounds it is said that it never fires, and what it leaves uncovered', () => {
  const { findings } = analysed((doc) => {
    parts(ruleOf(doc, 'CT-08'))[1]!.operator = 'greaterThan';
    parts(ruleOf(doc, 'CT-08')).push({ name: 'CT-08.low', fact: 'score', operator: 'lessThan', value: 600 });
  });

  expect(findings.map(({ code }) => code)).toEqual(['never_fires', 'gap']);
  expect(findings[0]).toMatchObject({ rules: ['CT-08'], witness: null, pointer: '/rules/2' });
});

test('a bound at the end of its domain asks nothing', () => {
  const { findings } = analysed((doc) => {
    parts(ruleOf(doc, 'CT-08')).push({ name: 'CT-08.top', fact: 'score', operator: 'greaterThan', value: 1000 });
  });

  expect(findings.find(({ code }) => code === 'value_outside_domain')).toMatchObject({
    nodes: ['CT-08.top'],
    pointer: '/rules/2/conditions/all/2',
    text: {
      'zh-CN': '条件“实操成绩高于100.0”永远不会成立：实操成绩只可能是0.0–100.0。',
      en: 'The condition "practical score is above 100.0" can never hold: practical score can only be 0.0–100.0.',
    },
  });
});

test('a condition that the others ensure can be left out', () => {
  const { findings } = analysed((doc) => {
    parts(ruleOf(doc, 'CT-09')).push({ name: 'CT-09.again', fact: 'age', operator: 'greaterThan', value: 24 });
  });

  expect(findings).toMatchObject([
    {
      code: 'redundant_condition',
      severity: 'warning',
      nodes: ['CT-09.again'],
      pointer: '/rules/3/conditions/all/1',
      text: {
        en: 'The condition "months since issue is above 24 months" in rule CT-09 can be left out: the others already ensure it, and no result changes.',
      },
    },
  ]);
});

test('of ordered rules one behind a wider one is never reached', () => {
  const { findings } = analysed((doc) => {
    doc.decision.combine = 'first';
    delete doc.notes['CT-10']!.overrides;
  });

  expect(findings).toMatchObject([{ code: 'unreachable', rules: ['CT-10', 'CT-09'], pointer: '/rules/4' }]);
});

test('a better score that loses is an error, told from which to which', () => {
  const { findings } = analysed((doc) => {
    usable(doc).push({ name: 'not-too-good', fact: 'score', operator: 'lessThan', value: 950 });
  });

  const loses = findings.filter(({ code }) => code === 'not_monotone');
  expect(loses.map(({ rules, pointer }) => [rules, pointer]).sort()).toEqual([
    [['CT-01'], '/facts/score'],
    [['CT-02'], '/facts/score'],
  ]);
  expect(loses.find(({ rules }) => rules.includes('CT-01'))).toMatchObject({
    witness: { score: 950, level: 'senior' },
    text: {
      en: 'A better practical score loses: from 60.0 to 95.0 the result falls from "converted (credits 8.0)" to "referred (to registrar) (no rule applies)" (level is senior and practical score 95.0 or more and months since issue 36 months or less).',
    },
  });
});

test('a denial worded as "not" would fire elsewhere without the fact; here it waits', () => {
  const { findings } = analysed((doc) => {
    ruleOf(doc, 'CT-08').conditions = {
      all: [
        { name: 'CT-08.age', fact: 'age', operator: 'lessThanInclusive', value: 36 },
        { not: { name: 'CT-08.score', fact: 'score', operator: 'greaterThanInclusive', value: 600 } },
      ],
    };
  });

  expect(findings).toMatchObject([
    { code: 'missing_data_hazard', severity: 'warning', nodes: ['CT-08.score'], witness: { score: null } },
  ]);
});

test('a rule that holds in all cases tells none apart', () => {
  const { findings } = analysed((doc) => {
    doc.decision.combine = 'collect';
    addRule(doc, {
      name: 'CT-12',
      conditions: {
        any: [
          { name: 'young', fact: 'age', operator: 'lessThan', value: 37 },
          { name: 'old', fact: 'age', operator: 'greaterThan', value: 36 },
        ],
      },
      event: { type: 'refer', params: { to: 'registrar' } },
    });
  });

  expect(findings.filter(({ rules }) => rules.includes('CT-12')).map(({ name }) => name)).toEqual([
    'always_fires:CT-12',
  ]);
});

test('each finding names itself once', () => {
  const { findings } = analysed((doc) => {
    usable(doc)[1]!.value = 700;
    delete doc.notes['CT-10']!.overrides;
    parts(ruleOf(doc, 'CT-09')).push({ name: 'CT-09.again', fact: 'age', operator: 'greaterThan', value: 24 });
  });
  const names = findings.map(({ name }: Finding) => name);

  expect(new Set(names).size).toBe(names.length);
});

test('what the budget does not answer is said question by question, never passed over', () => {
  const { findings, notDecided } = analyse(
    edited(() => undefined),
    { budget: 3 },
  );

  expect(notDecided.map(({ question }) => question)).toContain('gap');
  expect(findings.filter(({ code }) => code === 'not_decided').map(({ name }) => name)).toEqual(
    notDecided.map(({ question }) => `not_decided:${question}`),
  );
});

test('a rule too wide for an answer is named, the others are analysed all the same', () => {
  const wide = (doc: Ruleset): void => {
    const pairs = (i: number): Rule['conditions'] => ({
      any: [
        { name: `w${i}a`, fact: 'score', operator: 'equal', value: 600 + 2 * i },
        { name: `w${i}b`, fact: 'age', operator: 'equal', value: 100 + 2 * i },
      ],
    });
    addRule(doc, {
      name: 'CT-13',
      conditions: {
        not: { any: Array.from({ length: 16 }, (_, i) => ({ all: [pairs(i)] })).map((one) => ({ not: one })) },
      },
      event: { type: 'refer', params: { to: 'registrar' } },
    });
  };
  const { notDecided } = analysed(wide);

  expect(notDecided.every(({ rules }) => rules.length === 0 || rules.includes('CT-13'))).toBe(true);
});

test('a witness is decided as its finding says also where lists are asked for', () => {
  const loaded = edited((doc) => {
    doc.facts.marks = {
      type: 'list',
      values: ['absent', 'cheated'],
      source: 'register:outcome',
      title: { 'zh-CN': '考试标记', en: 'marks' },
    };
    doc.tests.base.marks = [];
    parts(ruleOf(doc, 'CT-09')).push({ name: 'CT-09.m', fact: 'marks', operator: 'doesNotContain', value: 'cheated' });
  });
  const gap = analyse(loaded).findings.find(({ code }) => code === 'gap');

  expect(gap?.text.en).toContain('marks contains cheated');
  expect(decide(loaded, gap!.witness!).because.kind).toBe('otherwise');
});

test('a bound elsewhere that cuts a gap finer leaves it its name', () => {
  const gapOf = (edit: Edit): string | undefined =>
    analysed((doc) => {
      usable(doc)[1]!.value = 700;
      edit(doc);
    }).findings.find(({ code }) => code === 'gap')?.name;

  expect(gapOf(() => undefined)).toBe(
    gapOf((doc) => {
      parts(ruleOf(doc, 'CT-10')).push({ name: 'cut', fact: 'score', operator: 'notEqual', value: 650 });
    }),
  );
});
