import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDeepStrictEqual as equal } from 'node:util';
import fc from 'fast-check';
import ts from 'typescript';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { check } from '../../rules/checker.ts';
import type * as compileModule from '../../rules/compile.ts';
import { compile, evaluateWithTrace } from '../../rules/compile.ts';
import type { Traced } from '../../rules/verdict.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { firedByBareEngine, lawlessDocument, outcomeOf } from './bare-engine.ts';
import { documents, gappedFacts, hostileFacts, wholeFacts } from './generate.ts';
import { seed } from './seed.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

// The evaluators are mutated here, in copies; production code has no switch for it.
const root = fileURLToPath(new URL('../../', import.meta.url));
const workshop = mkdtempSync(join(tmpdir(), 'slips-'));
afterAll(() => rmSync(workshop, { recursive: true, force: true }));

type Evaluator = typeof compileModule;
type Facts = Record<string, unknown>;
interface Case {
  doc: Ruleset;
  facts: Facts;
  right: Traced;
}
interface RawCase {
  doc: Ruleset;
  facts: Facts;
  right: unknown;
}

const slips: readonly { slip: string; file: string; find: string; put: string }[] = [
  {
    slip: 'the number check dropped from lessThan',
    file: 'operators',
    find: 'lessThan: (got, value) => looksNumeric(got) &&',
    put: 'lessThan: (got, value) =>',
  },
  {
    slip: '>= as >',
    file: 'compile',
    find: '(values[fact] as number) >= bound',
    put: '(values[fact] as number) > bound',
  },
  {
    slip: 'loose equality',
    file: 'operators',
    find: 'equal: (got, value) => got === value',
    put: 'equal: (got, value) => got == value',
  },
  {
    slip: 'in finds NaN',
    file: 'operators',
    find: '(value as unknown[]).indexOf(got) > -1',
    put: '(value as unknown[]).includes(got)',
  },
  {
    slip: 'doesNotContain true on what is no list',
    file: 'operators',
    find: 'Array.isArray(got) && got.indexOf(value) === -1',
    put: '!Array.isArray(got) || got.indexOf(value) === -1',
  },
  {
    slip: 'an undefined fact does not throw',
    file: 'compile',
    find: 'if (!Object.hasOwn(facts, fact)) throw',
    put: 'if (false) throw',
  },
  { slip: 'not keeps its child', file: 'compile', find: '!part.holds(values)', put: 'part.holds(values)' },
  {
    slip: 'an empty any is false',
    file: 'compile',
    find: "'all' in node || parts.length === 0 ?",
    put: "'all' in node ?",
  },
  {
    slip: 'skipped shown as false',
    file: 'compile',
    find: 'const nodes = read(values);',
    put: "const nodes = read(values); if (kind === 'all') for (let i = 1, cut = false; i < nodes.length; i += 1) if ((cut ||= nodes[i - 1]!.truth === 'false')) nodes[i] = { ...nodes[i]!, truth: 'false' };",
  },
  {
    slip: 'unknown as false under not',
    file: 'compile',
    find: '(2 - part.truth(values))',
    put: '(part.truth(values) === 2 ? 0 : 2)',
  },
  {
    slip: 'all of unknown and false is unknown',
    file: 'compile',
    find: 'if (truth < least) least',
    put: 'if (least !== 1 && truth < least) least',
  },
  {
    slip: 'any of unknown and true is unknown',
    file: 'compile',
    find: 'if (truth > most) most',
    put: 'if (most !== 1 && truth > most) most',
  },
  {
    slip: 'a required fact ignored',
    file: 'conclude',
    find: 'required.filter(found.isMissing)',
    put: 'required.filter(() => false)',
  },
  {
    slip: 'an override ignored',
    file: 'conclude',
    find: ".some((exception) => truths[exception] === 'true')",
    put: '.some(() => false)',
  },
  {
    slip: 'an unknown rule ignored by unique',
    file: 'conclude',
    find: 'default:\n      return true;',
    put: 'default:\n      return false;',
  },
  {
    slip: 'first by order of completion',
    file: 'conclude',
    find: 'const chosen = plan.doc.rules[left[0]!]!.event',
    put: 'const chosen = plan.doc.rules[left.at(-1)!]!.event',
  },
  {
    slip: 'the missing list names an irrelevant fact',
    file: 'compile',
    find: 'if (tree.truth(values) !== 1) return [];',
    put: 'if (tree.parts.length === 0 && values[tree.fact] !== null) return [];',
  },
  {
    slip: 'a decimal off by its scale',
    file: 'compile',
    find: 'const bound = value as number;',
    put: 'const bound = Math.trunc((value as number) / 10);',
  },
];

