import { canonicalJson } from './canonical.ts';
import { compile, evaluate, evaluateWithTrace, traceValues } from './compile.ts';
import type { Program } from './compile.ts';
import { admit } from './gate.ts';
import type { LoadedRuleset } from './load.ts';
import { adapt, evaluateByReference, verdictByReference } from './reference.ts';
import type { Reference } from './reference.ts';
import type { Facts, Trace, Traced, Verdict } from './verdict.ts';

const programs = new WeakMap<LoadedRuleset, Program>();
const references = new WeakMap<LoadedRuleset, Reference>();

function programOf(loaded: LoadedRuleset): Program {
  const known = programs.get(loaded) ?? compile(loaded.doc);
  programs.set(loaded, known);
  return known;
}

function referenceOf(loaded: LoadedRuleset): Reference {
  const known = references.get(loaded) ?? adapt(loaded.doc);
  references.set(loaded, known);
  return known;
}

/** By the compiled evaluator: for cohorts and for pages. */
export function decide(loaded: LoadedRuleset, facts: Facts): Verdict {
  return evaluate(programOf(loaded), facts);
}

export function decideWithTrace(loaded: LoadedRuleset, facts: Facts): Traced {
  return evaluateWithTrace(programOf(loaded), facts);
}

/** The trees of some rules alone, with those of the scope and of what cannot be. */
export function traceSome(loaded: LoadedRuleset, facts: Facts, among: (rule: string) => boolean): Trace {
  const { rules, plan, ...program } = programOf(loaded);
  const kept = rules.map((tree, i) => ({ tree, name: plan.names[i]! })).filter(({ name }) => among(name));
  const some = {
    ...program,
    rules: kept.map(({ tree }) => tree),
    plan: { ...plan, names: kept.map(({ name }) => name) },
  };
  return traceValues(some, admit(some.gate, facts));
}

/** By json-rules-engine. Await one before starting the next: overlapping they gain nothing. */
export function decideByReference(loaded: LoadedRuleset, facts: Facts): Promise<Traced> {
  return evaluateByReference(referenceOf(loaded), facts);
}

/** The same without its trees, for many cases. */
export function verdictByEngine(loaded: LoadedRuleset, facts: Facts): Promise<Verdict> {
  return verdictByReference(referenceOf(loaded), facts);
}

/** Everything that a decision says must be equal; where both carry a trace, the trace too. */
export function agree(a: Verdict & { trace?: unknown }, b: Verdict & { trace?: unknown }): boolean {
  if ((a.trace === undefined) !== (b.trace === undefined))
    return canonicalJson({ ...a, trace: null }) === canonicalJson({ ...b, trace: null });
  return sameParts(a, b) || canonicalJson(a) === canonicalJson(b);
}

/** Part for part the same, which is so for nearly every case and quicker to see than to write both down. */
function sameParts(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key of keys) if (!Object.hasOwn(right, key) || !sameParts(left[key], right[key])) return false;
  return true;
}
