import { createHash } from 'node:crypto';

/** RFC 6962: a leaf is SHA-256(0x00 ‖ bytes), a node SHA-256(0x01 ‖ left ‖ right); all in lower-case hexadecimal. */
export function leafHash(text: string): string {
  return createHash('sha256').update(Buffer.of(0)).update(text, 'utf8').digest('hex');
}

function nodeHash(left: string, right: string): string {
  return createHash('sha256').update(Buffer.of(1)).update(left, 'hex').update(right, 'hex').digest('hex');
}

/** Roots of the full subtrees from left to right, one a set bit of the size: all that appending needs. */
export type Frontier = readonly string[];

/** The frontier after one more leaf, when `size` leaves came before. */
export function append(frontier: Frontier, size: number, leaf: string): string[] {
  const roots = [...frontier];
  let root = leaf;
  for (let left = size; left % 2 === 1; left = Math.floor(left / 2)) root = nodeHash(roots.pop() ?? '', root);
  roots.push(root);
  return roots;
}

export function rootOf(frontier: Frontier): string {
  const [last, ...rest] = [...frontier].reverse();
  if (last === undefined) return createHash('sha256').digest('hex');
  return rest.reduce((right, left) => nodeHash(left, right), last);
}
