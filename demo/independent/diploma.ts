import { standingOf } from './courses.ts';
import type { PlanCourse, Transcript } from './courses.ts';
import type { Row } from './files.ts';
import { lines } from './premises.ts';
import type { Conclusion } from './verdict.ts';
import { denied, granted, undetermined } from './verdict.ts';

interface Student {
  no: string;
  plan: readonly PlanCourse[];
  transcript: Transcript;
  converted: ReadonlySet<string>;
  /** What befell the student. */
  events: readonly Row[];
}

/** 毕业审核（第六学期结束后）：在籍、无未解除处分、必修课全部合格、总学分与选修学分修满、岗位实习满六个月。 */
export function diplomaConclusion(student: Student): Conclusion {
  const { events } = student;
  const happened = (what: string): Row | undefined => events.find((row) => row.事项 === what);
  const { failed, waiting, short, electivesShort } = coursesOf(student);
  const internship = happened('实习月数')?.内容;
  const reasons: string[] = [];
  if (happened('休学') || happened('退学')) reasons.push('not_enrolled');
  if (happened('处分未解除')) reasons.push('discipline');
  if (failed > 0) reasons.push('course_failed');
  if (short > 0 && waiting === 0) reasons.push('credits');
  if (electivesShort > 0) reasons.push('electives');
  if (internship !== undefined && Number(internship) < lines.internshipMonths) reasons.push('internship');
  if (reasons.length > 0) return denied(...reasons);
  const missing: string[] = [];
  if (short > 0) missing.push('credits');
  if (internship === undefined) missing.push('internship');
  if (!happened('无处分')) missing.push('discipline');
  return missing.length > 0 ? undetermined(...missing) : granted;
}

function coursesOf({ no, plan, transcript, converted }: Student) {
  const standing = (course: PlanCourse) =>
    converted.has(course.code) ? 'passed' : standingOf(transcript.get(`${no}/${course.code}`));
  const required = plan.filter((course) => course.required);
  const electives = plan.filter((course) => !course.required);
  const wanting = (courses: readonly PlanCourse[]): number =>
    courses.filter((course) => standing(course) !== 'passed').reduce((sum, { credits }) => sum + credits, 0);
  return {
    failed: required.filter((course) => standing(course) === 'failed').length,
    waiting: required.filter((course) => standing(course) === 'waiting').length,
    short: wanting(plan),
    electivesShort: wanting(electives),
  };
}
