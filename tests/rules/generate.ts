import fc from 'fast-check';
import type { Node, RuleEvent, Ruleset } from '../../schemas/ruleset.ts';

/** Random lawful documents over six facts, one a type, and random facts for them. */
const t = (words: string): { 'zh-CN': string; en: string } => ({ 'zh-CN': words, en: words });

const DATES = [20260131, 20260228, 20260301, 20260901, 20261231];
const numbers = fc.constantFrom(0, 1, 5, 6, 7, 20);
const scores = fc.constantFrom(0, 599, 600, 601, 1000);
const words = fc.constantFrom('x', 'y', 'z');
const letters = fc.constantFrom('p', 'q', 'r');
const dates = fc.constantFrom(...DATES);

/** Values by fact, lawful ones only. */
export const lawfulValues = {
  n: numbers,
  s: scores,
  b: fc.boolean(),
  e: words,
  d: dates,
  l: fc.uniqueArray(letters, { maxLength: 3 }),
} as const;

const ordered = fc.constantFrom(
  'equal',
  'notEqual',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
);
const member = fc.constantFrom('in', 'notIn');
const leafOver = (fact: string, operator: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>): fc.Arbitrary<Node> =>
  fc.record({ name: fc.constant(''), fact: fc.constant(fact), operator, value }) as fc.Arbitrary<Node>;
const someOf = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.uniqueArray(value, { minLength: 1, maxLength: 3 });

const leaves: fc.Arbitrary<Node> = fc.oneof(
  leafOver('n', ordered, numbers),
  leafOver('s', ordered, scores),
  leafOver('d', ordered, dates),
  leafOver('n', member, someOf(numbers)),
  leafOver('e', fc.constantFrom('equal', 'notEqual'), words),
  leafOver('e', member, someOf(words)),
  leafOver('e', fc.constantFrom('inList', 'notInList'), fc.constant('some')),
  leafOver('b', fc.constantFrom('equal', 'notEqual'), fc.boolean()),
  leafOver('l', fc.constantFrom('contains', 'doesNotContain'), letters),
);

/** At most so many levels of all, any and not over the leaves. */
function treeOver(leaf: fc.Arbitrary<Node>, levels: number): fc.Arbitrary<Node> {
  const part =
    levels === 1
      ? leaf
      : fc.oneof({ weight: 2, arbitrary: leaf }, { weight: 1, arbitrary: treeOver(leaf, levels - 1) });
  const parts = fc.array(part, { minLength: 1, maxLength: 4 });
  return fc.oneof(fc.record({ all: parts }), fc.record({ any: parts }), fc.record({ not: part })) as fc.Arbitrary<Node>;
}

const references = fc.constantFrom('first', 'second').map((condition) => ({ condition, name: '' }) as Node);
const trees = treeOver(fc.oneof({ weight: 5, arbitrary: leaves }, { weight: 1, arbitrary: references }), 3);

const events: fc.Arbitrary<RuleEvent> = fc.oneof(
  fc.constantFrom(10, 20, 30).map((credits): RuleEvent => ({ type: 'grant', params: { credits } })),
  fc.constantFrom('low', 'late').map((reason): RuleEvent => ({ type: 'deny', params: { reason } })),
  fc.constant<RuleEvent>({ type: 'refer' }),
);

const missing = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  undefined,
  'undetermined',
  'required',
  'not-applicable',
);

const drafts = fc.record({
  combine: fc.constantFrom('unique', 'agree', 'first', 'collect', 'sum'),
  scope: fc.option(trees, { nil: undefined, freq: 2 }),
  impossible: fc.option(trees, { nil: undefined, freq: 2 }),
  first: treeOver(leaves, 2),
  second: treeOver(fc.oneof(leaves, fc.constant<Node>({ condition: 'first', name: '' })), 2),
  rules: fc.array(fc.record({ conditions: trees, event: events, overrides: fc.array(fc.nat(5), { maxLength: 2 }) }), {
    minLength: 1,
    maxLength: 6,
  }),
  missing: fc.array(missing, { minLength: 6, maxLength: 6 }),
});
type Draft = typeof drafts extends fc.Arbitrary<infer T> ? T : never;

/** A document that passes the lint: names given by a counter, exceptions only to earlier rules. */
export const documents: fc.Arbitrary<Ruleset> = drafts.map(complete);

