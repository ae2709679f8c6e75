import type { Ruleset } from '../../schemas/ruleset.ts';
import type { Text } from '../../schemas/text.ts';
import { canonicalJson } from '../canonical.ts';
import { step } from '../faults.ts';
import { domainWords } from './words.ts';

/** What changed beside outcomes, for approvers to read next to them. */
export interface Changes {
  /** What a fact may be. */
  domains: { fact: string; title: Text; from: Text; to: Text }[];
  /** Words for people; null where there were none. */
  texts: { pointer: string; from: Text | null; to: Text | null }[];
  sources: { source: string; title: Text; change: 'added' | 'removed' | 'changed' }[];
  /** Facts asked for or no longer, and those that wait, count or come from elsewhere otherwise than before. */
  facts: { fact: string; title: Text; change: 'added' | 'removed' | 'changed' }[];
}

export function changesBetween(before: Ruleset, after: Ruleset): Changes {
  const shared = Object.keys(after.facts).filter((fact) => Object.hasOwn(before.facts, fact));
  return {
    domains: shared.flatMap((fact) => {
      if (same(domainOf(before, fact), domainOf(after, fact))) return [];
      return [{ fact, title: after.facts[fact]!.title, from: domainWords(before, fact), to: domainWords(after, fact) }];
    }),
    texts: textChanges(before, after),
    sources: changedEntries(before.sources, after.sources).map(({ key, change, value }) => ({
      source: key,
      title: value.title,
      change,
    })),
    facts: changedEntries(meansOf(before), meansOf(after)).map(({ key, change }) => ({
      fact: key,
      title: (after.facts[key] ?? before.facts[key]!).title,
      change,
    })),
  };
}

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

function domainOf({ facts }: Ruleset, fact: string): unknown {
  const declared = facts[fact]!;
  if ('min' in declared) return [declared.type, declared.min, declared.max];
  return [declared.type, 'values' in declared ? [...(declared.values ?? [])].sort() : []];
}

/** How each fact is come by, its domain and its words aside. */
function meansOf({ facts }: Ruleset): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([fact, { source, missing, better, sensitivity }]) => [
      fact,
      [source, missing ?? 'undetermined', better ?? null, sensitivity ?? null],
    ]),
  );
}

interface Entry<T> {
  key: string;
  change: 'added' | 'removed' | 'changed';
  value: T;
}

function changedEntries<T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>): Entry<T>[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return keys.flatMap((key): Entry<T>[] => {
    const [old, next] = [before, after].map((one) => (Object.hasOwn(one, key) ? one[key]! : undefined));
    if (old === undefined) return [{ key, change: 'added', value: next! }];
    if (next === undefined) return [{ key, change: 'removed', value: old }];
    return same(old, next) ? [] : [{ key, change: 'changed', value: next }];
  });
}

function textChanges(before: Ruleset, after: Ruleset): Changes['texts'] {
  const [old, next] = [textsOf(before), textsOf(after)];
  return changedEntries(old, next).map(({ key }) => ({ pointer: key, from: old[key] ?? null, to: next[key] ?? null }));
}

/** Every text of a document that people read, by its place. */
function textsOf(doc: Ruleset): Record<string, Text> {
  const found: Record<string, Text> = {};
  const visit = (value: unknown, pointer: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isText(value)) found[pointer] = value;
    else for (const [key, part] of Object.entries(value)) visit(part, pointer + step(key));
  };
  const { title, decision, facts, notes, explain = {} } = doc;
  visit({ title, decision: { question: decision.question, outcomes: decision.outcomes }, facts, notes, explain }, '');
  return found;
}

function isText(value: object): value is Text {
  return 'zh-CN' in value && 'en' in value;
}
