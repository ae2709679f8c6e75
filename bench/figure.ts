/** One measured figure, as `npm run bench` prints it: a line of JSON each. */
export interface Figure {
  name: string;
  value: number;
  unit: string;
  /** What the project aims at, in words such as `≤ 20`. */
  aim: string;
  holds: boolean;
  /** What it was measured against or on. */
  against: string;
}

interface Measured {
  name: string;
  value: number;
  unit: string;
  atMost?: number;
  atLeast?: number;
  against: string;
}

export function figure({ name, value, unit, atMost, atLeast, against }: Measured): Figure {
  const aims = [...(atMost === undefined ? [] : [`≤ ${atMost}`]), ...(atLeast === undefined ? [] : [`≥ ${atLeast}`])];
  const holds = (atMost === undefined || value <= atMost) && (atLeast === undefined || value >= atLeast);
  return { name, value: rounded(value), unit, aim: aims.join(', '), holds, against };
}

const rounded = (value: number): number => (value >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000);

export interface BenchContext {
  /** Says what goes on; never a figure. */
  say(line: string): void;
  print(figure: Figure): void;
  /** One part of the group alone. */
  only?: string;
}

export interface Bench {
  name: string;
  run(context: BenchContext): Promise<void>;
}

export const secondsSince = (began: number): number => (performance.now() - began) / 1000;