function complete(draft: Draft): Ruleset {
  let count = 0;
  const used = new Set<string>();
  const name = (node: Node): Node => {
    if ('condition' in node) used.add(node.condition);
    if ('condition' in node || 'fact' in node) return { ...node, name: `n${(count += 1)}` };
    if ('not' in node) return { not: name(node.not) };
    return 'all' in node ? { all: node.all.map(name) } : { any: node.any.map(name) };
  };
  const rules = draft.rules.map((rule, i) => ({ name: `R${i}`, conditions: name(rule.conditions), event: rule.event }));
  const scope = draft.scope && name(draft.scope);
  const impossible = draft.impossible && [{ why: t('never'), when: name(draft.impossible) }];
  const second = name(draft.second);
  const firstUsed = JSON.stringify([rules, scope, impossible, used.has('second') ? second : null]).includes('"first"');
  const conditions = { ...(firstUsed ? { first: name(draft.first) } : {}), ...(used.has('second') ? { second } : {}) };
  const all = JSON.stringify([rules, scope, impossible, conditions]);
  const notes = draft.rules.map((rule, i) => {
    const overrides = [...new Set(rule.overrides.filter((other) => other < i))].map((other) => `R${other}`);
    return [`R${i}`, { title: t(`R${i}`), cites: ['S/1'], ...(overrides.length > 0 ? { overrides } : {}) }] as const;
  });
  const doc = {
    format: 'ruleset/1',
    id: 'generated',
    revision: 1,
    version: '1',
    title: t('generated'),
    decision: {
      question: t('?'),
      subject: 'pathway',
      combine: draft.combine,
      ...(draft.combine === 'sum' ? { sumOf: 'credits' } : {}),
      outcomes: {
        grant: {
          code: 'granted',
          title: t('granted'),
          params: { credits: { type: 'decimal', scale: 1, min: 0, max: 100 } },
        },
        deny: { code: 'denied', title: t('denied'), params: { reason: { type: 'enum', values: ['low', 'late'] } } },
        refer: { code: 'sent_on', title: t('referred') },
      },
      ...(scope ? { scope } : {}),
      ...(impossible ? { impossible } : {}),
      otherwise: { type: 'refer' },
    },
    validity: { from: '2026-01-01', to: null, dateFact: 'd', timeZone: 'Asia/Shanghai' },
    facts: factsOf(draft.missing),
    ...(all.includes('"some"') ? { lists: { some: ['x', 'z'] } } : {}),
    sources: { S: { kind: 'practice', title: t('source'), articles: { '1': 'text' } } },
    ...(Object.keys(conditions).length > 0 ? { conditions } : {}),
    rules,
    notes: Object.fromEntries(notes),
    tests: { base: {}, cases: [{ name: 'none', facts: {}, expect: { type: 'undetermined' } }] },
    change: { author: 'generator', reason: t('test'), affects: 'nobody' },
  };
  return doc as unknown as Ruleset;
}

function factsOf(missing: readonly (string | undefined)[]): Ruleset['facts'] {
  const how = (i: number): object => (missing[i] === undefined ? {} : { missing: missing[i] });
  const common = (id: string, i: number): object => ({ title: t(id), source: `register:${id}`, ...how(i) });
  return {
    n: { type: 'integer', min: 0, max: 20, ...common('n', 0) },
    s: { type: 'decimal', scale: 1, min: 0, max: 1000, ...common('s', 1) },
    b: { type: 'boolean', ...common('b', 2) },
    e: { type: 'enum', values: ['x', 'y', 'z'], ...common('e', 3) },
    d: { type: 'date', min: 20260101, max: 20261231, ...common('d', 4) },
    l: { type: 'list', values: ['p', 'q', 'r'], ...common('l', 5) },
  } as unknown as Ruleset['facts'];
}

const orMissing = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null, freq: 3 });

/** Nothing missing. */
export const wholeFacts = fc.record(lawfulValues);
/** About a quarter missing: null, undefined or not there. */
export const gappedFacts = fc.record(
  {
    n: orMissing(numbers),
    s: orMissing(scores),
    b: orMissing(fc.boolean()),
    e: orMissing(words),
    d: orMissing(dates),
    l: orMissing(lawfulValues.l),
  },
  { requiredKeys: ['n', 'b', 'e'] },
);

const strange = fc.constantFrom<unknown>(
  '600',
  '90分',
  '',
  ' ',
  null,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -0,
  5.5,
  true,
  false,
  [],
  ['p', 1],
  [600],
  'x',
  '2026-09-01',
  {},
);
const orStrange = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.oneof(value, strange);

/** Anything a careless import might leave. */
export const hostileFacts = fc.record(
  {
    n: orStrange(numbers),
    s: orStrange(scores),
    b: orStrange(fc.boolean()),
    e: orStrange(words),
    d: orStrange(dates),
    l: orStrange(lawfulValues.l),
  },
  { requiredKeys: ['n', 's', 'b', 'e', 'd'] },
) as fc.Arbitrary<Record<string, unknown>>;
