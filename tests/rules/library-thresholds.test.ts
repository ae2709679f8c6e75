import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../rules/canonical.ts';
import { compile, evaluate } from '../../rules/compile.ts';
import type { Leaf, Ruleset } from '../../schemas/ruleset.ts';
import { shippedDocuments, stepped, thresholdsOf, withLeaf } from './library.ts';

const swaps = {
  lessThan: 'lessThanInclusive',
  lessThanInclusive: 'lessThan',
  greaterThan: 'greaterThanInclusive',
  greaterThanInclusive: 'greaterThan',
} as const;

describe.each(shippedDocuments().filter(([, document]) => thresholdsOf(document).length > 0))(
  '%s',
  (_file, document) => {
    const before = outcomesOf(document);
    const unseen = (change: (leaf: Leaf) => void, leaves: readonly Leaf[]): string[] =>
      leaves
        .filter((leaf) => outcomesOf(withLeaf(document, leaf.name, change)).join('\n') === before.join('\n'))
        .map(({ name }) => name);

    test.each([-1, 1])('each threshold moved by %i step changes the verdict of one of its cases', (step) => {
      const movable = thresholdsOf(document).filter(({ fact, value }) =>
        isInside(document, fact, stepped(document, fact, { value: Number(value), by: step })),
      );

      expect(
        unseen((leaf) => (leaf.value = stepped(document, leaf.fact, { value: Number(leaf.value), by: step })), movable),
      ).toEqual([]);
    });

    test('a threshold that lets its bound in, or no longer, changes the verdict of one of its cases', () => {
      expect(
        unseen((leaf) => (leaf.operator = swaps[leaf.operator as keyof typeof swaps]), thresholdsOf(document)),
      ).toEqual([]);
    });
  },
);

test('every document but those that only name things and the policy has a threshold', () => {
  const bare = shippedDocuments().filter(([, document]) => thresholdsOf(document).length === 0);

  expect(bare.map(([file]) => file)).toEqual([
    'policy.teaching.json',
    'title.contest-to-level.json',
    'title.qualification-to-title.json',
    'title.technician-education.json',
  ]);
});

/** What each of the document's own cases comes to: outcome, params and the rules that hold. */
function outcomesOf(document: Ruleset): string[] {
  const program = compile(document);
  return document.tests.cases.map(({ facts }) => {
    const { type, params, fired, missing } = evaluate(program, { ...document.tests.base, ...facts });
    return canonicalJson({ type, params: params ?? null, fired, missing });
  });
}

function isInside({ facts }: Ruleset, fact: string, value: number): boolean {
  const domain = facts[fact];
  return domain !== undefined && 'min' in domain && value >= domain.min && value <= domain.max;
}
