import type { FactDeclaration } from '../../../schemas/ruleset.ts';
import { factTexts, titleOf } from '../../explain.ts';
import type { Verdict } from '../../verdict.ts';
import { allow, allows, merged } from '../box.ts';
import type { Box } from '../box.ts';
import type { Finding, Inquiry } from '../finding.ts';
import { settingOf, shortHash } from '../finding.ts';
import { dependsOn, enter, newForest, parted, startIn, verdictIn, viewIn } from '../forest.ts';
import type { Forest, State, View } from '../forest.ts';
import { isWorse, outcomeKey, outcomeOf } from '../outcome.ts';
import { filled, findingWords } from '../sentences.ts';
import { split } from '../uncovered.ts';
import { witnessOf } from '../witness.ts';
import { regionOf } from '../words.ts';

/** Two cases alike but for one fact, of which the better one fares worse. */
interface Fall {
  lesser: { verdict: Verdict; value: number };
  better: { verdict: Verdict; value: number };
  /** The cases that lose. */
  boxes: Box[];
}

interface Line {
  inquiry: Inquiry;
  forest: Forest;
  view: View;
  dim: number;
  isHigherBetter: boolean;
  falls: Map<string, Fall>;
}

/** Facts of which a better value can lose, over whole cases that reach the rules. */
export function notMonotone(inquiry: Inquiry, fact: string): Finding[] {
  const { model, whole } = inquiry;
  const dim = model.space.axis.get(fact);
  const { better } = model.doc.facts[fact]!;
  if (dim === undefined || better === undefined) return [];
  const forest = newForest(model.space.layout, inquiry.meter);
  const view = viewIn(forest, model, { gapped: false });
  const line: Line = { inquiry, forest, view, dim, isHigherBetter: better === 'higher', falls: new Map() };
  // along the whole axis at once: scope itself may end somewhere on it
  const region = model.space.recorded;
  if (whole.within.length > 0) follow(line, region, startIn(forest, region));
  return [...line.falls.values()].map((fall) => fallOf(line, fact, fall));
}

/** Splits until only the fact itself still makes a difference, then goes along it. */
function follow(line: Line, region: Box, outer: State): void {
  const { forest, dim } = line;
  const { layout } = forest;
  const state = enter(forest, region, outer);
  if (!dependsOn(layout, { region, state, dim }) || isOutOfScope(line.view, state)) return;
  const parts = parted(layout, { region, state, barred: dim });
  if (parts.length > 0) for (const part of parts) follow(line, part, state);
  else compare(line, region, state);
}

/** Nothing is decided there, whatever the fact. */
function isOutOfScope({ scope }: View, { status }: State): boolean {
  return scope >= 0 && status[scope] === 0;
}

function compare(line: Line, region: Box, state: State): void {
  const { forest, dim, view, inquiry, isHigherBetter } = line;
  const live = state.open.flatMap(({ sure }) => sure);
  const steps = split(forest.layout, { region, dim, live })
    .flatMap((box) => {
      const verdict = verdictIn(view, box, enter(forest, box, state));
      if (Array.isArray(verdict) || !isFromRules(verdict)) return [];
      return runsOf(line, box).map((run) => ({ ...run, verdict }));
    })
    .sort((a, b) => (isHigherBetter ? a.value - b.value : b.value - a.value));
  for (const [i, better] of steps.entries())
    for (const lesser of steps.slice(0, i))
      if (isWorse(inquiry.doc, better.verdict, lesser.verdict)) note(line, { lesser, better, box: better.box });
}

const isFromRules = ({ because }: Verdict): boolean => ['rule', 'otherwise', 'conflict'].includes(because.kind);

/** Each run of neighbouring cells by itself: one class may lie on both sides of another. */
function runsOf({ inquiry, dim }: Line, box: Box): { value: number; box: Box }[] {
  const { layout, dims } = inquiry.model.space;
  const runs: { value: number; box: Box }[] = [];
  let inRun = false;
  for (const [cell, { low }] of dims[dim]!.cells.entries()) {
    const here = low !== undefined && allows(layout, box, { dim, cell });
    if (here && !inRun) {
      const run = box.slice();
      run.fill(0, layout[dim]!, layout[dim + 1]!);
      runs.push({ value: low, box: run });
    }
    if (here) allow(layout, runs.at(-1)!.box, { dim, cell });
    inRun = here;
  }
  return runs;
}

interface Side {
  verdict: Verdict;
  value: number;
}

function note({ falls }: Line, { lesser, better, box }: { lesser: Side; better: Side; box: Box }): void {
  const key = `${outcomeKey(lesser.verdict)}>${outcomeKey(better.verdict)}`;
  const known = falls.get(key);
  if (known === undefined) falls.set(key, { lesser, better, boxes: [box] });
  else known.boxes.push(box);
}

function fallOf({ inquiry }: Line, fact: string, { lesser, better, boxes }: Fall): Finding {
  const { doc, model } = inquiry;
  const [from, to] = [outcomeOf(doc, lesser.verdict), outcomeOf(doc, better.verdict)];
  const witness = { ...witnessOf(model.space, doc, boxes[0]!), [fact]: better.value };
  const setting = settingOf(inquiry);
  const regions = merged(model.space.layout, boxes).map((box) => regionOf(setting, box));
  const rules = new Set([...(lesser.verdict.because.rules ?? []), ...(better.verdict.because.rules ?? [])]);
  const value = (one: number): ReturnType<typeof titleOf> => factTexts(doc, fact, one).text;
  return {
    code: 'not_monotone',
    severity: 'error',
    name: `not_monotone:${fact}:${shortHash([from.title, to.title])}`,
    rules: [...rules],
    nodes: [],
    pointer: `/facts/${fact}`,
    witness,
    regions,
    text: filled(findingWords.not_monotone, {
      fact: titleOf(doc, fact),
      low: value(lesser.value),
      high: value(better.value),
      better: from.title,
      worse: to.title,
      region: regions[0]!.words,
    }),
  };
}

export function gradedFacts(facts: Readonly<Record<string, FactDeclaration>>): string[] {
  return Object.keys(facts).filter((fact) => facts[fact]!.better !== undefined);
}
