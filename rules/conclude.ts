import type { Because } from '../schemas/decision.ts';
import type { RuleEvent, Ruleset } from '../schemas/ruleset.ts';
import { canonicalJson } from './canonical.ts';
import type { Params, Truth, Verdict } from './verdict.ts';

/** What the order of decision needs of a document, worked out once. */
export interface Plan {
  readonly doc: Ruleset;
  readonly names: readonly string[];
  /** Of each rule: the rules that are exceptions to it, taken transitively. */
  readonly exceptions: readonly (readonly number[])[];
  readonly eventKeys: readonly string[];
  readonly required: readonly string[];
  readonly notApplicable: readonly string[];
}

export function planOf(doc: Ruleset): Plan {
  const names = doc.rules.map((rule) => rule.name);
  const missingAs = (how: string): string[] =>
    Object.keys(doc.facts)
      .filter((id) => doc.facts[id]!.missing === how)
      .sort();
  return {
    doc,
    names,
    exceptions: exceptionsOf(doc, names),
    eventKeys: doc.rules.map((rule) => canonicalJson(rule.event)),
    required: missingAs('required'),
    notApplicable: missingAs('not-applicable'),
  };
}

function exceptionsOf(doc: Ruleset, names: readonly string[]): number[][] {
  const index = new Map(names.map((name, i) => [name, i]));
  const exceptions: number[][] = names.map(() => []);
  for (const [i, name] of names.entries())
    for (const displaced of displacedBy(doc, name, new Set())) exceptions[index.get(displaced)!]!.push(i);
  return exceptions;
}

function displacedBy(doc: Ruleset, name: string, found: Set<string>): Set<string> {
  for (const other of doc.notes[name]?.overrides ?? []) {
    if (found.has(other)) continue;
    found.add(other);
    displacedBy(doc, other, found);
  }
  return found;
}

/** What an evaluator found. `openFacts` names the missing facts behind an unknown tree. */
export interface Findings {
  scope: Truth | undefined;
  impossible: readonly Truth[];
  rules: readonly Truth[];
  isMissing: (fact: string) => boolean;
  openFacts: (tree: 'scope' | number) => Iterable<string>;
}

/** The order of decision (rules.md §3), for whichever evaluator did the reading. */
export function conclude(plan: Plan, findings: Findings): Verdict {
  return beforeRules(plan, findings) ?? afterRules(plan, findings);
}

function beforeRules({ required, notApplicable, doc }: Plan, found: Findings): Verdict | undefined {
  if (found.scope === 'false' || notApplicable.some(found.isMissing))
    return { type: 'out-of-scope', fired: [], missing: [], because: { kind: 'out-of-scope' } };
  const waiting = required.filter(found.isMissing);
  if (found.scope === 'unknown') waiting.push(...found.openFacts('scope'));
  if (waiting.length > 0) return undetermined([], waiting, { kind: 'missing' });
  if (found.impossible.includes('true')) return { ...referral(doc), fired: [], because: { kind: 'impossible' } };
  return undefined;
}

function undetermined(fired: string[], missing: Iterable<string>, because: Because): Verdict {
  return { type: 'undetermined', fired, missing: [...new Set(missing)].sort(), because };
}

function referral(doc: Ruleset): Pick<Verdict, 'type' | 'code' | 'missing'> {
  return { type: 'refer', code: doc.decision.outcomes.refer?.code ?? 'referred', missing: [] };
}

interface Standing {
  plan: Plan;
  fired: string[];
  /** True, respectively unknown, and not displaced by a true exception. */
  left: number[];
  open: number[];
}

function afterRules(plan: Plan, found: Findings): Verdict {
  const standing = standingOf(plan, found.rules);
  const mattering = standing.open.filter((rule) => matters(rule, standing));
  if (mattering.length > 0) {
    const waiting = mattering.flatMap((rule) => [...found.openFacts(rule)]);
    return undetermined(standing.fired, waiting, {
      kind: 'missing',
      rules: mattering.map((rule) => plan.names[rule]!),
    });
  }
  return combine(standing);
}

function standingOf(plan: Plan, truths: readonly Truth[]): Standing {
  const fired: string[] = [];
  const left: number[] = [];
  const open: number[] = [];
  for (let rule = 0; rule < truths.length; rule += 1) {
    const truth = truths[rule]!;
    if (truth === 'false') continue;
    if (truth === 'true') fired.push(plan.names[rule]!);
    const exceptions = plan.exceptions[rule]!;
    if (exceptions.length > 0 && exceptions.some((exception) => truths[exception] === 'true')) continue;
    (truth === 'true' ? left : open).push(rule);
  }
  return { plan, fired, left, open };
}

/** Whether learning the truth of this unknown rule could change the outcome. */
function matters(rule: number, { plan, left }: Standing): boolean {
  switch (plan.doc.decision.combine ?? 'unique') {
    case 'agree':
      return left.length === 0 || left.some((other) => plan.eventKeys[other] !== plan.eventKeys[rule]);
    case 'first':
      // a later rule still matters where it is an exception to the first
      return left.length === 0 || rule < left[0]! || plan.exceptions[left[0]!]!.includes(rule);
    default:
      return true;
  }
}

function combine(standing: Standing): Verdict {
  const { plan, left, fired } = standing;
  if (left.length === 0)
    return fromEvent(plan.doc, plan.doc.decision.otherwise, { fired, because: { kind: 'otherwise' } });
  const how = plan.doc.decision.combine ?? 'unique';
  if (how === 'collect' || how === 'sum') return gathered(standing);
  const rules = left.map((rule) => plan.names[rule]!);
  const chosen = plan.doc.rules[left[0]!]!.event;
  if (how === 'first')
    return fromEvent(plan.doc, chosen, { fired, because: { kind: 'rule', rules: rules.slice(0, 1) } });
  const oneEvent = how === 'agree' && left.every((rule) => plan.eventKeys[rule] === plan.eventKeys[left[0]!]);
  if (left.length > 1 && !oneEvent) return { ...referral(plan.doc), fired, because: { kind: 'conflict', rules } };
  return fromEvent(plan.doc, chosen, { fired, because: { kind: 'rule', rules } });
}

function fromEvent(doc: Ruleset, event: RuleEvent, { fired, because }: { fired: string[]; because: Because }): Verdict {
  const verdict: Verdict = {
    type: event.type,
    code: doc.decision.outcomes[event.type]!.code,
    fired,
    missing: [],
    because,
  };
  if (event.params !== undefined) verdict.params = { ...event.params };
  return verdict;
}

/** All events; the worst type decides, so that a sum never hides a denial. */
function gathered({ plan, left, fired }: Standing): Verdict {
  const { doc } = plan;
  const events = left.map((rule) => doc.rules[rule]!.event);
  const order = doc.decision.order ?? ['deny', 'refer', 'grant'];
  const type = order.find((kind) => events.some((event) => event.type === kind)) ?? events[0]!.type;
  const because: Because = { kind: 'rule', rules: left.map((rule) => plan.names[rule]!) };
  const verdict: Verdict = {
    type,
    code: doc.decision.outcomes[type]!.code,
    events: [...events],
    fired,
    missing: [],
    because,
  };
  if (doc.decision.combine === 'sum' && type === 'grant') verdict.params = summed(events, doc.decision.sumOf!);
  return verdict;
}

function summed(events: readonly RuleEvent[], param: string): Params {
  let total = 0;
  for (const event of events) {
    const value = event.params?.[param];
    if (typeof value === 'number') total += value;
  }
  return { [param]: total };
}
