/**
 * For each dimension the cells that are allowed, as bits; all dimensions behind one another. A plain array of small
 * integers: typed arrays of this size are far slower to make.
 */
export type Box = number[];

/** Bits to a word, such that it stays a small integer. */
const WIDTH = 30;

/** Where each dimension's words begin; one more entry than dimensions. */
export type Layout = readonly number[];

export function layoutFor(sizes: readonly number[]): Layout {
  const layout = [0];
  for (const size of sizes) layout.push(layout.at(-1)! + Math.max(1, Math.ceil(size / WIDTH)));
  return layout;
}

export const emptyBox = (layout: Layout): Box => {
  const box: Box = [];
  for (let word = layout.at(-1)!; word > 0; word -= 1) box.push(0);
  return box;
};

interface Place {
  dim: number;
  cell: number;
}

const wordOf = (layout: Layout, { dim, cell }: Place): number => layout[dim]! + Math.floor(cell / WIDTH);

export function allow(layout: Layout, box: Box, place: Place): void {
  const word = wordOf(layout, place);
  box[word] = box[word]! | (1 << (place.cell % WIDTH));
}

export function allows(layout: Layout, box: Box, place: Place): boolean {
  return (box[wordOf(layout, place)]! & (1 << (place.cell % WIDTH))) !== 0;
}

/** What both allow; null where some dimension is left without a cell. */
export function meet(layout: Layout, a: Box, b: Box): Box | null {
  const both = a.slice();
  let word = 0;
  for (let d = 1; d < layout.length; d += 1) {
    let any = 0;
    for (const end = layout[d]!; word < end; word += 1) {
      const common = a[word]! & b[word]!;
      both[word] = common;
      any |= common;
    }
    if (any === 0) return null;
  }
  return both;
}

export function meets(layout: Layout, a: Box, b: Box): boolean {
  let word = 0;
  for (let d = 1; d < layout.length; d += 1) {
    let any = 0;
    for (const end = layout[d]!; word < end; word += 1) any |= a[word]! & b[word]!;
    if (any === 0) return false;
  }
  return true;
}

export function covers(outer: Box, inner: Box): boolean {
  for (let word = 0; word < inner.length; word += 1) if ((inner[word]! & ~outer[word]!) !== 0) return false;
  return true;
}

/** Boxes that lie inside others left out; of equal ones the first stays. */
export function absorbed(boxes: readonly Box[]): Box[] {
  if (boxes.length < 2) return [...boxes];
  const kept: Box[] = [];
  for (const box of boxes) {
    if (kept.some((other) => covers(other, box))) continue;
    for (let i = kept.length - 1; i >= 0; i -= 1) if (covers(box, kept[i]!)) kept.splice(i, 1);
    kept.push(box);
  }
  return kept;
}

/** Neighbours made one: two boxes that differ in a single dimension are a box. Disjoint boxes stay disjoint. */
export function merged(layout: Layout, boxes: readonly Box[]): Box[] {
  let current = [...boxes];
  for (let changed = true; changed; ) {
    changed = false;
    for (let d = 0; d + 1 < layout.length; d += 1) {
      const next = mergedAlong(layout, current, d);
      changed ||= next.length < current.length;
      current = next;
    }
  }
  return current.sort(lowestFirst);
}

/** So that a list of regions does not depend on how they were found. */
function lowestFirst(a: Box, b: Box): number {
  const word = a.findIndex((bits, w) => bits !== b[w]);
  return word < 0 ? 0 : a[word]! - b[word]!;
}

function mergedAlong(layout: Layout, boxes: readonly Box[], dim: number): Box[] {
  const [from, to] = [layout[dim]!, layout[dim + 1]!];
  const groups = new Map<string, Box>();
  for (const box of boxes) {
    const rest = `${box.slice(0, from).join()}|${box.slice(to).join()}`;
    const known = groups.get(rest);
    if (known === undefined) groups.set(rest, box.slice());
    else for (let word = from; word < to; word += 1) known[word] = known[word]! | box[word]!;
  }
  return [...groups.values()];
}
