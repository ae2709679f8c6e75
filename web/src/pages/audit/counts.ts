import type { components } from '../../api/schema.d.ts';

export type Progress = components['schemas']['CohortProgress'];
export type Counts = Pick<Progress, 'type' | 'level' | 'standard' | 'total' | 'verdicts' | 'stages'>[];

const keyOf = (operation: string): string => `dualcert.audit.${operation}`;

/** What stood before an audit, kept in this tab so that the page can show the difference. Counts only, no person. */
export function keepBefore(operation: string, before: Counts): void {
  sessionStorage.setItem(keyOf(operation), JSON.stringify(before));
}

export function keptBefore(operation: string): Counts | null {
  const kept = sessionStorage.getItem(keyOf(operation));
  return kept === null ? null : (JSON.parse(kept) as Counts);
}
