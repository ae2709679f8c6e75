import type { Leaf, Node, Ruleset } from '../../schemas/ruleset.ts';
import { rawOperators } from '../operators.ts';
import { absorbed, allow, meet } from './box.ts';
import type { Box } from './box.ts';
import type { Space } from './space.ts';

/**
 * How a leaf on a missing fact is read: as not holding (what surely holds), as holding (what may hold), or as an engine
 * of two values reads it, by its operator's accident.
 */
export type Reading = 'sure' | 'perhaps' | 'two-valued';

/** More boxes than these and a tree counts as too wide to be analysed. */
const MOST_BOXES = 3_000;

/** Where a tree holds, as a union of boxes, `not` pushed inward; null if there would be too many. */
export function boxesOf(space: Space, doc: Ruleset, { tree, reading }: { tree: Node; reading: Reading }): Box[] | null {
  const visit = (node: Node, holds: boolean): Box[] => {
    if ('condition' in node) return visit(doc.conditions![node.condition]!, holds);
    if ('fact' in node) return knownLeaf(space, { leaf: node, doc, holds, reading });
    if ('not' in node) return visit(node.not, !holds);
    const parts = ('all' in node ? node.all : node.any).map((part) => visit(part, holds));
    return 'all' in node === holds ? crossed(space, parts) : narrow(parts.flat());
  };
  try {
    return visit(tree, true);
  } catch (err) {
    if (err instanceof TooWide) return null;
    throw err;
  }
}

class TooWide extends Error {}

function narrow(boxes: Box[]): Box[] {
  if (boxes.length > MOST_BOXES) throw new TooWide();
  return absorbed(boxes);
}

function crossed(space: Space, parts: readonly Box[][]): Box[] {
  let reached: Box[] = [space.whole];
  for (const part of [...parts].sort((a, b) => a.length - b.length)) {
    const next: Box[] = [];
    for (const box of reached)
      for (const other of part) {
        const both = meet(space.layout, box, other);
        if (both !== null) next.push(both);
      }
    reached = next.length > 1 ? narrow(next) : next;
  }
  return reached;
}

interface AskedLeaf {
  leaf: Leaf;
  doc: Ruleset;
  /** False under an odd number of `not`. */
  holds: boolean;
  reading: Reading;
}

const known = new WeakMap<Space, Map<Leaf, Map<string, Box[]>>>();

/** A leaf's boxes once for each reading: trees are asked about again with a part left out. */
function knownLeaf(space: Space, asked: AskedLeaf): Box[] {
  const ofSpace = known.get(space) ?? new Map<Leaf, Map<string, Box[]>>();
  known.set(space, ofSpace);
  const ofLeaf = ofSpace.get(asked.leaf) ?? new Map<string, Box[]>();
  ofSpace.set(asked.leaf, ofLeaf);
  const key = asked.holds ? asked.reading : `not ${asked.reading}`;
  const boxes = ofLeaf.get(key) ?? leafBoxes(space, asked);
  ofLeaf.set(key, boxes);
  return boxes;
}

function leafBoxes(space: Space, asked: AskedLeaf): Box[] {
  const { leaf, doc, holds } = asked;
  const { dim, holds: cells, element, absent } = space.leafCells(leaf, doc);
  const gone = countsWhenMissing(asked);
  if (element !== undefined) {
    // recorded, with or without the element; or not recorded, whatever the element's axis says
    const wanted = restricted(space, dim, (i) => i === 0);
    const member = restricted(space, element, (i) => ((i === 0) !== absent) === holds);
    return gone ? [member, restricted(space, dim, (i) => i === 1)] : [meet(space.layout, wanted, member)!];
  }
  const axis = space.dims[dim]!.cells;
  const box = restricted(space, dim, (i) => (axis[i]!.value === null ? gone : cells[i] === holds));
  // a leaf that no cell satisfies is no box at all
  return meet(space.layout, box, box) === null ? [] : [box];
}

function countsWhenMissing({ leaf, holds, reading }: AskedLeaf): boolean {
  if (reading !== 'two-valued') return reading === 'perhaps';
  return raw(leaf) === holds;
}

/** What json-rules-engine's own operator says of a value that is not there. */
function raw({ operator, value }: Leaf): boolean {
  if (operator === 'inList' || operator === 'notInList') return operator === 'notInList';
  return rawOperators[operator](null, value);
}

/** Everything, but of one axis only some cells. */
function restricted(space: Space, dim: number, wanted: (cell: number) => boolean): Box {
  const box = space.whole.slice();
  box.fill(0, space.layout[dim]!, space.layout[dim + 1]!);
  for (let cell = 0; cell < space.dims[dim]!.cells.length; cell += 1)
    if (wanted(cell)) allow(space.layout, box, { dim, cell });
  return box;
}
