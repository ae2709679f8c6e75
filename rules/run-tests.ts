import type { TestCase } from '../schemas/ruleset.ts';
import { canonicalJson } from './canonical.ts';
import { check } from './checker.ts';
import { agree, decideByReference, decideWithTrace } from './decide.ts';
import type { LoadedRuleset } from './load.ts';
import type { Verdict } from './verdict.ts';

export interface TestReport {
  name: string;
  passed: boolean;
  expected: TestCase['expect'];
  got: Verdict;
  /** What kept it from passing: an expectation, or evaluators that differ. */
  faults: string[];
}

/** Told when one evaluation begins and ends: whoever runs a draft may stop one that takes too long. */
export interface Stopwatch {
  start(): void;
  stop(): void;
}

const nobody: Stopwatch = { start: () => undefined, stop: () => undefined };

/** A document's own tests on both evaluators and the checker. */
export async function runTests(loaded: LoadedRuleset, stopwatch = nobody): Promise<TestReport[]> {
  const reports: TestReport[] = [];
  for (const test of loaded.doc.tests.cases) {
    stopwatch.start();
    reports.push(await runTest(loaded, test));
    stopwatch.stop();
  }
  return reports;
}

async function runTest(loaded: LoadedRuleset, { name, facts, expect }: TestCase): Promise<TestReport> {
  const given = { ...loaded.doc.tests.base, ...facts };
  const compiled = decideWithTrace(loaded, given);
  const reference = await decideByReference(loaded, given);
  const { trace: _, ...got } = compiled;
  const faults = unmet(expect, got);
  if (!agree(compiled, reference)) faults.push('reference');
  if (!agree(got, check(loaded.doc, given) as Verdict)) faults.push('checker');
  return { name, passed: faults.length === 0, expected: expect, got, faults };
}

/** What of a test's expectation a verdict does not meet; only what the test states is compared. */
export function unmet(expect: TestCase['expect'], got: Verdict): string[] {
  const faults: string[] = [];
  for (const key of ['type', 'code', 'params', 'fired', 'missing'] as const) {
    if (expect[key] === undefined) continue;
    const wanted = key === 'missing' ? [...expect.missing!].sort() : expect[key];
    if (canonicalJson(wanted) !== canonicalJson(got[key] ?? null)) faults.push(key);
  }
  return faults;
}
