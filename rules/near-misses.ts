import type { FactValue, Ruleset } from '../schemas/ruleset.ts';
import type { Text } from '../schemas/text.ts';
import { cellsOf, leavesIn, rootsOf } from './cells.ts';
import type { Cell } from './cells.ts';
import { decide } from './decide.ts';
import { factTexts } from './explain.ts';
import type { LoadedRuleset } from './load.ts';
import { declaredFacts } from './record.ts';
import type { Facts, Verdict } from './verdict.ts';

export interface Change {
  fact: string;
  title: Text;
  got: FactValue;
  needed: FactValue;
  gotText: Text;
  neededText: Text;
}

export interface NearMiss {
  /** The first rule that would grant. */
  rule: string;
  changes: Change[];
  steps: number;
  text: Text;
}

export interface NearMisses {
  /** `not_decided`: the budget was spent before an answer. */
  decided: 'found' | 'none' | 'not_decided';
  misses: NearMiss[];
}

interface Options {
  /** Facts that may not change; unless given, those of the scope and of what is asked for. */
  fixed?: readonly string[];
  /** Verdicts worked out at most. */
  budget?: number;
}

/**
 * What is nearest to a grant: fewest facts changed, then fewest steps, then document order. Exact, since each cell of
 * each fact is tried by its nearest value and every candidate is decided, exceptions and impossible cases included.
 */
export function nearMisses(loaded: LoadedRuleset, facts: Facts, { fixed, budget = 60_000 }: Options = {}): NearMisses {
  const { doc } = loaded;
  const known = declaredFacts(loaded, facts);
  if (decide(loaded, known).type === 'grant') return { decided: 'none', misses: [] };
  const leaves = leavesIn(doc, rootsOf(doc));
  const still = new Set(fixed ?? [...scopeFacts(doc), ...askedFacts(doc)]);
  const movable = [...leaves.keys()].filter((fact) => !still.has(fact)).sort();
  const cells = new Map(
    movable.map((fact) => [fact, cellsOf(doc, leaves.get(fact)!, { fact, got: known[fact] ?? null })]),
  );
  const search: Search = { loaded, known, cells, left: budget, found: [] };
  for (let size = 1; size <= movable.length && search.left > 0; size += 1) {
    tryChanges(search, { movable, size, from: 0, changed: [] });
    if (search.found.length > 0 && search.left > 0) return { decided: 'found', misses: ranked(search, doc) };
  }
  return { decided: search.left > 0 ? 'none' : 'not_decided', misses: [] };
}

function scopeFacts(doc: Ruleset): string[] {
  const { scope } = doc.decision;
  return scope === undefined ? [] : [...leavesIn(doc, [scope]).keys()];
}

/** Another level, course or edition is another question, not a nearer answer. */
function askedFacts(doc: Ruleset): string[] {
  const asked = /^register:(pathways|standards|courses|plan_courses|programmes|plans)\./;
  return Object.keys(doc.facts).filter((fact) => asked.test(doc.facts[fact]!.source));
}

interface Candidate {
  changed: { fact: string; cell: Cell }[];
  steps: number;
  rule: string;
}

interface Search {
  loaded: LoadedRuleset;
  known: Record<string, FactValue>;
  cells: ReadonlyMap<string, readonly Cell[]>;
  left: number;
  found: Candidate[];
}

interface Step {
  movable: readonly string[];
  size: number;
  from: number;
  changed: Candidate['changed'];
}

function tryChanges(search: Search, { movable, size, from, changed }: Step): void {
  if (changed.length === size) return tryOne(search, changed);
  for (let i = from; i <= movable.length - (size - changed.length) && search.left > 0; i += 1) {
    const fact = movable[i]!;
    for (const cell of search.cells.get(fact)!)
      tryChanges(search, { movable, size, from: i + 1, changed: [...changed, { fact, cell }] });
  }
}

function tryOne(search: Search, changed: Candidate['changed']): void {
  if (search.left <= 0) return;
  search.left -= 1;
  const facts = { ...search.known };
  for (const { fact, cell } of changed) facts[fact] = cell.value;
  const verdict: Verdict = decide(search.loaded, facts);
  if (verdict.type !== 'grant') return;
  const steps = changed.reduce((total, { cell }) => total + cell.steps, 0);
  search.found.push({ changed, steps, rule: verdict.because.rules?.[0] ?? '' });
}

function ranked({ found, known }: Search, doc: Ruleset): NearMiss[] {
  const order = new Map(doc.rules.map((rule, i) => [rule.name, i]));
  found.sort((a, b) => a.steps - b.steps || (order.get(a.rule) ?? 0) - (order.get(b.rule) ?? 0));
  return found.slice(0, 3).map(({ changed, steps, rule }) => {
    const changes = changed.map(({ fact, cell }) =>
      changeOf(doc, fact, { got: known[fact] ?? null, needed: cell.value }),
    );
    return { rule, steps, changes, text: textOf(changes) };
  });
}

function changeOf(doc: Ruleset, fact: string, { got, needed }: { got: FactValue; needed: FactValue }): Change {
  const { title, text: gotText } = factTexts(doc, fact, got);
  return { fact, title, got, needed, gotText, neededText: factTexts(doc, fact, needed).text };
}

/** "实操58.0，需60.0；其余均满足". */
function textOf(changes: readonly Change[]): Text {
  const zh = changes.map(
    ({ title, gotText, neededText }) => `${title['zh-CN']}${gotText['zh-CN']}，需${neededText['zh-CN']}`,
  );
  const en = changes.map(({ title, gotText, neededText }) => `${title.en} ${gotText.en}, needs ${neededText.en}`);
  return { 'zh-CN': `${zh.join('；')}；其余均满足`, en: `${en.join('; ')}; all else holds` };
}
