import type { PlanCourse } from './standing.ts';
import { courseStanding } from './standing.ts';

export interface CreditsNeeded {
  courses: readonly PlanCourse[];
  /** Tenths the plan asks for; null when the plan does not say. */
  needed: number | null;
  passMark: number | null;
}

/**
 * `creditsShort@1`: tenths still wanting for the plan's total; each passed or converted course counts once.
 * Enough is enough whatever is outstanding; short of that, a result that can still come leaves the figure missing.
 */
export function creditsShort({ courses, needed, passMark }: CreditsNeeded): number | null {
  if (needed === null || passMark === null) return null;
  const earned = sum(courses.filter((course) => courseStanding(course, passMark) === 'passed'));
  if (earned >= needed) return 0;
  return courses.some((course) => mayStillBring(course, passMark)) ? null : needed - earned;
}

/** `electiveCreditsShort@1`: the same over electives alone. */
export function electiveCreditsShort({ courses, ...plan }: CreditsNeeded): number | null {
  return creditsShort({ courses: courses.filter(({ required }) => !required), ...plan });
}

function mayStillBring(course: PlanCourse, passMark: number): boolean {
  return courseStanding(course, passMark) === 'open' && (course.required || course.canStillCome);
}

const sum = (courses: readonly PlanCourse[]): number => courses.reduce((total, { credits }) => total + credits, 0);
