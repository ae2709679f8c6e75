import type { Node, Ruleset } from '../../schemas/ruleset.ts';
import { canonicalJson } from '../canonical.ts';
import type { Plan } from '../conclude.ts';

/** Rules by index that have no like in the other document. */
export interface Altered {
  before: number[];
  after: number[];
}

/**
 * The rules of two documents paired where they are alike in condition, event, order and exceptions, whatever they are
 * called; null if the documents differ in more than rules, so that nothing can be left out of the comparison.
 */
export function pairUp(before: Plan, after: Plan): Altered | null {
  if (frameOf(before) !== frameOf(after)) return null;
  const [old, next] = [before, after].map(({ doc, eventKeys }) =>
    doc.rules.map((rule, i) => `${JSON.stringify(bare(doc, rule.conditions))} ${eventKeys[i]}`),
  );
  const isOrdered = ['first', 'collect', 'sum'].includes(before.doc.decision.combine ?? 'unique');
  const pairs = isOrdered ? inOrder(old!, next!) : inAnyOrder(old!, next!);
  while (dropUnlike(pairs, before, after));
  const taken = new Set(pairs.values());
  return {
    before: old!.flatMap((_, rule) => (pairs.has(rule) ? [] : [rule])),
    after: next!.flatMap((_, rule) => (taken.has(rule) ? [] : [rule])),
  };
}

/** All that decides beside the rules. */
function frameOf({ doc, required, notApplicable }: Plan): string {
  const { combine, sumOf, order, outcomes, scope, impossible, otherwise } = doc.decision;
  return canonicalJson([
    combine ?? 'unique',
    sumOf ?? null,
    order ?? null,
    [outcomes.grant?.code ?? null, outcomes.deny?.code ?? null, outcomes.refer?.code ?? null],
    scope === undefined ? null : bare(doc, scope),
    (impossible ?? []).map(({ when }) => bare(doc, when)),
    otherwise,
    required,
    notApplicable,
  ]);
}

/** A tree without names, references and lists written out. */
function bare(doc: Ruleset, node: Node): unknown {
  if ('condition' in node) return bare(doc, doc.conditions![node.condition]!);
  if ('not' in node) return { not: bare(doc, node.not) };
  if ('all' in node) return { all: node.all.map((part) => bare(doc, part)) };
  if ('any' in node) return { any: node.any.map((part) => bare(doc, part)) };
  const { fact, operator, value } = node;
  const isList = operator === 'inList' || operator === 'notInList';
  return { fact, operator, value: isList ? doc.lists![value as string] : value };
}

function inAnyOrder(before: readonly string[], after: readonly string[]): Map<number, number> {
  const places = new Map<string, number[]>();
  for (const [i, key] of after.entries()) places.set(key, [...(places.get(key) ?? []), i]);
  const pairs = new Map<number, number>();
  for (const [i, key] of before.entries()) {
    const place = places.get(key)?.shift();
    if (place !== undefined) pairs.set(i, place);
  }
  return pairs;
}

/** The longest common sequence. */
function inOrder(before: readonly string[], after: readonly string[]): Map<number, number> {
  const width = after.length + 1;
  const longest = new Int32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      longest[i * width + j] =
        before[i] === after[j]
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
  const pairs = new Map<number, number>();
  for (let i = 0, j = 0; i < before.length && j < after.length; )
    if (before[i] === after[j]) pairs.set(i++, j++);
    else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i += 1;
    else j += 1;
  return pairs;
}

/** Parts pairs whose exceptions, as far as those are paired, are not each other's; true if there were any. */
function dropUnlike(pairs: Map<number, number>, before: Plan, after: Plan): boolean {
  const taken = new Set(pairs.values());
  let dropped = false;
  for (const [old, next] of pairs) {
    const expected = before.exceptions[old]!.filter((rule) => pairs.has(rule)).map((rule) => pairs.get(rule)!);
    const found = after.exceptions[next]!.filter((rule) => taken.has(rule));
    if (expected.length === found.length && expected.every((rule) => found.includes(rule))) continue;
    pairs.delete(old);
    dropped = true;
  }
  return dropped;
}
