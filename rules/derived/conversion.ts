/** Tenths of a credit. `creditsSurplus@1`: what the outcome brings over the course; below zero it brings too little. Missing when its credits are. */
export function creditsSurplus(outcomeCredits: number | null, courseCredits: number | null): number | null {
  return outcomeCredits === null || courseCredits === null ? null : outcomeCredits - courseCredits;
}

interface Term {
  startsOn: string;
  endsOn: string;
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * `dayOfTerm@1`: 1 on a term's first day, 0 between two terms. Missing before the first term on record and after the last,
 * where nobody has said whether a term runs.
 */
export function dayOfTerm(terms: readonly Term[], on: string | null): number | null {
  if (on === null) return null;
  const running = terms.find(({ startsOn, endsOn }) => startsOn <= on && on <= endsOn);
  if (running) return (Date.parse(on) - Date.parse(running.startsOn)) / DAY + 1;
  const between = terms.some(({ endsOn }) => endsOn < on) && terms.some(({ startsOn }) => startsOn > on);
  return between ? 0 : null;
}

const WHOLE = 10_000;

/**
 * `convertedCourseShare@1`: hundredths of a percent of the plan's courses that are converted once all that are asked for now
 * are too, rounded up so that no share over a cap passes below it. Missing for a plan without courses.
 */
export function convertedCourseShare({
  converted,
  asked,
  planned,
}: {
  converted: number;
  asked: number;
  planned: number;
}): number | null {
  return planned === 0 ? null : Math.min(WHOLE, Math.ceil(((converted + asked) * WHOLE) / planned));
}
