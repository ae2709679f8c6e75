import { conclude } from '../conclude.ts';
import type { Plan } from '../conclude.ts';
import type { Truth, Verdict } from '../verdict.ts';
import { allow, allows } from './box.ts';
import type { Box, Layout } from './box.ts';
import type { Boxed, Model } from './model.ts';
import type { Space } from './space.ts';
import { mostCut, relation, split } from './uncovered.ts';
import type { Meter } from './uncovered.ts';

const FALSE = 0;
const UNKNOWN = 1;
const TRUE = 2;
const OPEN = 3;
const TRUTHS: readonly Truth[] = ['false', 'unknown', 'true'];

interface OpenTree {
  tree: number;
  sure: readonly Box[];
  perhaps: readonly Box[];
}

/** What each tree is over a region: settled to one truth, or open with the boxes that cut the region. */
export interface State {
  status: Uint8Array;
  open: readonly OpenTree[];
}

/** Where a document's trees stand in a forest; -1: it has none. */
export interface View {
  model: Model;
  absent: number;
  scope: number;
  waiting: number;
  impossible: readonly number[];
  rules: readonly number[];
}

/** The trees of one document, or of two with what they share once. */
export interface Forest {
  layout: Layout;
  meter: Meter;
  trees: Boxed[];
  /** By what they say. */
  places: Map<string, number>;
}

export const newForest = (layout: Layout, meter: Meter): Forest => ({ layout, meter, trees: [], places: new Map() });

/** `gapped`: with the readings for cases in which something is missing. */
export function viewIn(forest: Forest, model: Model, { gapped }: { gapped: boolean }): View {
  const plant = (boxed: Boxed): number => {
    const tree = gapped ? boxed : { sure: boxed.sure, perhaps: boxed.sure };
    const key = `${tree.sure.join(';')}|${tree.perhaps.join(';')}`;
    const known = forest.places.get(key) ?? forest.trees.push(tree) - 1;
    forest.places.set(key, known);
    return known;
  };
  const missing = (facts: readonly string[]): number => {
    if (facts.length === 0) return -1;
    const boxes = facts.map((fact) => missingBox(model.space, fact));
    return plant({ sure: boxes, perhaps: boxes });
  };
  return {
    model,
    absent: missing(model.plan.notApplicable),
    scope: model.scope === undefined ? -1 : plant(model.scope),
    waiting: missing(model.plan.required),
    impossible: model.impossible.map(plant),
    rules: model.rules.map(plant),
  };
}

/** Only the cases in which the fact is not recorded. */
export function missingBox(space: Space, fact: string, from: Box = space.whole): Box {
  const dim = space.axis.get(fact)!;
  const box = from.slice();
  box.fill(0, space.layout[dim]!, space.layout[dim + 1]!);
  allow(space.layout, box, { dim, cell: space.dims[dim]!.cells.length - 1 });
  return box;
}

export function startIn(forest: Forest, region: Box): State {
  const { trees } = forest;
  const all = trees.map((boxed, tree): OpenTree => ({ tree, ...boxed }));
  return enter(forest, region, { status: new Uint8Array(trees.length).fill(OPEN), open: all });
}

/** The state over a part of the region. */
export function enter({ layout, meter }: Forest, region: Box, { status, open }: State): State {
  const next: State & { open: OpenTree[] } = { status: status.slice(), open: [] };
  meter.spend(status.length >> 3);
  for (const { tree, sure, perhaps } of open) {
    meter.spend(sure.length);
    const certain = cutting(layout, region, sure);
    const possible = certain === 'covered' || perhaps === sure ? certain : cutting(layout, region, perhaps);
    if (certain === 'covered') next.status[tree] = TRUE;
    else if (possible === 'covered') {
      if (certain.length === 0) next.status[tree] = UNKNOWN;
      else next.open.push({ tree, sure: certain, perhaps: [region] });
    } else if (possible.length === 0) next.status[tree] = FALSE;
    else next.open.push({ tree, sure: certain, perhaps: possible });
  }
  return next;
}

export function areFalse({ status }: State, trees: Iterable<number>): boolean {
  for (const tree of trees) if (status[tree] !== FALSE) return false;
  return true;
}

/** The boxes that cut the region; `covered` if one covers it. */
function cutting(layout: Layout, region: Box, boxes: readonly Box[]): Box[] | 'covered' {
  const live: Box[] = [];
  for (const box of boxes) {
    const lies = relation(layout, box, region);
    if (lies === 2) return 'covered';
    if (lies === 1) live.push(box);
  }
  return live;
}

