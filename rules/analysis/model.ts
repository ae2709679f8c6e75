import type { Node, Ruleset } from '../../schemas/ruleset.ts';
import { planOf } from '../conclude.ts';
import type { Plan } from '../conclude.ts';
import { absorbed, allow, meet } from './box.ts';
import type { Box } from './box.ts';
import { boxesOf } from './boxes.ts';
import type { Space } from './space.ts';
import { uncovered } from './uncovered.ts';
import type { Meter } from './uncovered.ts';

/** Where a tree surely holds, and where it may: they differ only where facts are missing. */
export interface Boxed {
  sure: readonly Box[];
  perhaps: readonly Box[];
}

/** A document as boxes in a space. */
export interface Model {
  doc: Ruleset;
  plan: Plan;
  space: Space;
  scope: Boxed | undefined;
  impossible: readonly Boxed[];
  rules: readonly Boxed[];
  /** Rules too wide for boxes, and whether scope or an impossible case is. */
  wide: ReadonlySet<number>;
  frameIsWide: boolean;
  /** Where no fact is missing that has to be there. */
  admitted: Box;
}

const NOWHERE: Boxed = { sure: [], perhaps: [] };

export function modelOf(doc: Ruleset, space: Space): Model {
  const boxed = (tree: Node): Boxed | null => {
    const sure = boxesOf(space, doc, { tree, reading: 'sure' });
    const perhaps = sure && boxesOf(space, doc, { tree, reading: 'perhaps' });
    return sure === null || perhaps === null ? null : { sure, perhaps };
  };
  const rules = doc.rules.map((rule) => boxed(rule.conditions));
  const impossible = (doc.decision.impossible ?? []).map(({ when }) => boxed(when));
  const scope = doc.decision.scope && boxed(doc.decision.scope);
  const plan = planOf(doc);
  return {
    doc,
    plan,
    space,
    scope: scope ?? undefined,
    impossible: impossible.map((one) => one ?? NOWHERE),
    rules: rules.map((one) => one ?? NOWHERE),
    wide: new Set(rules.flatMap((one, i) => (one === null ? [i] : []))),
    frameIsWide: scope === null || impossible.includes(null),
    admitted: admittedBy(space, [...plan.required, ...plan.notApplicable]),
  };
}

/** What goes without saying of every case that the document decides: its scope, if that is one box, all recorded. */
export function frameOf({ space, scope, admitted }: Model): Box {
  const recorded = meet(space.layout, admitted, space.recorded)!;
  if (scope === undefined || scope.sure.length !== 1) return recorded;
  return meet(space.layout, recorded, scope.sure[0]!) ?? recorded;
}

function admittedBy(space: Space, needed: readonly string[]): Box {
  const box = space.whole.slice();
  for (const fact of needed) {
    const dim = space.axis.get(fact)!;
    box.fill(0, space.layout[dim]!, space.layout[dim + 1]!);
    for (const [cell, { value }] of space.dims[dim]!.cells.entries())
      if (value !== null) allow(space.layout, box, { dim, cell });
  }
  return box;
}

/** The cases that reach the rules: in scope, with what is required, not impossible. */
export interface Ground {
  /** Disjoint. */
  within: readonly Box[];
  except: readonly Box[];
}

/** Of whole cases, or of those too in which something is missing. */
export function groundOf(model: Model, { gapped, meter }: { gapped: boolean; meter: Meter }): Ground {
  const { space, admitted, scope, impossible } = model;
  const frame = meet(space.layout, admitted, gapped ? space.whole : space.recorded)!;
  const except = absorbed(impossible.flatMap(({ sure }) => sure));
  if (scope === undefined) return { within: [frame], except };
  const within: Box[] = [];
  for (const [i, box] of scope.sure.entries()) {
    const region = meet(space.layout, frame, box);
    const emit = (piece: Box): boolean => {
      within.push(piece);
      return false;
    };
    if (region !== null) uncovered({ layout: space.layout, meter, emit }, region, scope.sure.slice(0, i));
  }
  return { within, except };
}

export interface Sought {
  model: Model;
  ground: Ground;
  meter: Meter;
  /** Any of these holds … */
  boxes: readonly Box[];
  /** … and none of these. */
  without?: readonly Box[];
}

/** Pieces of the ground where one of the boxes holds and none of the others does; `emit` says when it has enough. */
export function eachPiece({ model, ground, meter, boxes, without = [] }: Sought, emit: (piece: Box) => boolean): void {
  const { layout } = model.space;
  const barred = without.length === 0 ? ground.except : [...without, ...ground.except];
  for (const box of boxes)
    for (const part of ground.within) {
      const region = meet(layout, box, part);
      if (region !== null && uncovered({ layout, meter, emit }, region, barred)) return;
    }
}

export function firstPiece(sought: Sought): Box | null {
  let found: Box | null = null;
  eachPiece(sought, (piece) => {
    found = piece;
    return true;
  });
  return found;
}

/** At most so many pieces; those of one box are disjoint, boxes that overlap may give pieces that do. */
export function somePieces(sought: Sought, most: number): Box[] {
  const found: Box[] = [];
  eachPiece(sought, (piece) => found.push(piece) >= most);
  return found;
}
