import { Engine, Rule } from 'json-rules-engine';
import type { RuleProperties } from 'json-rules-engine';
import { compile, evaluate, firedRules, traceValues } from '../../rules/compile.ts';
import { admit } from '../../rules/gate.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { adapt, evaluateByReference } from '../../rules/reference.ts';
import type { Facts } from '../../rules/verdict.ts';
import type { Figure } from '../figure.ts';
import { figure } from '../figure.ts';
import { benchDocument, benchStudents } from './documents.ts';
import { paired } from './paired.ts';
import type { Paired } from './paired.ts';

const SIZES = [10, 50, 200] as const;
const PAIRS = 40;
const STUDENTS = 500;

/** The compiled evaluator beside json-rules-engine, in one run, in CPU time. */
export async function benchEvaluators(say: (line: string) => void): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const rules of SIZES) {
    say(`${rules} rules`);
    const loaded = benchDocument(rules);
    figures.push(...(await ofWhole(loaded, rules)), ...(await ofGapped(loaded, rules)));
  }
  return figures;
}

async function ofWhole(loaded: LoadedRuleset, rules: number): Promise<Figure[]> {
  const program = compile(loaded.doc);
  const reference = adapt(loaded.doc);
  const engine = bareEngine(loaded);
  const facts = benchStudents(STUDENTS);
  const students = cycle(facts);
  const admitted = cycle(facts.map((one) => admit(program.gate, one)));
  const times = Math.max(4, Math.round(800 / rules));
  const beside = (slow: () => unknown, quick: () => unknown, each: number): Promise<Paired> =>
    paired({ slow: { turn: slow, times }, quick: { turn: quick, times: times * each }, pairs: PAIRS });
  const bare = (): unknown => engine(students());
  const fired = await beside(bare, () => firedRules(program, admitted()), 200);
  const traces = await beside(bare, () => traceValues(program, admitted()), 40);
  const verdicts = await beside(
    () => evaluateByReference(reference, students()),
    () => evaluate(program, students()),
    150,
  );
  return [
    ratio(`fired_${rules}`, fired, { atLeast: 200, beside: 'json-rules-engine by itself' }),
    ratio(`traces_${rules}`, traces, { atLeast: 35, beside: 'json-rules-engine by itself' }),
    ratio(`verdicts_${rules}`, verdicts, { atLeast: 200, beside: 'the same verdict by json-rules-engine' }),
  ];
}

/** A fifth of the facts missing: three values on our side, two runs on the engine's. */
async function ofGapped(loaded: LoadedRuleset, rules: number): Promise<Figure[]> {
  const program = compile(loaded.doc);
  const reference = adapt(loaded.doc);
  const students = cycle(benchStudents(STUDENTS, { missing: 20 }));
  const times = Math.max(4, Math.round(200 / rules));
  const slow = { turn: () => evaluateByReference(reference, students()), times };
  const quick = { turn: () => evaluate(program, students()), times: times * 100 };
  const found = await paired({ slow, quick, pairs: PAIRS });
  return [ratio(`verdicts_with_facts_missing_${rules}`, found, { beside: 'the same verdict by json-rules-engine' })];
}

/** json-rules-engine by itself: Rule objects shared, an Engine a run, nothing of ours around it. */
function bareEngine({ doc }: LoadedRuleset): (facts: Facts) => Promise<string[]> {
  const rules = doc.rules.map((rule) => new Rule(structuredClone(rule) as RuleProperties));
  return async (facts) => {
    const engine = new Engine();
    for (const rule of rules) engine.addRule(rule);
    const { results } = await engine.run(facts);
    return results.map(({ name }) => name);
  };
}

function cycle<T>(list: readonly T[]): () => T {
  let at = 0;
  return () => {
    at = (at + 1) % list.length;
    return list[at]!;
  };
}

interface Against {
  atLeast?: number;
  beside: string;
}

function ratio(name: string, { lower, median, upper, slow, quick }: Paired, { atLeast, beside }: Against): Figure {
  const micros = (millis: number): string => `${(millis * 1000).toFixed(millis < 0.1 ? 2 : 0)} µs`;
  const quartiles = `quartiles ${Math.round(lower)}–${Math.round(upper)} of ${PAIRS} pairs`;
  const against = `${beside} ${micros(slow)}, compiled ${micros(quick)} of CPU; ${quartiles}`;
  return figure({ name, value: median, unit: 'times', against, ...(atLeast === undefined ? {} : { atLeast }) });
}
