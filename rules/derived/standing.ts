import type { CourseResult } from './course-result.ts';

/** `open`: not passed, and a result can still come. */
export type Standing = 'passed' | 'failed' | 'open';

export interface CourseAttempts {
  /** One entry an attempt (first, 补考, 重修); one that is under way or deferred is `missing`. */
  attempts: readonly CourseResult[];
  /** A credit entry stands for the course: an outcome was converted into it. */
  converted: boolean;
}

const TENTHS_TO_HUNDREDTHS = 10;

/** `courseStanding@1`: any attempt at or above the pass mark (one decimal, from the policy document), a waiver or a conversion passes. */
export function courseStanding({ attempts, converted }: CourseAttempts, passMark: number): Standing {
  const line = passMark * TENTHS_TO_HUNDREDTHS;
  if (converted || attempts.some((attempt) => passes(attempt, line))) return 'passed';
  return attempts.length > 0 && attempts.every(({ kind }) => kind === 'result') ? 'failed' : 'open';
}

const passes = (attempt: CourseResult, line: number): boolean =>
  attempt.kind === 'waived' || (attempt.kind === 'result' && attempt.value >= line);

/** `coursePassed@1`: whether the course is passed already; without a policy it is not known. */
export function coursePassed(course: CourseAttempts, passMark: number | null): boolean | null {
  return passMark === null ? null : courseStanding(course, passMark) === 'passed';
}

export interface PlanCourse extends CourseAttempts {
  courseId: string;
  /** Tenths. */
  credits: number;
  required: boolean;
  /** An elective the student has not taken cannot fail and, once its term has passed, brings nothing more. */
  canStillCome: boolean;
}

/** `coursesFailed@1`: required courses with results on record, none of them a pass, and no attempt under way. */
export function coursesFailed(courses: readonly PlanCourse[], passMark: number | null): number | null {
  if (passMark === null) return null;
  return courses.filter((course) => course.required && courseStanding(course, passMark) === 'failed').length;
}
