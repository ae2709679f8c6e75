import fc from 'fast-check';
import type { FactDeclaration, FactValue, Node, RuleEvent, Ruleset } from '../../schemas/ruleset.ts';

/** Documents over so few values that every case there is can be decided: what an exact analysis is held against. */
const t = (words: string): { 'zh-CN': string; en: string } => ({ 'zh-CN': words, en: words });

const DAYS = [20260227, 20260228, 20260301, 20260302];

/** Every value of every fact. */
export const smallDomains: Readonly<Record<string, readonly NonNullable<FactValue>[]>> = {
  n: [0, 1, 2, 3, 4, 5],
  e: ['x', 'y', 'z'],
  b: [false, true],
  d: DAYS,
  l: [[], ['p'], ['q'], ['p', 'q']],
};

const leafOver = (fact: string, operator: fc.Arbitrary<string>, value: fc.Arbitrary<unknown>): fc.Arbitrary<Node> =>
  fc.record({ name: fc.constant(''), fact: fc.constant(fact), operator, value }) as fc.Arbitrary<Node>;
const ordered = fc.constantFrom(
  'equal',
  'notEqual',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
);
const some = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...values], { minLength: 1 });
const member = fc.constantFrom('in', 'notIn');

const leaves: fc.Arbitrary<Node> = fc.oneof(
  leafOver('n', ordered, fc.constantFrom(0, 1, 2, 3, 4, 5)),
  leafOver('n', ordered, fc.constantFrom(0, 1, 2, 3, 4, 5)),
  leafOver('n', member, some([0, 2, 4, 5])),
  leafOver('d', ordered, fc.constantFrom(...DAYS)),
  leafOver('e', fc.constantFrom('equal', 'notEqual'), fc.constantFrom('x', 'y', 'z')),
  leafOver('e', member, some(['x', 'y', 'z'])),
  leafOver('e', fc.constantFrom('inList', 'notInList'), fc.constant('some')),
  leafOver('b', fc.constantFrom('equal', 'notEqual'), fc.boolean()),
  leafOver('l', fc.constantFrom('contains', 'doesNotContain'), fc.constantFrom('p', 'q')),
);

function treeOver(leaf: fc.Arbitrary<Node>, levels: number): fc.Arbitrary<Node> {
  const part =
    levels === 1
      ? leaf
      : fc.oneof({ weight: 2, arbitrary: leaf }, { weight: 1, arbitrary: treeOver(leaf, levels - 1) });
  const parts = fc.array(part, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ all: parts }) },
    { weight: 2, arbitrary: fc.record({ any: parts }) },
    { weight: 1, arbitrary: fc.record({ not: part }) },
  ) as fc.Arbitrary<Node>;
}

const shared = fc.constant<Node>({ condition: 'shared', name: '' });
const trees = treeOver(fc.oneof({ weight: 7, arbitrary: leaves }, { weight: 1, arbitrary: shared }), 2);
const events: fc.Arbitrary<RuleEvent> = fc.oneof(
  fc.constantFrom(10, 20, 30).map((credits): RuleEvent => ({ type: 'grant', params: { credits } })),
  fc.constantFrom('low', 'late').map((reason): RuleEvent => ({ type: 'deny', params: { reason } })),
  fc.constant<RuleEvent>({ type: 'refer' }),
);
const missing = fc.constantFrom(undefined, undefined, undefined, 'required', 'not-applicable');

const drafts = fc.record({
  combine: fc.constantFrom('unique', 'agree', 'first', 'collect', 'sum'),
  scope: fc.option(trees, { nil: undefined, freq: 2 }),
  impossible: fc.option(trees, { nil: undefined, freq: 2 }),
  shared: treeOver(leaves, 1),
  rules: fc.array(fc.record({ conditions: trees, event: events, overrides: fc.array(fc.nat(3), { maxLength: 1 }) }), {
    minLength: 1,
    maxLength: 5,
  }),
  missing: fc.array(missing, { minLength: 5, maxLength: 5 }),
  top: fc.constantFrom(4, 5),
});
type Draft = typeof drafts extends fc.Arbitrary<infer T> ? T : never;

export const smallDocuments: fc.Arbitrary<Ruleset> = drafts.map(complete);

/** One document and another: the same with a part of it drawn anew, or any other. */
export const smallPairs: fc.Arbitrary<[Ruleset, Ruleset]> = fc
  .tuple(drafts, drafts, fc.constantFrom('rule', 'order', 'scope', 'event', 'missing', 'domain', 'combine', 'all'))
  .map(([one, other, what]) => [complete(one), complete(changed(one, other, what))]);

