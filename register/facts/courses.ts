import { bestAttempt, weightedCourseResult } from '../../rules/derived/course-result.ts';
import type { CourseResult, Mark } from '../../rules/derived/course-result.ts';
import type { PlanCourse as CourseForCredits } from '../../rules/derived/standing.ts';
import { groupBy } from './rows.ts';
import type { CreditRow, PlanCourse, ScoreRow } from './rows.ts';

const WHOLE = 10_000;

export interface CourseRecord extends CourseForCredits {
  kind: string;
  termNo: number;
  /** The result that counts; two decimals. */
  best: CourseResult;
}

interface Student {
  courses: readonly PlanCourse[];
  scores: readonly ScoreRow[];
  credits: readonly CreditRow[];
  /** Number of the plan's term that is under way, from 1; past the last one the plan's terms are over. */
  termNo: number;
}

/** The student's plan, course by course, with every attempt weighed. */
export function courseRecords({ courses, scores, credits, termNo }: Student): CourseRecord[] {
  const byCourse = groupBy(scores, (row) => row.course_id);
  const converted = new Set(credits.map((entry) => entry.course_id));
  return courses.map((course) => {
    const attempts = attemptsOf(byCourse.get(course.course_id) ?? []);
    return {
      courseId: course.course_id,
      kind: course.kind,
      termNo: course.term_no,
      credits: course.credits,
      required: course.required === 1,
      attempts,
      converted: converted.has(course.course_id),
      canStillCome: course.term_no >= termNo,
      best: bestAttempt(attempts),
    };
  });
}

/** One result an attempt; components that do not add up to the whole yet leave it missing. */
export function attemptsOf(rows: readonly ScoreRow[]): CourseResult[] {
  if (rows.length === 0) return [];
  if (rows.length === 1) return [attemptOf(rows)]; // most courses, once their total is known
  return [...groupBy(rows, (row) => String(row.attempt)).values()].map(attemptOf);
}

function attemptOf(components: readonly ScoreRow[]): CourseResult {
  const whole = components.reduce((sum, { weight }) => sum + weight, 0) === WHOLE;
  if (!whole) return { kind: 'missing' };
  return weightedCourseResult(
    components.map(({ weight, value, mark, max_score: maxScore }) => ({
      weight,
      value,
      mark: mark as Mark | null,
      maxScore,
    })),
  );
}
