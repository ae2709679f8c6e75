import { describe, expect, test } from 'vitest';
import { lintRuleset } from '../../rules/dialect.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { catalogueOf, exampleDocument } from './example.ts';

const catalogues = catalogueOf(exampleDocument());

/** Faults after one change, as `code pointer`. */
function faultsAfter(change: (doc: Mutable) => void): string[] {
  const doc = exampleDocument() as Mutable;
  change(doc);
  return lintRuleset(doc, catalogues).map(({ code, pointer }) => `${code} ${pointer}`);
}

// tests write what no document may hold
// biome-ignore lint/suspicious/noExplicitAny: hostile documents have any shape
type Mutable = any;

const leaf = (name: string): object => ({ name, fact: 'score', operator: 'lessThan', value: 600 });

const cases: readonly [string, (doc: Mutable) => void, string][] = [
  ['an unknown top-level key', (d) => (d.extra = 1), 'key_unknown /extra'],
  ['an unknown key on a rule', (d) => (d.rules[0].priority = 2), 'key_unknown /rules/0/priority'],
  ['an event handler on a rule', (d) => (d.rules[0].onSuccess = 'x'), 'key_unknown /rules/0/onSuccess'],
  [
    'a path on a leaf',
    (d) => (d.rules[0].conditions.all[1].path = '$.x'),
    'key_unknown /rules/0/conditions/all/1/path',
  ],
  [
    'params on a leaf',
    (d) => (d.rules[0].conditions.all[1].params = {}),
    'key_unknown /rules/0/conditions/all/1/params',
  ],
  ['any beside all', (d) => (d.rules[0].conditions.any = []), 'key_unknown /rules/0/conditions/any'],
  ['leaf keys beside all', (d) => (d.rules[2].conditions.fact = 'age'), 'root_is_leaf /rules/2/conditions'],
  ['an empty all', (d) => (d.rules[2].conditions = { all: [] }), 'list_empty /rules/2/conditions/all'],
  ['an empty any', (d) => (d.rules[2].conditions = { all: [{ any: [] }] }), 'list_empty /rules/2/conditions/all/0/any'],
  ['a leaf as root', (d) => (d.rules[2].conditions = leaf('x')), 'root_is_leaf /rules/2/conditions'],
  [
    'a leaf without a name',
    (d) => delete d.rules[2].conditions.all[0].name,
    'field_missing /rules/2/conditions/all/0/name',
  ],
  [
    'a doubled node name',
    (d) => (d.rules[3].conditions.all[0].name = 'CT-08.age'),
    'name_doubled /rules/3/conditions/all/0/name',
  ],
  ['a doubled rule name', (d) => (d.rules[1].name = 'CT-01'), 'name_doubled /rules/1/name'],
  [
    'a decorator',
    (d) => (d.rules[3].conditions.all[0].operator = 'not:greaterThan'),
    'operator_unknown /rules/3/conditions/all/0/operator',
  ],
  [
    'an ordering of an enum',
    (d) => (d.rules[0].conditions.all[1].operator = 'greaterThan'),
    'operator_unfit /rules/0/conditions/all/1/operator',
  ],
  [
    'a text for a number',
    (d) => (d.rules[3].conditions.all[0].value = '36'),
    'value_type_wrong /rules/3/conditions/all/0/value',
  ],
  [
    'a fact-to-fact comparison',
    (d) => (d.rules[3].conditions.all[0].value = { fact: 'score' }),
    'value_type_wrong /rules/3/conditions/all/0/value',
  ],
  [
    'a value outside the domain',
    (d) => (d.rules[3].conditions.all[0].value = 999),
    'value_outside_domain /rules/3/conditions/all/0/value',
  ],
  [
    'an unknown enum value',
    (d) => (d.rules[0].conditions.all[1].value = 'master'),
    'value_outside_domain /rules/0/conditions/all/1/value',
  ],
  [
    'in with a text',
    (d) => (d.rules[1].conditions.all[1].value = 'junior'),
    'value_type_wrong /rules/1/conditions/all/1/value',
  ],
  ['in with nothing', (d) => (d.rules[1].conditions.all[1].value = []), 'too_few /rules/1/conditions/all/1/value'],
  [
    'an undeclared fact',
    (d) => (d.rules[3].conditions.all[0].fact = 'luck'),
    'fact_undeclared /rules/3/conditions/all/0/fact',
  ],
  [
    'a fact named like a method',
    (d) => (d.rules[3].conditions.all[0].fact = 'constructor'),
    'fact_undeclared /rules/3/conditions/all/0/fact',
  ],
  [
    'an undeclared condition',
    (d) => (d.rules[0].conditions.all[0].condition = 'fit'),
    'condition_undeclared /rules/0/conditions/all/0/condition',
  ],
  [
    'a condition nobody refers to',
    (d) => (d.conditions.idle = { all: [leaf('idle')] }),
    'condition_unused /conditions/idle',
  ],
  [
    'a condition that refers to itself',
    (d) => d.conditions.usable.all.push({ condition: 'usable', name: 'again' }),
    'condition_cycle /conditions/usable',
  ],
  [
    'a name on the root of a named condition',
    (d) => (d.conditions.usable.name = 'x'),
    'condition_root_named /conditions/usable',
  ],
  [
    'an undeclared list',
    (d) => (d.rules[0].conditions.all[1] = { name: 'l', fact: 'level', operator: 'inList', value: 'good' }),
    'list_undeclared /rules/0/conditions/all/1/value',
  ],
  [
    'a list with a strange element',
    (d) => {
      d.lists = { good: ['senior', 'master'] };
      d.rules[0].conditions.all[1] = { name: 'l', fact: 'level', operator: 'inList', value: 'good' };
    },
    'value_outside_domain /lists/good/1',
  ],
  ['an event type of its own', (d) => (d.rules[0].event.type = 'success'), 'value_not_allowed /rules/0/event/type'],
  ['an undeclared param', (d) => (d.rules[0].event.params.bonus = 1), 'param_unknown /rules/0/event/params/bonus'],
  ['a missing param', (d) => (d.rules[0].event.params = {}), 'param_missing /rules/0/event/params'],
  [
    'a param outside its domain',
    (d) => (d.rules[0].event.params.credits = 81),
    'param_wrong /rules/0/event/params/credits',
  ],
  [
    'otherwise grants',
    (d) => (d.decision.otherwise = { type: 'grant', params: { credits: 10 } }),
    'otherwise_grants /decision/otherwise/type',
  ],
  [
    'an order that leaves an outcome out',
    (d) => (d.decision.order = ['deny', 'grant']),
    'order_incomplete /decision/order',
  ],
  [
    'an order that names an outcome twice',
    (d) => (d.decision.order = ['deny', 'refer', 'deny']),
    'order_incomplete /decision/order',
  ],
  ['a rule without a note', (d) => delete d.notes['CT-08'], 'note_missing /notes'],
  ['a note without a rule', (d) => (d.notes['CT-99'] = d.notes['CT-08']), 'note_without_rule /notes/CT-99'],
  ['a citation of nothing', (d) => (d.notes['CT-08'].cites = ['L1/80']), 'citation_unknown /notes/CT-08/cites/0'],
  ['no citation', (d) => (d.notes['CT-08'].cites = []), 'too_few /notes/CT-08/cites'],
  [
    'overriding a stranger',
    (d) => (d.notes['CT-10'].overrides = ['CT-77']),
    'override_unknown /notes/CT-10/overrides/0',
  ],
  ['overriding in a circle', (d) => (d.notes['CT-09'].overrides = ['CT-10']), 'override_cycle /notes/CT-09/overrides'],
  ['an explanation of no node', (d) => (d.explain.nothing = d.explain.score), 'explain_unknown_node /explain/nothing'],
  ['an unknown placeholder', (d) => (d.explain.score.true.en = '{who}'), 'placeholder_unknown /explain/score/true/en'],
  ['a title in one language', (d) => delete d.title.en, 'field_missing /title/en'],
  ['a fact without a title', (d) => delete d.facts.age.title, 'field_missing /facts/age/title'],
  ['a fact outside the catalogue', (d) => (d.facts.luck = { ...d.facts.age }), 'fact_not_in_catalogue /facts/luck'],
  [
    'a fact of another type',
    (d) => (d.facts.age = { ...d.facts.age, type: 'decimal', scale: 1 }),
    'fact_type_differs /facts/age/type',
  ],
  ['a fact of another scale', (d) => (d.facts.score.scale = 2), 'fact_type_differs /facts/score/scale'],
  ['a widened range', (d) => (d.facts.score.max = 1500), 'fact_widened /facts/score/max'],
  ['a widened enum', (d) => d.facts.level.values.push('master'), 'fact_widened /facts/level/values/3'],
  ['a personal fact called public', (d) => delete d.facts.score.sensitivity, 'fact_widened /facts/score/sensitivity'],
  ['an end before the beginning', (d) => (d.validity.to = '2026-09-01'), 'validity_empty /validity/to'],
  ['an unknown date fact', (d) => (d.validity.dateFact = 'level'), 'date_fact_unknown /validity/dateFact'],
  [
    'a test with a strange value',
    (d) => (d.tests.cases[0].facts.score = '600'),
    'value_type_wrong /tests/cases/0/facts/score',
  ],
  [
    'a test of an unknown rule',
    (d) => (d.tests.cases[0].expect.fired = ['CT-77']),
    'rule_undeclared /tests/cases/0/expect/fired/0',
  ],
  ['no tests', (d) => (d.tests.cases = []), 'too_few /tests/cases'],
  [
    'a fraction',
    (d) => (d.rules[3].conditions.all[0].value = 36.5),
    'not_a_safe_integer /rules/3/conditions/all/0/value',
  ],
  ['half a character', (d) => (d.version = '\ud800'), 'lone_surrogate /version'],
  ['a function', (d) => (d.tests.base.score = () => 1), 'not_json /tests/base/score'],
  [
    'an own __proto__',
    (d) => Object.defineProperty(d.tests.base, '__proto__', { value: 1, enumerable: true }),
    'key_forbidden /tests/base/__proto__',
  ],
  ['a getter', (d) => Object.defineProperty(d, 'version', { get: () => 'x', enumerable: true }), 'not_json /version'],
];

