/** For each dimension the cells that are allowed, as bits; all dimensions behind one another. */
export type Box = Int32Array;

/** Where each dimension's words begin; one more entry than dimensions. */
export type Layout = Int32Array;

export function layoutFor(sizes: readonly number[]): Layout {
  const layout = new Int32Array(sizes.length + 1);
  for (const [d, size] of sizes.entries()) layout[d + 1] = layout[d]! + Math.max(1, Math.ceil(size / 32));
  return layout;
}

export const emptyBox = (layout: Layout): Box => new Int32Array(layout[layout.length - 1]!);

export function allow(layout: Layout, box: Box, { dim, cell }: { dim: number; cell: number }): void {
  const word = layout[dim]! + (cell >> 5);
  box[word] = box[word]! | (1 << (cell & 31));
}

export function allows(layout: Layout, box: Box, { dim, cell }: { dim: number; cell: number }): boolean {
  return (box[layout[dim]! + (cell >> 5)]! & (1 << (cell & 31))) !== 0;
}

/** What both allow; null where some dimension is left without a cell. */
export function meet(layout: Layout, a: Box, b: Box): Box | null {
  const both = new Int32Array(a.length);
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

/** How many bits are set in a word. */
export function bits(word: number): number {
  let rest = word - ((word >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
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
  return current;
}

function mergedAlong(layout: Layout, boxes: readonly Box[], dim: number): Box[] {
  const [from, to] = [layout[dim]!, layout[dim + 1]!];
  const groups = new Map<string, Box>();
  for (const box of boxes) {
    const rest = `${box.subarray(0, from).join()}|${box.subarray(to).join()}`;
    const known = groups.get(rest);
    if (known === undefined) groups.set(rest, box.slice());
    else for (let word = from; word < to; word += 1) known[word] = known[word]! | box[word]!;
  }
  return [...groups.values()];
}
