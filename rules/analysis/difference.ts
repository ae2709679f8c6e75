import type { FactValue, Ruleset } from '../../schemas/ruleset.ts';
import type { LoadedRuleset } from '../load.ts';
import type { Facts, Verdict } from '../verdict.ts';
import { merged } from './box.ts';
import type { Box } from './box.ts';
import { changesBetween } from './changes.ts';
import type { Changes } from './changes.ts';
import { enter, areFalse, newForest, parted, startIn, verdictIn, viewIn } from './forest.ts';
import type { Forest, State, View } from './forest.ts';
import { locate } from './locate.ts';
import { frameOf, modelOf } from './model.ts';
import { outcomeKey, outcomeOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { pairUp } from './pairing.ts';
import { spaceOf } from './space.ts';
import type { Space } from './space.ts';
import { Meter, Spent } from './uncovered.ts';
import { witnessOf } from './witness.ts';
import { regionOf } from './words.ts';
import type { Region } from './words.ts';

export type { Outcome, OutcomeKey } from './outcome.ts';

/** Cases that came out one way and now come out another. */
export interface Shift {
  from: Outcome;
  to: Outcome;
  regions: Region[];
  /** Regions beyond those that are put into words. */
  more: number;
  witness: Record<string, FactValue>;
}

export interface Difference {
  /** No case that both documents admit comes out otherwise. */
  equal: boolean;
  shifts: Shift[];
  /** False: the budget was spent, or the documents do not speak of the same things; then the shifts are not all. */
  decided: boolean;
  changed: Changes;
}

export interface PreparedDifference {
  difference: Difference;
  /**
   * Whether these facts lie in the difference, by its regions alone; a value that only one of the documents admits does.
   * Says nothing if the difference is not decided.
   */
  holds: (facts: Facts) => boolean;
}

/** Boxes held against regions: some seconds. */
const BUDGET = 4_000_000;
/** A difference in more pieces than these is no difference between two versions of one document. */
const MOST_PIECES = 20_000;
const MOST_TOLD = 200;

export function difference(base: LoadedRuleset, draft: LoadedRuleset, options: { budget?: number } = {}): Difference {
  return prepareDifference(base, draft, options).difference;
}

/** Exactly the cases, students or none, whose outcome a draft changes, from what to what (rules.md §5). */
export function prepareDifference(
  base: LoadedRuleset,
  draft: LoadedRuleset,
  { budget = BUDGET }: { budget?: number } = {},
): PreparedDifference {
  const [before, after] = [base.doc, draft.doc];
  const changed = changesBetween(before, after);
  const space = before.decision.subject === after.decision.subject ? spaceOf([before, after]) : null;
  if (space === null) return { difference: { equal: false, shifts: [], decided: false, changed }, holds: () => true };
  const { found, decided, frame } = shiftsIn({ space, before, after, budget });
  const setting = { space, doc: after, frame };
  const shifts = found.map(
    ({ from, to, boxes }): Shift => ({
      from: outcomeOf(before, from),
      to: outcomeOf(after, to),
      regions: boxes.slice(0, MOST_TOLD).map((box) => regionOf(setting, box)),
      more: Math.max(0, boxes.length - MOST_TOLD),
      witness: witnessOf(space, after, boxes[0]!),
    }),
  );
  const everywhere = found.flatMap(({ boxes }) => boxes);
  return {
    difference: { equal: decided && shifts.length === 0, shifts, decided, changed },
    holds: (facts) => {
      const point = locate(space, [before, after], facts);
      return typeof point === 'boolean' ? point : everywhere.some((box) => isIn(box, point));
    },
  };
}

function isIn(box: Box, point: Box): boolean {
  for (let word = 0; word < point.length; word += 1) if ((point[word]! & box[word]!) !== point[word]!) return false;
  return true;
}

interface Moved {
  from: Verdict;
  to: Verdict;
  boxes: Box[];
}

interface Walk {
  forest: Forest;
  views: readonly [View, View];
  /** Trees of rules that are not alike in both; null where more than rules differs, so that every case is looked at. */
  altered: ReadonlySet<number> | null;
  moved: Map<string, Moved>;
  pieces: number;
}

interface Pair {
  space: Space;
  before: Ruleset;
  after: Ruleset;
  budget: number;
}

function shiftsIn({ space, before, after, budget }: Pair): { found: Moved[]; decided: boolean; frame: Box } {
  const models = [modelOf(before, space), modelOf(after, space)] as const;
  const forest = newForest(space.layout, new Meter(budget));
  const views = [viewIn(forest, models[0], { gapped: true }), viewIn(forest, models[1], { gapped: true })] as const;
  const altered = pairUp(models[0].plan, models[1].plan);
  const walk: Walk = {
    forest,
    views,
    altered:
      altered &&
      new Set([
        ...altered.before.map((rule) => views[0].rules[rule]!),
        ...altered.after.map((rule) => views[1].rules[rule]!),
      ]),
    moved: new Map(),
    pieces: 0,
  };
  const isWide = models.some(({ frameIsWide, wide }) => frameIsWide || wide.size > 0);
  const decided = !isWide && finished(() => visit(walk, space.whole, startIn(forest, space.whole)));
  const found = [...walk.moved.values()].map(({ from, to, boxes }) => ({
    from,
    to,
    boxes: merged(space.layout, boxes),
  }));
  // the scope goes without saying where it is the same
  const [frame, other] = [frameOf(models[0]), frameOf(models[1])];
  return { found, decided, frame: frame.every((word, w) => word === other[w]) ? frame : space.recorded };
}

function finished(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (err) {
    if (err instanceof Spent) return false;
    throw err;
  }
}

/** Where no altered rule may hold, both come out alike; elsewhere the region is split until both outcomes are known. */
function visit(walk: Walk, region: Box, outer: State): void {
  const { forest, views, altered } = walk;
  const state = enter(forest, region, outer);
  if (altered !== null && areFalse(state, altered)) return;
  const [from, to] = [verdictIn(views[0], region, state), verdictIn(views[1], region, state)];
  if (!Array.isArray(from) && !Array.isArray(to)) return note(walk, region, { from, to });
  const open = [...(Array.isArray(from) ? from : []), ...(Array.isArray(to) ? to : [])];
  // altered rules first: where none of them holds nothing else need be known
  const first = open.filter((tree) => altered?.has(tree));
  visitParts(walk, { region, state, trees: first.length > 0 ? first : open });
}

function visitParts(walk: Walk, cut: { region: Box; state: State; trees: readonly number[] }): void {
  for (const part of parted(walk.forest.layout, cut)) visit(walk, part, cut.state);
}

function note(walk: Walk, region: Box, { from, to }: { from: Verdict; to: Verdict }): void {
  const [old, next] = [outcomeKey(from), outcomeKey(to)];
  if (old === next) return;
  const { moved } = walk;
  walk.pieces += 1;
  if (walk.pieces > MOST_PIECES) throw new Spent();
  const known = moved.get(`${old}>${next}`);
  if (known === undefined) moved.set(`${old}>${next}`, { from, to, boxes: [region] });
  else known.boxes.push(region);
}