/** The verdict all over the region, or the trees that have to be settled first. */
export function verdictIn(view: View, region: Box, state: State): Verdict | number[] {
  const { status } = state;
  const of = (tree: number, otherwise: number): number => (tree < 0 ? otherwise : status[tree]!);
  const [absent, scope] = [of(view.absent, FALSE), of(view.scope, TRUE)];
  if (scope !== FALSE && absent !== TRUE) {
    const first = [view.absent, view.scope].filter((tree) => tree >= 0 && status[tree] === OPEN);
    if (first.length > 0) return first;
    const waiting = of(view.waiting, FALSE);
    if (waiting === OPEN) return [view.waiting];
    if (scope === TRUE && waiting !== TRUE && !view.impossible.some((tree) => status[tree] === TRUE)) {
      const open = view.impossible.filter((tree) => status[tree] === OPEN);
      if (open.length > 0) return open;
      const mattering = openRules(view, status);
      if (mattering.length > 0) return mattering;
    }
  }
  return concludeIn(view, region, status);
}

/** Rules still open whose truth could change the outcome. */
function openRules({ model, rules }: View, status: Uint8Array): number[] {
  const { exceptions } = model.plan;
  const isDisplaced = (rule: number): boolean => exceptions[rule]!.some((other) => status[rules[other]!] === TRUE);
  const left = rules.flatMap((tree, rule) => (status[tree] === TRUE && !isDisplaced(rule) ? [rule] : []));
  // one that is still unknown keeps others waiting until an exception displaces it
  const displacesSome = (rule: number): boolean =>
    exceptions.some((others, other) => others.includes(rule) && status[rules[other]!] !== FALSE);
  const found = new Set<number>();
  for (const [rule, tree] of rules.entries()) {
    if (status[tree] !== OPEN || found.has(tree) || isDisplaced(rule)) continue;
    if (!changesNothing(model.plan, rule, left) || displacesSome(rule)) found.add(tree);
  }
  return [...found];
}

/** An ordered rule behind the first that holds; one that only agrees with all that hold. */
function changesNothing({ doc, eventKeys }: Plan, rule: number, left: readonly number[]): boolean {
  if (left.length === 0) return false;
  if (doc.decision.combine === 'first') return rule > left[0]!;
  return doc.decision.combine === 'agree' && left.every((other) => eventKeys[other] === eventKeys[rule]);
}

/** By the evaluators' own order of decision; what is still open does not matter and counts as false. */
function concludeIn({ model, scope, impossible, rules }: View, region: Box, status: Uint8Array): Verdict {
  const truth = (tree: number): Truth => TRUTHS[status[tree]!] ?? 'false';
  const { layout, dims, axis } = model.space;
  return conclude(model.plan, {
    scope: scope < 0 ? undefined : truth(scope),
    impossible: impossible.map(truth),
    rules: rules.map(truth),
    isMissing: (fact) => {
      const dim = axis.get(fact)!;
      const cells = dims[dim]!.cells.length;
      return (
        allows(layout, region, { dim, cell: cells - 1 }) && onlyCell(model.space, { dim, region, cell: cells - 1 })
      );
    },
    // that some fact is waited for decides, which one it is does not
    openFacts: () => [''],
  });
}

function onlyCell({ layout, dims }: Space, { dim, region, cell }: { dim: number; region: Box; cell: number }): boolean {
  return dims[dim]!.cells.every((_, other) => allows(layout, region, { dim, cell: other }) === (other === cell));
}

/** The region split so as to settle some trees; `barred` is an axis left alone. */
export function parted(
  layout: Layout,
  { region, state, trees, barred }: { region: Box; state: State; trees?: readonly number[]; barred?: number },
): Box[] {
  const boxes: Box[] = [];
  for (const open of state.open) {
    if (trees !== undefined && !trees.includes(open.tree)) continue;
    boxes.push(...open.sure);
    if (open.perhaps !== open.sure) boxes.push(...open.perhaps);
  }
  const dim = mostCut(layout, region, boxes, barred);
  return dim < 0 ? [] : split(layout, { region, dim, live: boxes });
}

/** Whether any of the open trees tells cells of this axis apart. */
export function dependsOn(layout: Layout, { region, state, dim }: { region: Box; state: State; dim: number }): boolean {
  const cuts = (box: Box): boolean => {
    for (let word = layout[dim]!; word < layout[dim + 1]!; word += 1)
      if ((region[word]! & ~box[word]!) !== 0) return true;
    return false;
  };
  return state.open.some(({ sure, perhaps }) => sure.some(cuts) || (perhaps !== sure && perhaps.some(cuts)));
}