let cases: Case[];
let rawCases: RawCase[];

beforeAll(async () => {
  for (const folder of ['rules', 'schemas']) transpile(folder);
  writeFileSync(join(workshop, 'package.json'), '{"type":"module"}');
  symlinkSync(join(root, 'node_modules'), join(workshop, 'node_modules'));
  const docs = fc.sample(documents, { seed, numRuns: 150 });
  const facts: Facts[] = [
    ...fc.sample(gappedFacts, { seed, numRuns: 8 }),
    ...fc.sample(wholeFacts, { seed, numRuns: 8 }),
  ];
  cases = docs.flatMap((doc) => facts.map((one) => ({ doc, facts: one, right: rightAnswer(doc, one) })));
  rawCases = [];
  for (const doc of [lawlessDocument(), ...docs.slice(0, 60)])
    for (const one of fc.sample(hostileFacts, { seed, numRuns: doc.facts === undefined ? 300 : 10 }))
      rawCases.push({ doc, facts: one, right: await outcomeOf(() => firedByBareEngine(doc, one)) });
});

/** By the checker, with the trees on which json-rules-engine and the compiled evaluator agree (evaluators.test.ts). */
function rightAnswer(doc: Ruleset, facts: Facts): Traced {
  return { ...(check(doc, facts) as Traced), trace: evaluateWithTrace(compile(doc), facts).trace };
}

function transpile(folder: string): void {
  mkdirSync(join(workshop, 'right', folder), { recursive: true });
  for (const file of readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts')))
    write('right', `${folder}/${file}`, readFileSync(join(root, folder, file), 'utf8'));
}

function write(copy: string, file: string, source: string): void {
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    rewriteRelativeImportExtensions: true,
    verbatimModuleSyntax: true,
  };
  writeFileSync(
    join(workshop, copy, file.replace(/\.ts$/, '.js')),
    ts.transpileModule(source, { compilerOptions }).outputText,
  );
}

async function evaluatorWith(slip: (typeof slips)[number] | undefined, copy: string): Promise<Evaluator> {
  cpSync(join(workshop, 'right'), join(workshop, copy), { recursive: true });
  if (slip !== undefined) {
    const source = readFileSync(join(root, 'rules', `${slip.file}.ts`), 'utf8');
    expect(source.split(slip.find)).toHaveLength(2); // the slip is still where it was planted
    write(
      copy,
      `rules/${slip.file}.ts`,
      source.replace(slip.find, () => slip.put),
    );
  }
  return (await import(pathToFileURL(join(workshop, copy, 'rules', 'compile.js')).href)) as Evaluator;
}

/** Whether some case shows that this evaluator is not right. */
async function isShown(evaluator: Evaluator): Promise<boolean> {
  for (const { doc, facts, right } of cases) {
    const program = evaluator.compile(doc);
    const { trace: _, ...verdict } = right;
    if (
      !equal(evaluator.evaluateWithTrace(program, facts), right) ||
      !equal(evaluator.evaluate(program, facts), verdict)
    )
      return true;
  }
  for (const { doc, facts, right } of rawCases)
    if (!equal(await outcomeOf(() => evaluator.firedTwoValued(doc, facts)), right)) return true;
  return false;
}

test('an evaluator without a slip shows no difference', async () => {
  expect(await isShown(await evaluatorWith(undefined, 'copy'))).toBe(false);
});

test('every slip that rules.md names is planted', () => {
  expect(new Set(slips.map(({ slip }) => slip)).size).toBe(18);
});

test.each(slips)('planted slip is caught: $slip', async (slip) => {
  expect(await isShown(await evaluatorWith(slip, `slip-${slips.indexOf(slip)}`))).toBe(true);
});
