// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../rules/decide.ts';
import { loadRuleset } from '../../rules/load.ts';
import { namesIn } from '../../web/src/rules-editor/document.ts';
import type { Node, RuleDocument } from '../../web/src/rules-editor/document.ts';
import type { QueryGroup, QueryRule } from '../../web/src/rules-editor/tree.ts';
import { nodeOf, queryOf } from '../../web/src/rules-editor/tree.ts';
import { catalogueOf } from '../rules/example.ts';
import { documents, gappedFacts } from '../rules/generate.ts';
import { libraryDocument, libraryDocuments } from '../rules/library.ts';

const word = fc.string({ minLength: 1, maxLength: 6 });
const name = fc.option(word, { nil: undefined });
const named = <T extends object>(node: fc.Arbitrary<T>) =>
  fc.tuple(name, node).map(([given, rest]) => (given === undefined ? rest : { name: given, ...rest }));
const single = fc.oneof(fc.integer(), fc.boolean(), word);
const leaf = fc.oneof(
  fc.record({
    name: word,
    fact: word,
    operator: fc.constantFrom('equal', 'notEqual', 'lessThan', 'greaterThanInclusive', 'contains', 'inList'),
    value: single,
  }),
  fc.record({
    name: word,
    fact: word,
    operator: fc.constantFrom('in', 'notIn'),
    value: fc.array(fc.oneof(fc.integer(), word), { minLength: 1, maxLength: 4 }),
  }),
);
const reference = fc.record({ condition: word, name: word });
/** Every shape the dialect knows, each with or without a name, to a depth of five. */
const { node } = fc.letrec<{ node: Node; group: Node }>((tie) => {
  const parts = fc.array(tie('node'), { minLength: 1, maxLength: 4 });
  return {
    group: fc.oneof(
      named(fc.record({ all: parts })),
      named(fc.record({ any: parts })),
      named(fc.record({ not: tie('node') })),
    ) as fc.Arbitrary<Node>,
    node: fc.oneof({ maxDepth: 5 }, leaf as fc.Arbitrary<Node>, reference, tie('group')),
  };
});
const roots = node.filter((tree) => !('fact' in tree));
const naming = () => ({ prefix: 'R-01', taken: new Set<string>() });

/** As the builder does it: an id on every part. */
function withIds(part: QueryGroup | QueryRule): QueryGroup | QueryRule {
  const id = 'some-id';
  return 'rules' in part ? { ...part, id, rules: part.rules.map(withIds) } : { ...part, id };
}

describe('a condition tree in the query builder', () => {
  test('comes back as it went in: 2,000 trees, whatever is negated, named or referred to', () => {
    fc.assert(
      fc.property(roots, (tree) => {
        expect(nodeOf(withIds(queryOf(tree)) as QueryGroup, naming())).toEqual(tree);
      }),
      { numRuns: 2_000 },
    );
  });

  test('decides as before: generated documents rebuilt from their queries are lawful and answer alike', () => {
    fc.assert(
      fc.property(documents, gappedFacts, (document, facts) => {
        const catalogues = catalogueOf(document);
        const rebuilt = structuredClone(document);
        for (const rule of rebuilt.rules)
          rule.conditions = nodeOf(queryOf(rule.conditions as Node), naming()) as typeof rule.conditions;
        const [before, after] = [loadRuleset(document, { catalogues }), loadRuleset(rebuilt, { catalogues })];

        expect(after.hash).toBe(before.hash);
        expect(decide(after, facts)).toEqual(decide(before, facts));
      }),
      { numRuns: 300 },
    );
  });

  test('so do all rules of the library', () => {
    for (const [, { rules }] of libraryDocuments())
      for (const rule of rules) expect(nodeOf(queryOf(rule.conditions as Node), naming())).toEqual(rule.conditions);
  });

  test('what was added gets names that nobody else in the document has', () => {
    const doc = libraryDocument('credit.prior-course') as unknown as RuleDocument;
    const added: QueryRule = { field: 'score', operator: 'equal', value: 1 };
    const query: QueryGroup = {
      combinator: 'all',
      rules: [added, { ...added }, { combinator: 'any', rules: [added] }],
    };
    const taken = namesIn(doc);
    taken.add('R-01.score');

    expect(nodeOf(query, { prefix: 'R-01', taken })).toEqual({
      all: [
        { name: 'R-01.score.2', fact: 'score', operator: 'equal', value: 1 },
        { name: 'R-01.score.3', fact: 'score', operator: 'equal', value: 1 },
        { any: [{ name: 'R-01.score.4', fact: 'score', operator: 'equal', value: 1 }] },
      ],
    });
  });

  test('one value or several follow the operator chosen', () => {
    const of = (operator: string, value: QueryRule['value']) =>
      nodeOf({ combinator: 'all', rules: [{ nodeName: 'n', field: 'f', operator, value }] }, naming());

    expect(of('in', 'x')).toEqual({ all: [{ name: 'n', fact: 'f', operator: 'in', value: ['x'] }] });
    expect(of('equal', ['x', 'y'])).toEqual({ all: [{ name: 'n', fact: 'f', operator: 'equal', value: 'x' }] });
  });
});
