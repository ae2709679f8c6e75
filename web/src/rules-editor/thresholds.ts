import { dayWords } from '../i18n/cell-words.ts';
import type { FactValues, RuleDocument, Typed } from './document.ts';
import { childrenOf, treesOf } from './document.ts';
import type { Node } from './document.ts';
import type { Edit } from './edit.ts';
import { parsedValue, valueText } from './values.ts';

/** A bound of a fact that stood in one document and stands elsewhere in the other. */
export interface Move {
  fact: string;
  from: number;
  to: number;
}

/** Facts of which exactly one bound went and one came: those have moved. Anything more was rewritten, not moved. */
export function movedThresholds(before: RuleDocument, after: RuleDocument): Move[] {
  const [old, now] = [boundsOf(before), boundsOf(after)];
  return [...now].flatMap(([fact, bounds]) => {
    const was = old.get(fact) ?? new Set<number>();
    const gone = [...was].filter((bound) => !bounds.has(bound));
    const come = [...bounds].filter((bound) => !was.has(bound));
    const [from, to] = [gone[0], come[0]];
    return gone.length === 1 && come.length === 1 && from !== undefined && to !== undefined ? [{ fact, from, to }] : [];
  });
}

/** Every number a fact is held against, bounds beside one another taken for one: `<60` and `>=60` speak of 60, as does `..59.9`. */
function boundsOf(doc: RuleDocument): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  const note = (fact: string, value: number) => found.set(fact, (found.get(fact) ?? new Set()).add(value));
  const visit = (node: Node): void => {
    if (!('fact' in node)) return childrenOf(node).forEach(visit);
    const next = isNext(doc.facts[node.fact], node.operator === 'lessThanInclusive' || node.operator === 'greaterThan');
    for (const value of [node.value].flat()) if (typeof value === 'number') note(node.fact, value + next);
  };
  for (const { pointer, tree } of treesOf(doc)) if (!doc.table || !pointer.startsWith('/rules/')) visit(tree);
  for (const [c, column] of (doc.table?.columns ?? []).entries()) {
    const typed = column.kind === 'fact' ? doc.facts[column.fact] : undefined;
    if (column.kind !== 'fact' || !typed) continue;
    for (const { cells } of doc.table?.rows ?? [])
      for (const value of numbersIn(cells[c] ?? '', typed)) note(column.fact, value);
  }
  return found;
}

/** The last value of a range stands for the bound above it: 60..79.9 ends where 80 begins. */
function numbersIn(cell: string, typed: Typed): number[] {
  if (typed.type !== 'integer' && typed.type !== 'decimal' && typed.type !== 'date') return [];
  const range = /^(.+)\.\.(.+)$/.exec(cell);
  if (range) {
    const [low, high] = [parsedValue(typed, range[1] ?? ''), parsedValue(typed, range[2] ?? '')];
    if (low === undefined || high === undefined) return [];
    return typed.type === 'date' ? [low, high] : [low, high + 1];
  }
  const bound = /^(>=|<=|>|<)?\s*(\S+)$/.exec(cell);
  const value = bound && (/\d/.test(cell) || dayWords.test(cell)) ? parsedValue(typed, bound[2] ?? '') : undefined;
  if (value === undefined) return [];
  return [value + isNext(typed, bound?.[1] === '<=' || bound?.[1] === '>')];
}

/** On whole steps `<=59.9` and `>59.9` speak of 60. */
const isNext = (typed: Typed | undefined, beyond: boolean): 0 | 1 => (beyond && typed?.type !== 'date' ? 1 : 0);

const NEAR = 1;

/** How many facts of the tests stand at a bound that has moved. */
export function testsAt(doc: RuleDocument, { fact, from }: Move): number {
  const all = [doc.tests.base, ...doc.tests.cases.map(({ facts }) => facts)];
  return all.filter((facts) => isAt(facts[fact], from)).length;
}

const isAt = (value: FactValues[string] | undefined, bound: number): value is number =>
  typeof value === 'number' && Math.abs(value - bound) <= NEAR;

/** Tests that stood at the old bound, or one step beside it, stand the same way at the new one. */
export const moveTests =
  (move: Move): Edit =>
  (doc) => {
    const typed = doc.facts[move.fact];
    const { base, cases } = doc.tests;
    const shifted = (facts: FactValues): FactValues => {
      const value = facts[move.fact];
      return isAt(value, move.from) ? { ...facts, [move.fact]: value + move.to - move.from } : facts;
    };
    return {
      ...doc,
      tests: {
        base: shifted(base),
        cases: cases.map((one) => {
          const facts = shifted(one.facts);
          if (facts === one.facts || !typed) return one;
          const [was, is] = [valueText(typed, one.facts[move.fact]), valueText(typed, facts[move.fact])];
          return { ...one, name: one.name.replaceAll(was, is), facts };
        }),
      },
    };
  };