function changed(one: Draft, other: Draft, what: string): Draft {
  const [first, ...rest] = one.rules;
  switch (what) {
    case 'rule':
      return { ...one, rules: [...rest, other.rules[0]!] };
    case 'order':
      return { ...one, rules: [...rest, first!].map((rule) => ({ ...rule, overrides: [] })) };
    case 'event':
      return { ...one, rules: [{ ...first!, event: other.rules[0]!.event }, ...rest] };
    case 'scope':
      return { ...one, scope: other.scope, impossible: other.impossible };
    case 'missing':
      return { ...one, missing: other.missing };
    case 'domain':
      return { ...one, top: other.top };
    case 'combine':
      return { ...one, combine: other.combine };
    default:
      return other;
  }
}

function complete(draft: Draft): Ruleset {
  let count = 0;
  const name = (node: Node): Node => {
    if ('condition' in node) return { ...node, name: `n${(count += 1)}` };
    if ('fact' in node) return { ...within(node, draft.top), name: `n${(count += 1)}` };
    if ('not' in node) return { not: name(node.not) };
    return 'all' in node ? { all: node.all.map(name) } : { any: node.any.map(name) };
  };
  const rules = draft.rules.map((rule, i) => ({ name: `R${i}`, conditions: name(rule.conditions), event: rule.event }));
  const scope = draft.scope && name(draft.scope);
  const impossible = draft.impossible && [{ why: t('never'), when: name(draft.impossible) }];
  const isShared = JSON.stringify([rules, scope, impossible]).includes('"shared"');
  const conditions = isShared ? { shared: name(draft.shared) } : undefined;
  const isListed = JSON.stringify([rules, scope, impossible, conditions]).includes('"some"');
  const notes = draft.rules.map((rule, i) => {
    const overrides = rule.overrides.filter((other) => other < i).map((other) => `R${other}`);
    return [`R${i}`, { title: t(`R${i}`), cites: ['S/1'], ...(overrides.length > 0 ? { overrides } : {}) }] as const;
  });
  return {
    format: 'ruleset/1',
    id: 'small',
    revision: 1,
    version: '1',
    title: t('small'),
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
    facts: factsOf(draft),
    ...(isListed ? { lists: { some: ['x', 'z'] } } : {}),
    sources: { S: { kind: 'practice', title: t('source'), articles: { '1': 'text' } } },
    ...(conditions ? { conditions } : {}),
    rules,
    notes: Object.fromEntries(notes),
    tests: { base: {}, cases: [{ name: 'none', facts: {}, expect: { type: 'undetermined' } }] },
    change: { author: 'generator', reason: t('test'), affects: 'nobody' },
  } as unknown as Ruleset;
}

/** Bounds stay inside the domain, as the lint demands. */
function within<L extends Extract<Node, { fact: string }>>(leaf: L, top: number): L {
  if (leaf.fact !== 'n' || top === 5) return leaf;
  if (!Array.isArray(leaf.value)) return { ...leaf, value: Math.min(leaf.value as number, top) };
  const values = leaf.value.filter((value) => (value as number) <= top);
  return { ...leaf, value: values.length > 0 ? values : [0] };
}

function factsOf({ missing, top }: Draft): Record<string, FactDeclaration> {
  const common = (id: string, i: number): object => ({
    title: t(id),
    source: `register:${id}`,
    ...(missing[i] === undefined ? {} : { missing: missing[i] }),
  });
  return {
    n: { type: 'integer', min: 0, max: top, better: 'higher', ...common('n', 0) },
    e: { type: 'enum', values: ['x', 'y', 'z'], ...common('e', 1) },
    b: { type: 'boolean', ...common('b', 2) },
    d: { type: 'date', min: DAYS[0], max: DAYS.at(-1), better: 'lower', ...common('d', 3) },
    l: { type: 'list', values: ['p', 'q'], ...common('l', 4) },
  } as unknown as Record<string, FactDeclaration>;
}

export type Case = Record<string, FactValue>;

/** Every case there is; with `gapped` those too in which facts are missing. Facts that no leaf asks for stand still. */
export function everyCase(docs: readonly Ruleset[], { gapped }: { gapped: boolean }): Case[] {
  let cases: Case[] = [{}];
  for (const [fact, values] of Object.entries(smallDomains)) {
    const isAsked = docs.some((doc) => asks(doc, fact));
    const top = Math.min(...docs.map(({ facts }) => (facts.n as { max: number }).max));
    const lawful = fact === 'n' ? values.filter((value) => (value as number) <= top) : values;
    const all: FactValue[] = isAsked ? [...lawful] : [lawful[0]!];
    if (gapped && (isAsked || docs.some((doc) => doc.facts[fact]!.missing !== undefined))) all.push(null);
    cases = cases.flatMap((one) => all.map((value) => ({ ...one, [fact]: value })));
  }
  return cases;
}

export function asks(doc: Ruleset, fact: string): boolean {
  return JSON.stringify([doc.rules, doc.decision, doc.conditions ?? {}]).includes(`"fact":"${fact}"`);
}
