import { outcomeKey } from './analysis/outcome.ts';
import { canonicalJson } from './canonical.ts';
import { traceSome } from './decide.ts';
import type { LoadedRuleset } from './load.ts';
import type { FactValue } from '../schemas/ruleset.ts';
import type { Facts, Params, Trace, TraceNode, Truth, Verdict } from './verdict.ts';

/** Better, worse, another outcome that is neither, or the same outcome for another reason. */
export const changeKinds = ['gain', 'lose', 'other', 'reason'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** `no-rule`: nothing bound, or no revision for the date. `error`: a fact lies outside what the document declares. */
export type SideType = Verdict['type'] | 'no-rule' | 'error';

/** One case under one of the two books. */
export interface Side {
  type: SideType;
  verdict: Verdict;
}

/** Null where the two verdicts say the same of the case, outcome and reason alike. */
export function changeOf(before: Side, after: Side): ChangeKind | null {
  if (sameVerdict(before, after)) return null;
  const step = rankOf(after) - rankOf(before);
  if (step !== 0) return step > 0 ? 'gain' : 'lose';
  if (sameOutcome(before, after)) return 'reason';
  return before.type === 'grant' ? compareGrants(before.verdict.params ?? {}, after.verdict.params ?? {}) : 'other';
}

function sameVerdict(before: Side, after: Side): boolean {
  return before.type === after.type && equalVerdicts(before.verdict, after.verdict);
}

/** As their canonical JSON, without writing it: this is asked of every student. */
export function equalVerdicts(a: Verdict, b: Verdict): boolean {
  if (a === b) return true;
  return (
    a.type === b.type &&
    a.code === b.code &&
    a.because.kind === b.because.kind &&
    equalLists(a.because.rules, b.because.rules) &&
    equalLists(a.fired, b.fired) &&
    equalLists(a.missing, b.missing) &&
    ((a.params === undefined && b.params === undefined) ||
      canonicalJson(a.params ?? null) === canonicalJson(b.params ?? null)) &&
    ((a.events === undefined && b.events === undefined) ||
      canonicalJson(a.events ?? null) === canonicalJson(b.events ?? null))
  );
}

function equalLists(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** Whatever the rules behind it; as the exact difference compares. */
export function sameOutcome(before: Side, after: Side): boolean {
  return before.type === after.type && outcomeKey(before.verdict) === outcomeKey(after.verdict);
}

/** A grant above everything, a denial below: what still waits for a fact or a person is neither. */
function rankOf({ type }: Side): number {
  if (type === 'grant') return 2;
  return type === 'deny' ? 0 : 1;
}

/** More in every number is a gain, less in every number a loss. */
function compareGrants(before: Params, after: Params): ChangeKind {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const steps = names.flatMap((name) => {
    const [from, to] = [before[name], after[name]];
    return typeof from === 'number' && typeof to === 'number' ? [Math.sign(to - from)] : from === to ? [] : [NaN];
  });
  if (steps.some(Number.isNaN)) return 'other';
  if (steps.includes(1)) return steps.includes(-1) ? 'other' : 'gain';
  return steps.includes(-1) ? 'lose' : 'other';
}

/** How a condition came out, and what it asked for. */
export interface NodeState {
  truth: Truth;
  operator: string;
  value: unknown;
  /** null: missing. */
  got: FactValue;
}

/** A condition that is not the same on both sides; null where that side does not have it. */
export interface Turned {
  /** The rule it stands in, `scope` or `impossible`. */
  rule: string;
  node: string;
  fact: string;
  before: NodeState | null;
  after: NodeState | null;
}

/** A verdict with what it was worked out from. */
export interface SideCase {
  loaded: LoadedRuleset;
  verdict: Verdict;
  facts: Facts;
}

const MOST_TURNED = 8;

/**
 * The conditions that turned the verdict, the likeliest first: those whose truth differs in the rules that answer or answered, then
 * those that stand on one side only. Empty where no condition turned: a rule's outcome, an exception or the order has changed.
 */
export function turnedNodes(before: SideCase, after: SideCase): Turned[] {
  const renames = after.loaded.doc.change.renames ?? {};
  const concerned = concernedRules(before.verdict, after.verdict);
  const among = (rule: string): boolean => concerned.has(rule);
  const [old, now] = [before, after].map(({ loaded, facts }) => traceSome(loaded, facts, among)) as [Trace, Trace];
  return turnedAmong(old, now, renames);
}

function turnedAmong(before: Trace, after: Trace, renames: Readonly<Record<string, string>>): Turned[] {
  const old = leavesOf(before, (name) => (Object.hasOwn(renames, name) ? renames[name]! : name));
  const now = leavesOf(after, (name) => name);
  const found: { turned: Turned; weight: number }[] = [];
  for (const node of new Set([...now.keys(), ...old.keys()])) {
    const [was, is] = [old.get(node), now.get(node)];
    if (was && is && was.state.truth === is.state.truth) continue;
    const { rule, fact } = (is ?? was)!;
    const turned = { rule, node, fact, before: was?.state ?? null, after: is?.state ?? null };
    found.push({ turned, weight: was && is ? 0 : mattersAlone(turned) ? 1 : 2 });
  }
  return found
    .sort((a, b) => a.weight - b.weight)
    .slice(0, MOST_TURNED)
    .map(({ turned }) => turned);
}

/** A condition added or taken away stood in the way, unless it held. */
function mattersAlone({ before, after }: Turned): boolean {
  return (before ?? after)!.truth !== 'true';
}

/** Rules that hold on one side only, and those the verdicts name. */
function concernedRules(before: Verdict, after: Verdict): Set<string> {
  const concerned = new Set([...(before.because.rules ?? []), ...(after.because.rules ?? [])]);
  const [old, now] = [new Set(before.fired), new Set(after.fired)];
  for (const name of before.fired) if (!now.has(name)) concerned.add(name);
  for (const name of after.fired) if (!old.has(name)) concerned.add(name);
  return concerned;
}

interface LeafState {
  fact: string;
  /** The first it stands in; a condition may be referred to by several. */
  rule: string;
  state: NodeState;
}

function leavesOf({ scope, impossible, rules }: Trace, nameOf: (name: string) => string): Map<string, LeafState> {
  const found = new Map<string, LeafState>();
  const visit = (node: TraceNode, rule: string): void => {
    for (const part of node.nodes ?? []) visit(part, rule);
    if (node.fact === undefined || node.name === undefined) return;
    const name = nameOf(node.name);
    if (found.has(name)) return;
    const { fact, truth, operator = '', value, got = null } = node;
    found.set(name, { fact, rule, state: { truth, operator, value, got } });
  };
  for (const { name, tree } of rules) visit(tree, name);
  if (scope) visit(scope, 'scope');
  for (const tree of impossible) visit(tree, 'impossible');
  return found;
}
