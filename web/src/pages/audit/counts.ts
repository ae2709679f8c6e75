import type { components } from '../../api/schema.d.ts';

export type Progress = components['schemas']['CohortProgress'];
export type Counts = Pick<Progress, 'type' | 'level' | 'standard' | 'total' | 'verdicts' | 'stages'>[];

export type Cohort = components['schemas']['Cohort'];

interface Chosen {
  cohort?: number | undefined;
  programme?: string | undefined;
}

/** A year may begin in several programmes; an old address may name the year alone. */
export function chosenCohort(cohorts: readonly Cohort[], { cohort, programme }: Chosen): Cohort | undefined {
  const ofYear = cohorts.filter((one) => one.cohort === cohort);
  return ofYear.find((one) => one.programme.id === programme) ?? ofYear[0] ?? cohorts[0];
}

export const searchOf = (cohort: Cohort | undefined): Chosen =>
  cohort ? { cohort: cohort.cohort, programme: cohort.programme.id } : {};

/** The counts of one certificate only, where one is chosen. */
export function aimedAt(
  progress: readonly Progress[],
  target: { target: Progress['type']; level?: Progress['level'] } | undefined,
): Progress[] {
  return progress.filter(
    ({ type, level }) =>
      target === undefined || (type === target.target && (target.level === undefined || level === target.level)),
  );
}

const keyOf = (operation: string): string => `dualcert.audit.${operation}`;

/** What stood before an audit, kept in this tab so that the page can show the difference. Counts only, no person. */
export function keepBefore(operation: string, before: Counts): void {
  sessionStorage.setItem(keyOf(operation), JSON.stringify(before));
}

export function keptBefore(operation: string): Counts | null {
  const kept = sessionStorage.getItem(keyOf(operation));
  return kept === null ? null : (JSON.parse(kept) as Counts);
}
