/** CPU time of this process, its helpers' included. */
async function cpuMillis(work: () => unknown): Promise<number> {
  const began = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1000;
}

export interface Paired {
  lower: number;
  median: number;
  upper: number;
  /** Milliseconds of CPU a time, medians. */
  slow: number;
  quick: number;
}

interface Sides {
  /** One turn of it; `times` turns make a sample long enough to measure. */
  slow: { turn: () => unknown; times: number };
  quick: { turn: () => unknown; times: number };
  pairs: number;
}

/** How many times quicker one is than the other: ratios of neighbouring samples, so that a busy machine slows both. */
export async function paired({ slow, quick, pairs }: Sides): Promise<Paired> {
  const sample = ({ turn, times }: Sides['slow']): Promise<number> =>
    cpuMillis(async () => {
      for (let i = 0; i < times; i += 1) await turn();
    }).then((millis) => millis / times);
  await sample(slow);
  await sample(quick);
  const found: { slow: number; quick: number }[] = [];
  for (let i = 0; i < pairs; i += 1) found.push({ slow: await sample(slow), quick: await sample(quick) });
  const ratios = found.map((one) => one.slow / one.quick);
  return {
    lower: quantile(ratios, 0.25),
    median: quantile(ratios, 0.5),
    upper: quantile(ratios, 0.75),
    slow: quantile(
      found.map((one) => one.slow),
      0.5,
    ),
    quick: quantile(
      found.map((one) => one.quick),
      0.5,
    ),
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
