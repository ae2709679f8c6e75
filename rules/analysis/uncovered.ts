import type { Box, Layout } from './box.ts';

/** The budget is spent before an answer: the question stays open, and is said to. */
export class Spent extends Error {
  override name = 'Spent';
}

/** How much looking a question may take: so many boxes held against regions. */
export class Meter {
  left: number;
  constructor(left: number) {
    this.left = left;
  }

  spend(boxes: number): void {
    this.left -= boxes + 1;
    if (this.left < 0) throw new Spent();
  }
}

interface Search {
  layout: Layout;
  meter: Meter;
  /** Takes one piece; true: enough. */
  emit: (piece: Box) => boolean;
}

/**
 * The region minus the union of the boxes, as disjoint pieces: boxes that miss the region are dropped, one that covers it
 * ends the search, else it is split on the dimension that most boxes cut. True if `emit` had enough.
 */
export function uncovered(search: Search, region: Box, boxes: readonly Box[]): boolean {
  search.meter.spend(boxes.length);
  const live: Box[] = [];
  for (const box of boxes) {
    const lies = relation(search.layout, box, region);
    if (lies === COVERS) return false;
    if (lies === CUTS) live.push(box);
  }
  if (live.length === 0) return search.emit(region);
  const dim = mostCut(search.layout, region, live);
  for (const part of split(search.layout, { region, dim, live })) if (uncovered(search, part, live)) return true;
  return false;
}

const APART = 0;
const CUTS = 1;
const COVERS = 2;

/** Whether a box misses a region, cuts it or covers it. */
export function relation(layout: Layout, box: Box, region: Box): 0 | 1 | 2 {
  let word = 0;
  let outside = 0;
  for (let d = 1; d < layout.length; d += 1) {
    let any = 0;
    for (const end = layout[d]!; word < end; word += 1) {
      const cells = region[word]!;
      const inside = cells & box[word]!;
      any |= inside;
      outside |= cells ^ inside;
    }
    if (any === 0) return APART;
  }
  return outside === 0 ? COVERS : CUTS;
}

/** The dimension on which most boxes leave a part of the region out, the smallest of several; -1 if none does. */
export function mostCut(layout: Layout, region: Box, boxes: readonly Box[], barred = -1): number {
  let [best, most, narrowest] = [-1, 0, 0];
  for (let d = 0; d + 1 < layout.length; d += 1) {
    if (d === barred) continue;
    const [from, to] = [layout[d]!, layout[d + 1]!];
    let cuts = 0;
    for (const box of boxes)
      for (let word = from; word < to; word += 1)
        if ((region[word]! & ~box[word]!) !== 0) {
          cuts += 1;
          break;
        }
    const words = to - from;
    if (cuts > most || (cuts === most && cuts > 0 && words < narrowest)) [best, most, narrowest] = [d, cuts, words];
  }
  return best;
}

/** The region in parts, one for each class of cells that no box tells apart; those inside fewest boxes first. */
export function split(
  layout: Layout,
  { region, dim, live }: { region: Box; dim: number; live: readonly Box[] },
): Box[] {
  const [from, to] = [layout[dim]!, layout[dim + 1]!];
  const classes: { cells: number[]; inside: number }[] = [{ cells: region.slice(from, to), inside: 0 }];
  for (const box of live) {
    const before = classes.length;
    for (let i = 0; i < before; i += 1) {
      const one = classes[i]!;
      const { cells } = one;
      let [inside, outside] = [0, 0];
      for (let w = 0; w < cells.length; w += 1) {
        inside |= cells[w]! & box[from + w]!;
        outside |= cells[w]! & ~box[from + w]!;
      }
      if (inside === 0) continue;
      one.inside += 1;
      if (outside === 0) continue;
      const rest = cells.slice();
      for (let w = 0; w < cells.length; w += 1) {
        rest[w] = cells[w]! & ~box[from + w]!;
        cells[w] = cells[w]! & box[from + w]!;
      }
      classes.push({ cells: rest, inside: one.inside - 1 });
    }
  }
  classes.sort((a, b) => a.inside - b.inside);
  return classes.map(({ cells }) => {
    const part = region.slice();
    for (const [w, word] of cells.entries()) part[from + w] = word;
    return part;
  });
}
