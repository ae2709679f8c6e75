interface Job {
  total: number;
  done: number;
  refused: number;
}

/** How much of several jobs together has been dealt with, in whole percent; never 100 while something is left. */
export function shareOf(jobs: readonly Job[]): number {
  const total = jobs.reduce((sum, job) => sum + job.total, 0);
  const over = jobs.reduce((sum, job) => sum + job.done + job.refused, 0);
  return total === 0 ? 0 : Math.floor((over * 100) / total);
}
