import { firedTwoValued } from '../../rules/compile.ts';
import { decide } from '../../rules/decide.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import type { Verdict } from '../../rules/verdict.ts';
import type { FactValue, Leaf, Node, Reference, Ruleset } from '../../schemas/ruleset.ts';
import { asks, everyCase, smallDomains } from './small-documents.ts';
import type { Case } from './small-documents.ts';

/** What the exact analysis has to say, found out by deciding every case. */
export interface Expected {
  /** Names of findings as the analysis gives them; of what has a hash for a name only the part before it. */
  names: string[];
  needless: { rule: string; facts: string[] }[];
  /** Cases that fall to `otherwise`. */
  gaps: Case[];
}

interface Decided {
  facts: Case;
  verdict: Verdict;
}

interface World {
  doc: Ruleset;
  /** All that reach the rules. */
  whole: Decided[];
  gapped: Decided[];
}

export function bruteForce(loaded: LoadedRuleset): Expected {
  const { doc } = loaded;
  const decided = (gapped: boolean): Decided[] =>
    everyCase([doc], { gapped })
      .map((facts) => ({ facts, verdict: decide(loaded, facts) }))
      .filter(({ verdict }) => reachesRules(verdict));
  const world: World = { doc, whole: decided(false), gapped: decided(true) };
  const rules = doc.rules.map(({ name }) => name);
  return {
    names: [
      ...rules.filter((rule) => !world.gapped.some(fires(rule))).map((rule) => `never_fires:${rule}`),
      ...rules
        .filter((rule) => world.whole.length > 0 && world.whole.every(fires(rule)))
        .map((rule) => `always_fires:${rule}`),
      ...conflicts(world),
      ...subsumed(world),
      ...unreachable(world),
      ...redundant(world),
      ...hazards(world),
      ...falls(world),
      ...outside(doc),
      ...(world.whole.some(({ verdict }) => verdict.because.kind === 'otherwise') ? ['gap'] : []),
    ].sort(),
    needless: needless(world),
    gaps: world.gapped.filter(({ verdict }) => verdict.because.kind === 'otherwise').map(({ facts }) => facts),
  };
}

/** A case that waits with rules named has reached them; one whose scope or required facts wait has not. */
export function reachesRules({ because }: Verdict): boolean {
  if (because.kind === 'missing') return because.rules !== undefined;
  return because.kind !== 'out-of-scope' && because.kind !== 'impossible';
}

const fires =
  (rule: string) =>
  ({ verdict }: Decided): boolean =>
    verdict.fired.includes(rule);

const eventOf = (doc: Ruleset, rule: string): string =>
  JSON.stringify(doc.rules.find(({ name }) => name === rule)!.event);

function conflicts({ doc, whole }: World): string[] {
  const found = new Set<string>();
  for (const { verdict } of whole) {
    const { kind, rules = [] } = verdict.because;
    if (kind !== 'conflict') continue;
    for (const [i, a] of rules.entries())
      for (const b of rules.slice(i + 1)) {
        const alike = eventOf(doc, a) === eventOf(doc, b);
        if (!alike) found.add(`conflict:${a}:${b}`);
        else if ((doc.decision.combine ?? 'unique') === 'unique') found.add(`overlap:${a}:${b}`);
      }
  }
  return [...found];
}

function subsumed({ doc, whole }: World): string[] {
  const names = doc.rules.map(({ name }) => name);
  const entangled = new Set(
    Object.entries(doc.notes).flatMap(([rule, { overrides }]) => (overrides ? [rule, ...overrides] : [])),
  );
  const { combine } = doc.decision;
  const isWithin = (a: string, b: string): boolean => whole.some(fires(a)) && whole.filter(fires(a)).every(fires(b));
  const found: string[] = [];
  for (const [i, a] of names.entries())
    for (const [j, b] of names.entries()) {
      if (i === j || combine === 'sum' || eventOf(doc, a) !== eventOf(doc, b)) continue;
      if (entangled.has(a) || entangled.has(b) || !isWithin(a, b)) continue;
      if (j < i && (combine === 'first' || isWithin(b, a))) continue; // said the other way round
      const between = names.slice(i + 1, j).filter((one) => eventOf(doc, one) !== eventOf(doc, a));
      if (combine === 'first' && between.some((one) => whole.filter(fires(a)).some(fires(one)))) continue;
      found.push(`subsumed:${a}:${b}`);
    }
  return found;
}

function unreachable({ doc, whole }: World): string[] {
  return doc.rules
    .map(({ name }) => name)
    .filter((rule) => whole.some(fires(rule)))
    .filter((rule) => !whole.some(({ verdict }) => verdict.because.rules?.includes(rule)))
    .map((rule) => `unreachable:${rule}`);
}

