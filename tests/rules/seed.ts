/** Fixed in `npm test`; `FUZZ_SEED` and `FUZZ_TIMES` widen it. fast-check prints the seed with every counterexample. */
export const seed = Number(process.env.FUZZ_SEED ?? 20260901);

const times = Number(process.env.FUZZ_TIMES ?? 1);

export function runs(count: number): number {
  return count * times;
}

/** Milliseconds that a generated test may take: it runs longer the more it is asked, and on a busy machine. */
export const patience = 300_000 * times;

/** The same for properties that decide every case there is: a tenth as many more are enough. */
export function someRuns(times: number): number {
  return times * Math.max(1, Math.round(Number(process.env.FUZZ_TIMES ?? 1) / 10));
}