test.each(cases)('%s is refused with its place', (_, change, fault) => {
  expect(faultsAfter(change)).toContain(fault);
});

test('a key too many hides no other fault of its part', () => {
  const faults = faultsAfter((d) => {
    d.rules[0].priority = 1;
    d.decision.otherwise.type = 'grant';
    d.decision.weight = 2;
  });

  expect(faults).toEqual(
    expect.arrayContaining([
      'key_unknown /rules/0/priority',
      'key_unknown /decision/weight',
      'otherwise_grants /decision/otherwise/type',
    ]),
  );
});

test('all faults are named at once, in both languages', () => {
  const doc = exampleDocument() as Mutable;
  doc.decision.otherwise.type = 'grant';
  doc.rules[3].conditions.all[0].operator = 'matches';
  doc.facts.score.max = 5000;
  delete doc.notes['CT-08'];

  const faults = lintRuleset(doc, catalogues);

  expect(new Set(faults.map(({ code }) => code))).toEqual(
    new Set(['otherwise_grants', 'param_missing', 'param_unknown', 'operator_unknown', 'fact_widened', 'note_missing']),
  );
  for (const fault of faults) expect([fault.text?.['zh-CN'], fault.text?.en].every(Boolean)).toBe(true);
});

describe('hostile documents are refused within 200 ms', () => {
  const nested = (depth: number): object => (depth === 0 ? leaf('deep') : { all: [nested(depth - 1)] });
  const deep = (depth: number): unknown =>
    JSON.parse(`${'{"all":['.repeat(depth)}${JSON.stringify(leaf('deep'))}${']}'.repeat(depth)}`);
  const hostile: readonly [string, (doc: Mutable) => void][] = [
    [
      '100,000 conditions in one all',
      (d) => {
        d.rules[0].conditions = { all: Array.from({ length: 100_000 }, (_, i) => leaf(`n${i}`)) };
      },
    ],
    [
      '5,000 conditions in one all',
      (d) => {
        d.rules[0].conditions = { all: Array.from({ length: 5_000 }, (_, i) => leaf(`n${i}`)) };
      },
    ],
    [
      '51 conditions in one all',
      (d) => {
        d.rules[0].conditions = { all: Array.from({ length: 51 }, (_, i) => leaf(`n${i}`)) };
      },
    ],
    [
      'depth 5,000',
      (d) => {
        d.rules[0].conditions = deep(4_000);
      },
    ],
    [
      'depth 9',
      (d) => {
        d.rules[0].conditions = nested(9);
      },
    ],
    [
      'references that double eighteen times',
      (d) => {
        for (let i = 0; i < 18; i += 1)
          d.conditions[`c${i}`] = {
            all: [
              { condition: `c${i + 1}`, name: `a${i}` },
              { condition: `c${i + 1}`, name: `b${i}` },
            ],
          };
        d.conditions.c18 = { all: [leaf('end')] };
        d.rules[0].conditions.all.push({ condition: 'c0', name: 'start' });
      },
    ],
    [
      'references that double seven times over fifty leaves',
      (d) => {
        for (let i = 0; i < 7; i += 1)
          d.conditions[`c${i}`] = {
            all: [
              { condition: `c${i + 1}`, name: `a${i}` },
              { condition: `c${i + 1}`, name: `b${i}` },
            ],
          };
        d.conditions.c7 = { all: Array.from({ length: 50 }, (_, i) => leaf(`end${i}`)) };
        d.rules[0].conditions.all.push({ condition: 'c0', name: 'start' });
      },
    ],
    [
      '501 rules',
      (d) => {
        d.rules = Array.from({ length: 501 }, (_, i) => ({ ...d.rules[3], name: `R${i}` }));
      },
    ],
    [
      '61 facts',
      (d) => {
        for (let i = 0; i < 61; i += 1) d.facts[`f${i}`] = d.facts.age;
      },
    ],
    [
      '501 tests',
      (d) => {
        d.tests.cases = Array.from({ length: 501 }, (_, i) => ({ ...d.tests.cases[0], name: `t${i}` }));
      },
    ],
    [
      '51 values in an in',
      (d) => {
        d.rules[3].conditions.all[0] = {
          name: 'x',
          fact: 'age',
          operator: 'in',
          value: Array.from({ length: 51 }, (_, i) => i),
        };
      },
    ],
    [
      '5,001 values in a list',
      (d) => {
        d.lists = { l: Array.from({ length: 5_001 }, (_, i) => i) };
      },
    ],
    [
      'two megabytes of text',
      (d) => {
        d.title.en = 'x'.repeat(2_000_000);
      },
    ],
    [
      'a document that holds itself',
      (d) => {
        d.rules[0].conditions.all.push(d);
      },
    ],
    [
      '4,999 unknown keys',
      (d) => {
        for (let i = 0; i < 4_999; i += 1) d[`k${i}`] = i;
      },
    ],
    [
      '4,000 faulty rules',
      (d) => {
        d.rules = Array.from({ length: 4_000 }, () => ({}));
      },
    ],
    [
      '4,000 conditions in a chain',
      (d) => {
        for (let i = 0; i < 4_000; i += 1) d.conditions[`c${i}`] = { all: [{ condition: `c${i + 1}`, name: `n${i}` }] };
      },
    ],
  ];

  test.each(hostile)('%s', (_, change) => {
    const doc = exampleDocument() as Mutable;
    change(doc);
    const spent: number[] = [];
    let found = 0;

    // the quickest of three: other work on the machine is not the lint's fault
    for (let i = 0; i < 3; i += 1) {
      const start = performance.now();
      found = lintRuleset(doc, catalogues).length;
      spent.push(performance.now() - start);
    }

    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThanOrEqual(201);
    expect(Math.min(...spent)).toBeLessThan(200);
  });

  test.each([null, undefined, 0, '', [], 'ruleset/1', () => 1, Symbol('x'), 1n, new Map(), new Date(0)])(
    'not a document at all: %s',
    (value) => {
      expect(lintRuleset(value, catalogues).length).toBeGreaterThan(0);
    },
  );
});

test('a document within every limit is let through', () => {
  const doc = exampleDocument() as Mutable;
  const wide = Array.from({ length: 50 }, (_, i) => leaf(`wide${i}`));
  doc.rules[2].conditions = { all: [{ any: wide }] };
  const lists: Ruleset['lists'] = { many: Array.from({ length: 240 }, (_, i) => i) };
  doc.lists = lists;
  doc.rules[3].conditions.all.push({ name: 'l', fact: 'age', operator: 'notInList', value: 'many' });

  expect(lintRuleset(doc, catalogues)).toEqual([]);
});
