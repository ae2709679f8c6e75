/** Scaled integers become decimals only at the edge: 745 at scale 1 is 74.5. */
export function decimal(scaled: number, scale: 1 | 2): string {
  const digits = String(Math.abs(scaled)).padStart(scale + 1, '0');
  return `${scaled < 0 ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
