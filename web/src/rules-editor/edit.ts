import { titleOfCopy } from '../i18n/cell-words.ts';
import type { FactValues, Leaf, Node, Note, Rule, RuleDocument, RuleEvent, TestCase } from './document.ts';

/** Every edit is a pure function from one document to the next; what it does not touch stays the same object. */
export type Edit = (doc: RuleDocument) => RuleDocument;

const ruleAt =
  (name: string, change: (rule: Rule) => Rule): Edit =>
  (doc) => ({ ...doc, rules: doc.rules.map((rule) => (rule.name === name ? change(rule) : rule)) });

export const setConditions = (rule: string, conditions: Node): Edit => ruleAt(rule, (one) => ({ ...one, conditions }));
export const setEvent = (rule: string, event: RuleEvent): Edit => ruleAt(rule, (one) => ({ ...one, event }));

export const setNote =
  (rule: string, change: Partial<Note>): Edit =>
  (doc) => {
    const note = { ...(doc.notes[rule] ?? { title: { 'zh-CN': rule, en: rule }, cites: [] }), ...change };
    // optional parts are absent, never empty
    if (note.overrides?.length === 0) delete note.overrides;
    return { ...doc, notes: { ...doc.notes, [rule]: note } };
  };

/** Puts another value or operator into one leaf, wherever it stands. */
export const setLeaf =
  (name: string, change: Partial<Pick<Leaf, 'operator' | 'value'>>): Edit =>
  (doc) => {
    const inTree = (node: Node): Node => {
      if ('fact' in node) return node.name === name ? { ...node, ...change } : node;
      if ('all' in node) return { ...node, all: node.all.map(inTree) };
      if ('any' in node) return { ...node, any: node.any.map(inTree) };
      return 'not' in node ? { ...node, not: inTree(node.not) } : node;
    };
    return onTrees(doc, inTree);
  };

function onTrees(doc: RuleDocument, change: (tree: Node) => Node): RuleDocument {
  const { decision, conditions } = doc;
  return {
    ...doc,
    rules: doc.rules.map((rule) => ({ ...rule, conditions: change(rule.conditions) })),
    ...(conditions && {
      conditions: Object.fromEntries(Object.entries(conditions).map(([name, tree]) => [name, change(tree)])),
    }),
    decision: {
      ...decision,
      ...(decision.scope && { scope: change(decision.scope) }),
      ...(decision.impossible && {
        impossible: decision.impossible.map((one) => ({ ...one, when: change(one.when) })),
      }),
    },
  };
}

/** A name in the manner of the others: after CT-10 comes CT-11. */
export function nextRuleName({ rules, id }: RuleDocument): string {
  const last = rules.at(-1)?.name ?? `${id.split('.').at(-1) ?? 'R'}-00`;
  const found = /^(.*?)(\d+)$/.exec(last);
  const taken = new Set(rules.map(({ name }) => name));
  for (let count = Number(found?.[2] ?? 0) + 1; ; count += 1) {
    const name = `${found?.[1] ?? `${last}-`}${String(count).padStart(found?.[2]?.length ?? 2, '0')}`;
    if (!taken.has(name)) return name;
  }
}

/** A new rule after the given one, as its copy with names of its own; it cites what the other cites until told otherwise. */
export const addRule =
  (like: string, name: string): Edit =>
  (doc) => {
    const at = doc.rules.findIndex((rule) => rule.name === like);
    const model = doc.rules[at];
    if (!model) return doc;
    const rule = { ...model, name, conditions: renamed(model.conditions, like, name) };
    const note = doc.notes[like];
    const notes = note
      ? { ...doc.notes, [name]: { title: titleOfCopy(note.title), cites: [...note.cites] } }
      : doc.notes;
    return { ...doc, notes, rules: [...doc.rules.slice(0, at + 1), rule, ...doc.rules.slice(at + 1)] };
  };

