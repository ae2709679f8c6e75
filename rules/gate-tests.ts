import type { Fault } from '../schemas/problem.ts';
import type { FactValue, Ruleset } from '../schemas/ruleset.ts';
import { Faults } from './faults.ts';
import type { LoadedRuleset } from './load.ts';
import { isOrdered, stepped, treesOf } from './mutants.ts';
import type { Ordered } from './mutants.ts';
import { mutationReport } from './mutation.ts';
import type { MutationReport } from './mutation.ts';
import { runTests } from './run-tests.ts';
import type { Stopwatch, TestReport } from './run-tests.ts';
import { leavesUnder } from './cells.ts';

export interface GateReport {
  /** Every test passes on every evaluator and there are no faults. */
  passed: boolean;
  tests: TestReport[];
  /** What the tests leave unasked, each with its place and words. */
  faults: Fault[];
  mutation: MutationReport & { /** Hundredths, rounded down. */ percent: number };
}

/** Share of small slips that a document's tests must notice (rules.md §7). */
export const MUTATION_AIM = 90;
const NAMED_SURVIVORS = 20;

/** A document's tests, and whether they ask enough: the second gate before publication (rules.md §7). */
export async function gateTests(loaded: LoadedRuleset, stopwatch?: Stopwatch): Promise<GateReport> {
  const { doc } = loaded;
  const tests = await runTests(loaded, stopwatch);
  const faults = new Faults();
  lintFiring(doc, tests, faults);
  lintBounds(doc, faults);
  if (!doc.tests.cases.some(({ facts }) => Object.values({ ...doc.tests.base, ...facts }).includes(null)))
    faults.add('/tests/cases', 'missing_untested');
  const passing = doc.tests.cases.filter((_, i) => tests[i]!.passed);
  const report = mutationReport(doc, passing);
  const percent = report.total === 0 ? 100 : Math.floor((report.broken / report.total) * 100);
  if (percent < MUTATION_AIM) lintMutation(report, percent, faults);
  return {
    passed: faults.list.length === 0 && passing.length === tests.length,
    tests,
    faults: faults.list,
    mutation: { ...report, percent },
  };
}

/** Each rule holds in one test and does not in another. */
function lintFiring({ rules }: Ruleset, tests: readonly TestReport[], faults: Faults): void {
  for (const [i, { name }] of rules.entries()) {
    const times = tests.filter(({ got }) => got.fired.includes(name)).length;
    if (times === 0) faults.add(`/rules/${i}`, 'rule_never_tested', { rule: name });
    else if (times === tests.length) faults.add(`/rules/${i}`, 'rule_always_holds_in_tests', { rule: name });
  }
}

/** The last value on each side of a bound. */
const sides: Readonly<Record<Ordered, readonly [number, number]>> = {
  lessThan: [-1, 0],
  lessThanInclusive: [0, 1],
  greaterThan: [0, 1],
  greaterThanInclusive: [-1, 0],
};

function lintBounds(doc: Ruleset, faults: Faults): void {
  const tried = new Map<string, Set<FactValue>>();
  for (const fact of Object.keys(doc.facts))
    tried.set(fact, new Set(doc.tests.cases.map(({ facts }) => ({ ...doc.tests.base, ...facts })[fact] ?? null)));
  for (const { root, pointer } of treesOf(doc))
    for (const leaf of leavesUnder(root)) {
      const { operator, fact, name, value } = leaf;
      if (!isOrdered(operator)) continue;
      const wanted = sides[operator]
        .map((by) => (by === 0 ? (value as number) : stepped(doc.facts[fact]!, value as number, by)))
        .filter((one) => one !== undefined && !tried.get(fact)!.has(one));
      for (const one of wanted) faults.add(pointer, 'bound_untested', { node: name, fact, value: one });
    }
}

function lintMutation({ survivors }: MutationReport, percent: number, faults: Faults): void {
  const named = survivors.slice(0, NAMED_SURVIVORS);
  faults.add('/tests/cases', 'tests_too_weak', { percent, aim: MUTATION_AIM });
  for (const { name, pointer, was, now } of named) faults.add(pointer, 'mutant_survives', { node: name, was, now });
}
