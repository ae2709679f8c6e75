import type { Because } from '../../schemas/decision.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import type { Text } from '../../schemas/text.ts';
import { canonicalJson } from '../canonical.ts';
import { outcomeText } from '../explain.ts';
import type { Verdict } from '../verdict.ts';

/** A verdict without the rules behind it: what a student gets, and on what kind of ground. */
export interface Outcome extends Pick<Verdict, 'type' | 'code' | 'params' | 'events'> {
  because: Because['kind'];
  title: Text;
}

/** Equal for verdicts of one outcome. */
export type OutcomeKey = string;

export function outcomeKey({ type, code, params, events, because }: Verdict): OutcomeKey {
  // in whatever order they stand in the document
  const given = events?.map((event) => canonicalJson(event)).sort() ?? null;
  return canonicalJson([type, code ?? null, params ?? null, given, because.kind]);
}

const GROUNDS: Partial<Record<Because['kind'], Text>> = {
  otherwise: { 'zh-CN': '无规则适用', en: 'no rule applies' },
  conflict: { 'zh-CN': '规则相互冲突', en: 'rules conflict' },
  impossible: { 'zh-CN': '情况不应出现', en: 'a case said to be impossible' },
};

export function outcomeOf(doc: Ruleset, { type, code, params, events, because }: Verdict): Outcome {
  const text = outcomeText(doc, params === undefined ? { type } : { type, params });
  const ground = GROUNDS[because.kind];
  const title: Text =
    ground === undefined
      ? text
      : { 'zh-CN': `${text['zh-CN']}（${ground['zh-CN']}）`, en: `${text.en} (${ground.en})` };
  return {
    type,
    ...(code === undefined ? {} : { code }),
    ...(params === undefined ? {} : { params }),
    ...(events === undefined ? {} : { events }),
    because: because.kind,
    title,
  };
}

/** Whether one outcome is worse than another by the document's order, then by its numeric params. */
export function isWorse({ decision }: Ruleset, one: Verdict, other: Verdict): boolean {
  const order: readonly string[] = decision.order ?? ['deny', 'refer', 'grant'];
  const [rank, base] = [order.indexOf(one.type), order.indexOf(other.type)];
  if (rank < 0 || base < 0) return false;
  if (rank !== base) return rank < base;
  return hasLess(one.params ?? {}, other.params ?? {});
}

/** No number larger and one smaller; numbers that pull both ways are not compared. */
function hasLess(one: Record<string, unknown>, other: Record<string, unknown>): boolean {
  let less = false;
  for (const [param, value] of Object.entries(one)) {
    const base = other[param];
    if (typeof value !== 'number' || typeof base !== 'number') continue;
    if (value > base) return false;
    less ||= value < base;
  }
  return less;
}