/** Leaves and references beside another part, left out one by one. */
function redundant({ doc, whole }: World): string[] {
  const found: string[] = [];
  const holds = (tree: Node, facts: Case): boolean =>
    firedTwoValued({ ...doc, rules: [{ ...doc.rules[0]!, conditions: tree as { all: Node[] } }] }, facts).length > 0;
  const look = (tree: Node, cases: readonly Case[]): void => {
    if (!cases.some((facts) => holds(tree, facts))) return;
    for (const node of spareable(tree)) {
      const rest = without(tree, node.name);
      if (cases.every((facts) => holds(tree, facts) === holds(rest, facts)))
        found.push(`redundant_condition:${node.name}`);
    }
  };
  const reached = whole.map(({ facts }) => facts);
  for (const { conditions } of doc.rules) look(conditions, reached);
  for (const tree of Object.values(doc.conditions ?? {})) look(tree, everyCase([doc], { gapped: false }));
  return found;
}

function spareable(node: Node): (Leaf | Reference)[] {
  if ('fact' in node || 'condition' in node) return [];
  if ('not' in node) return spareable(node.not);
  const parts = 'all' in node ? node.all : node.any;
  const own = parts.filter((part): part is Leaf | Reference => 'fact' in part || 'condition' in part);
  return [...(parts.length > 1 ? own : []), ...parts.flatMap(spareable)];
}

function without(node: Node, name: string): Node {
  if ('not' in node) return { not: without(node.not, name) };
  const rest = (parts: Node[]): Node[] =>
    parts.filter((part) => !('name' in part) || part.name !== name).map((part) => without(part, name));
  if ('all' in node) return { all: rest(node.all) };
  return 'any' in node ? { any: rest(node.any) } : node;
}

function hazards({ doc, gapped }: World): string[] {
  const found = new Set<string>();
  for (const { facts, verdict } of gapped)
    for (const rule of firedTwoValued(doc, facts)) if (!verdict.fired.includes(rule)) found.add(rule);
  return [...found].map((rule) => `missing_data_hazard:${rule}`);
}

const RANKS = ['deny', 'refer', 'grant'];

function falls({ doc, whole }: World): string[] {
  const found = new Set<string>();
  const at = new Map(whole.map((one) => [JSON.stringify(one.facts), one.verdict]));
  for (const [fact, { better }] of Object.entries(doc.facts)) {
    if (better === undefined) continue;
    const values = better === 'higher' ? smallDomains[fact]! : [...smallDomains[fact]!].reverse();
    for (const { facts, verdict } of whole)
      for (const value of values.slice(values.indexOf(facts[fact]!) + 1)) {
        const later = at.get(JSON.stringify({ ...facts, [fact]: value }));
        if (later !== undefined && fares(later, verdict) < 0) found.add(`not_monotone:${fact}`);
      }
  }
  return [...found];
}

/** Below zero: worse. */
function fares(one: Verdict, other: Verdict): number {
  const rank = RANKS.indexOf(one.type) - RANKS.indexOf(other.type);
  if (rank !== 0) return rank;
  const [mine, theirs] = [one.params?.credits, other.params?.credits];
  return typeof mine === 'number' && typeof theirs === 'number' ? mine - theirs : 0;
}

function outside(doc: Ruleset): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if ('not' in node) visit(node.not);
    else if ('all' in node || 'any' in node) ('all' in node ? node.all : node.any).forEach(visit);
    else if ('fact' in node) {
      const top = (doc.facts.n as { max: number }).max;
      const values = smallDomains[node.fact]!.filter((value) => node.fact !== 'n' || (value as number) <= top);
      const holds = (value: FactValue): boolean =>
        firedTwoValued({ ...doc, rules: [{ ...doc.rules[0]!, conditions: { all: [node] } }] }, { [node.fact]: value })
          .length > 0;
      if (!values.some(holds)) found.push(`value_outside_domain:${node.name}`);
    }
  };
  for (const { conditions } of doc.rules) visit(conditions);
  Object.values(doc.conditions ?? {}).forEach(visit);
  if (doc.decision.scope) visit(doc.decision.scope);
  for (const { when } of doc.decision.impossible ?? []) visit(when);
  return found;
}

function needless({ doc, gapped }: World): { rule: string; facts: string[] }[] {
  return doc.rules
    .filter(({ event }) => event.type === 'grant')
    .map(({ name }) => ({
      rule: name,
      facts: Object.keys(smallDomains)
        .filter((fact) => asks(doc, fact) && doc.facts[fact]!.missing === undefined)
        .filter((fact) =>
          gapped.some(
            ({ facts, verdict }) =>
              verdict.type === 'grant' &&
              verdict.because.rules?.includes(name) === true &&
              Object.keys(facts).every((other) => (facts[other] === null) === (other === fact)),
          ),
        )
        .sort(),
    }));
}