function renamed(node: Node, from: string, to: string): Node {
  const name = node.name?.startsWith(from) ? to + node.name.slice(from.length) : node.name && `${to}.${node.name}`;
  const named = name === undefined ? {} : { name };
  if ('all' in node) return { ...named, all: node.all.map((part) => renamed(part, from, to)) };
  if ('any' in node) return { ...named, any: node.any.map((part) => renamed(part, from, to)) };
  if ('not' in node) return { ...named, not: renamed(node.not, from, to) };
  return { ...node, name: name ?? to };
}

export const removeRule =
  (name: string): Edit =>
  (doc) => {
    const { [name]: _, ...notes } = doc.notes;
    const kept = Object.entries(notes).map(([rule, note]): [string, Note] => {
      if (!note.overrides?.includes(name)) return [rule, note];
      const { overrides, ...rest } = note;
      const left = overrides.filter((one) => one !== name);
      return [rule, left.length > 0 ? { ...rest, overrides: left } : rest];
    });
    return { ...doc, rules: doc.rules.filter((rule) => rule.name !== name), notes: Object.fromEntries(kept) };
  };

export const moveRule =
  (name: string, by: -1 | 1): Edit =>
  (doc) => {
    const at = doc.rules.findIndex((rule) => rule.name === name);
    const rules = [...doc.rules];
    const [one, other] = [rules[at], rules[at + by]];
    if (!one || !other) return doc;
    [rules[at], rules[at + by]] = [other, one];
    return { ...doc, rules };
  };

/** An article of a source, with its words as filed. */
export const addArticle =
  (source: string, article: string, text: string): Edit =>
  (doc) => {
    const filed = doc.sources[source];
    if (!filed) return doc;
    return {
      ...doc,
      sources: { ...doc.sources, [source]: { ...filed, articles: { ...filed.articles, [article]: text } } },
    };
  };

/** A tried case kept as a test: only what differs from the base is written down. */
export const addTest =
  (name: string, facts: FactValues, expect: TestCase['expect']): Edit =>
  (doc) => {
    const { base, cases } = doc.tests;
    const same = (one: unknown, other: unknown): boolean =>
      JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
    const ids = Object.keys(doc.facts).filter((id) => !same(facts[id], base[id]));
    const differing = Object.fromEntries(ids.map((id) => [id, facts[id] ?? null]));
    return { ...doc, tests: { base, cases: [...cases, { name: freeTitle(cases, name), facts: differing, expect }] } };
  };

function freeTitle(cases: readonly TestCase[], wanted: string): string {
  const taken = new Set(cases.map(({ name }) => name));
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted} (${count})`;
    if (!taken.has(name)) return name;
  }
}

export const removeTest =
  (index: number): Edit =>
  (doc) => ({ ...doc, tests: { ...doc.tests, cases: doc.tests.cases.filter((_, i) => i !== index) } });

export const setExpected =
  (index: number, expect: TestCase['expect']): Edit =>
  (doc) => ({
    ...doc,
    tests: { ...doc.tests, cases: doc.tests.cases.map((one, i) => (i === index ? { ...one, expect } : one)) },
  });

/** From this day on; a day not in the past reaches back to nobody. */
export const setValidFrom =
  (from: string): Edit =>
  (doc) => {
    const { retroactive: _, ...validity } = doc.validity;
    return { ...doc, validity: { ...validity, from } };
  };

export const setRetroactive =
  (reachesBack: boolean): Edit =>
  (doc) => {
    const { retroactive: _, ...validity } = doc.validity;
    return { ...doc, validity: reachesBack ? { ...validity, retroactive: true } : validity };
  };

/** What the server puts where a draft does not say yet why the rule changes. */
export const NO_REASON = '—';

export const setReason =
  (reason: RuleDocument['change']['reason']): Edit =>
  (doc) => ({ ...doc, change: { ...doc.change, reason } });

export const setVersion =
  (version: string): Edit =>
  (doc) => ({ ...doc, version });
