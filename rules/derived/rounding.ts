/** Half up, once, on an exact fraction of whole numbers that are not negative: the only rounding derived facts do. */
export function halfUp(numerator: bigint, denominator: bigint): number {
  return Number((2n * numerator + denominator) / (2n * denominator));
}
