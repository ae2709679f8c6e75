import type { Term } from '../college/terms.ts';

/** Which term of the plan is under way on a date: 1 for the one in which the cohort enrolled. Between terms, the one that follows. */
export function planTermNo(terms: readonly Term[], enrolledOn: string, on: string): number {
  return terms.filter((term) => term.endsOn >= enrolledOn && term.endsOn < on).length + 1;
}

const TERMS_A_YEAR = 2;

/** In the programme's last year on that date, or past it (应届). */
export function isFinalYear(
  { enrolled_on, years }: { enrolled_on: string; years: number },
  terms: readonly Term[],
  on: string,
): boolean {
  return planTermNo(terms, enrolled_on, on) > (years - 1) * TERMS_A_YEAR;
}
