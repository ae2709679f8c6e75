import { canonicalJson } from '../../schemas/canonical.ts';
import type { FaultCode } from '../../rules/fault-texts.ts';
import { benchDocument } from './documents.ts';

/** A document that somebody means harm with, as the text he would send, and the fault that must be among its faults. */
export interface Hostile {
  name: string;
  fault: FaultCode;
  text: () => string;
}

// a hostile document has any shape
// biome-ignore lint/suspicious/noExplicitAny: it is written where no type allows it
type Mutable = any;

const base = canonicalJson(benchDocument(12).doc);
const changed = (change: (doc: Mutable) => void): (() => string) => {
  return () => {
    const doc: Mutable = JSON.parse(base);
    change(doc);
    return JSON.stringify(doc);
  };
};
const leaf = (name: string, more: object = {}): object => ({
  name,
  fact: 'f0',
  operator: 'lessThan',
  value: 1,
  ...more,
});
const withPath = (path: string) => changed((doc) => (doc.rules[0].conditions.all[0].path = path));
const repeated = (many: number, make: (i: number) => unknown): unknown[] =>
  Array.from({ length: many }, (_, i) => make(i));
const deep = (open: string, close: string, depth: number): string =>
  `${open.repeat(depth)}${JSON.stringify(leaf('end'))}${close.repeat(depth)}`;
const placed = (tree: string) => () =>
  base.replace('"rules":[{"conditions":{', `"rules":[{"conditions":${tree},"name":"deep","x":{`);

/** References of which each stands for two of the next. */
function doubling(depth: number, leaves: number): () => string {
  return changed((doc) => {
    doc.conditions = { last: { all: repeated(leaves, (i) => leaf(`end${i}`)) } };
    for (let i = 0; i < depth; i += 1) {
      const next = i === depth - 1 ? 'last' : `c${i + 1}`;
      doc.conditions[`c${i}`] = { all: ['a', 'b'].map((side) => ({ condition: next, name: `${side}${i}` })) };
    }
    doc.rules[0].conditions.all.push({ condition: 'c0', name: 'start' });
  });
}

/** Published payloads against jsonpath-plus (CVE-2024-21534, CVE-2025-1302 and what came after), here only leaving a mark. */
const payloads = [
  `$..[?(p="globalThis.escaped=true";a=''[['constructor']][['constructor']](p);a())]`,
  `$..[?(''['sub']['constructor']('globalThis.escaped=true')())]`,
  `$[?(con=constructor;dp=con.defineProperty;gopd=con.getOwnPropertyDescriptor;f=gopd(con,'entries').value;globalThis.escaped=true)]`,
  `$..[?(@root.constructor.constructor('globalThis.escaped=true')())]`,
  `$[(globalThis.escaped=true)]`,
];

export const hostileDocuments: readonly Hostile[] = [
  ...payloads.map(
    (path, i): Hostile => ({ name: `code in a path, ${i + 1}`, fault: 'key_unknown', text: withPath(path) }),
  ),
  {
    name: 'a regular expression in a path that never ends',
    fault: 'key_unknown',
    text: withPath('$..[?(@.match(/^(a+)+$/))]'),
  },
  {
    name: 'a condition that refers to itself',
    fault: 'condition_cycle',
    text: changed((doc) => {
      doc.conditions = { self: { all: [{ condition: 'self', name: 'again' }] } };
      doc.rules[0].conditions.all.push({ condition: 'self', name: 'start' });
    }),
  },
  {
    name: 'conditions that refer to one another in a circle',
    fault: 'condition_cycle',
    text: changed((doc) => {
      doc.conditions = {};
      for (let i = 0; i < 400; i += 1)
        doc.conditions[`c${i}`] = { all: [{ condition: `c${(i + 1) % 400}`, name: `r${i}` }] };
      doc.rules[0].conditions.all.push({ condition: 'c0', name: 'start' });
    }),
  },
  { name: 'references that double eighteen times', fault: 'condition_too_deep', text: doubling(18, 1) },
  { name: 'references that double seven times over fifty leaves', fault: 'too_many_leaves', text: doubling(7, 50) },
  {
    name: 'an own __proto__ in a leaf',
    fault: 'key_forbidden',
    text: () => base.replace('"conditions":{"all":[{', '"conditions":{"all":[{"__proto__":{"value":0},'),
  },
  {
    name: 'an own __proto__ among the facts of a test',
    fault: 'key_forbidden',
    text: () => base.replace('"tests":{"base":{', '"tests":{"base":{"__proto__":{"f0":1}'),
  },
  {
    name: 'a key that stands twice',
    fault: 'key_doubled',
    text: () => base.replace('"rules":[', '"rules":[],"rules":['),
  },
  {
    name: 'a fact named constructor',
    fault: 'fact_undeclared',
    text: changed((doc) => (doc.rules[0].conditions.all[0].fact = 'constructor')),
  },
  { name: 'an empty all', fault: 'list_empty', text: changed((doc) => (doc.rules[0].conditions = { all: [] })) },
  {
    name: 'an empty any under a not',
    fault: 'list_empty',
    text: changed((doc) => (doc.rules[0].conditions = { not: { any: [] } })),
  },
  {
    name: '100,000 conditions',
    fault: 'document_too_large',
    text: changed((doc) => (doc.rules[0].conditions = { all: repeated(100_000, (i) => leaf(`n${i}`)) })),
  },
  {
    name: '4,900 conditions in one list',
    fault: 'too_many_children',
    text: changed((doc) => (doc.rules[0].conditions = { all: repeated(4_900, (i) => leaf(`n${i}`)) })),
  },
  { name: 'depth 5,000 of all', fault: 'too_deep', text: placed(deep('{"all":[', ']}', 5_000)) },
  { name: 'depth 5,000 of not', fault: 'too_deep', text: placed(deep('{"not":', '}', 5_000)) },
  { name: 'depth 60,000 of lists', fault: 'too_deep', text: () => `${'['.repeat(60_000)}${']'.repeat(60_000)}` },
  {
    name: 'two megabytes of text',
    fault: 'document_too_large',
    text: changed((doc) => (doc.title.en = 'x'.repeat(2_000_000))),
  },
  {
    name: 'just over one mebibyte in three-byte characters',
    fault: 'document_too_large',
    text: changed((doc) => (doc.title['zh-CN'] = '证'.repeat(349_600))),
  },
  {
    name: 'two hundred thousand numbers',
    fault: 'document_too_large',
    text: changed((doc) => (doc.lists = { l: repeated(200_000, (i) => i) })),
  },
  {
    name: '5,000 faults',
    fault: 'too_many_faults',
    text: changed((doc) => {
      for (let i = 0; i < 4_900; i += 1) doc[`k${i}`] = i;
    }),
  },
  {
    name: 'an operator of its own',
    fault: 'operator_unknown',
    text: changed((doc) => (doc.rules[0].conditions.all[0].operator = 'not:in')),
  },
  {
    name: 'a search for part of a text',
    fault: 'value_type_wrong',
    text: changed(
      (doc) => (doc.rules[0].conditions.all[0] = { ...leaf('t'), fact: 'f3', operator: 'in', value: 'red' }),
    ),
  },
  {
    name: 'an event that rejects the run',
    fault: 'value_not_allowed',
    text: changed((doc) => (doc.rules[0].event.type = 'error')),
  },
  {
    name: 'a priority that is no number',
    fault: 'key_unknown',
    text: changed((doc) => (doc.rules[0].priority = 'abc')),
  },
];
