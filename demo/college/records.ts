import { ARCHIVED_TERMS, componentsOf, courses } from './plan.ts';
import type { Component, Course } from './plan.ts';
import type { Random } from './random.ts';
import type { Student } from './students.ts';
import type { Grade, LevelResult } from './troubles.ts';

/** One line of a score sheet. An empty component is the course total. */
export interface ScoreLine {
  student: Student;
  course: Course;
  attempt: 1 | 2;
  component: string;
  score: number | null;
  mark: string;
}

/** What chance gives to a student without a story of their own. */
const FAILS_COURSE = 3;
const FAILS_LEVEL = 8;
const PASS = 60;

interface CourseGrades {
  first: Grade;
  /** Undefined: no resit was needed. */
  resit: Grade | undefined;
}

/** First attempt and resit of every course of a term, for one student. */
export function gradesOf(student: Student, course: Course): CourseGrades {
  const random = student.random(course.code);
  const ability = student.random('ability').between(68, 88);
  const drawn = random.chance(student.trouble ? 0 : FAILS_COURSE)
    ? random.between(42, 57)
    : Math.min(98, Math.max(62, ability + random.between(-9, 9)));
  const { first, resit, events } = student.trouble ?? {};
  const grade = first?.[course.code] ?? drawn;
  const corrected = events?.some((event) => event.what === '成绩更正' && event.course === course.code) ?? false;
  return { first: grade, resit: corrected ? undefined : (resit?.[course.code] ?? resitOf(grade, random)) };
}

function resitOf(grade: Grade, random: Random): Grade | undefined {
  const failed = grade === '缺考' || grade === '舞弊' || (typeof grade === 'number' && grade < PASS);
  return failed ? random.between(60, 76) : undefined;
}

/** All lines of a term: totals where the term is archived, components where it was taught here. */
export function linesOfTerm(students: readonly Student[], term: number, attempt: 1 | 2): ScoreLine[] {
  return courses
    .filter((course) => course.term === term)
    .flatMap((course) => students.flatMap((student) => linesOf({ student, course, attempt })));
}

function linesOf(line: Pick<ScoreLine, 'student' | 'course' | 'attempt'>): ScoreLine[] {
  const { student, course, attempt } = line;
  const { first, resit } = gradesOf(student, course);
  const grade = attempt === 1 ? first : resit;
  if (grade === undefined || grade === '无记录') return [];
  if (course.term <= ARCHIVED_TERMS) return [{ ...line, component: '', ...scoreAndMark(grade) }];
  const components = componentsOf(course);
  const swing = student.random(`${course.code}/${attempt}`).between(-20, 20) / 2;
  return components.map((component, place) => ({
    ...line,
    component: component.name,
    ...partOf(grade, { components, place, swing }),
  }));
}

const scoreAndMark = (grade: Grade): Pick<ScoreLine, 'score' | 'mark'> =>
  typeof grade === 'number' ? { score: grade, mark: '' } : { score: null, mark: grade };

interface Part {
  components: readonly Component[];
  place: number;
  /** By how much the first component differs from the whole. */
  swing: number;
}

const CLOSE = 3;
const PROCESS_BEFORE_EXAM = 70;

/** The component's share of a grade: a mark falls on the last one, a number is spread so that the weighted sum comes out as drawn. */
function partOf(grade: Grade, { components, place, swing }: Part): Pick<ScoreLine, 'score' | 'mark'> {
  const isLast = place === components.length - 1;
  if (grade === '免修') return scoreAndMark(grade);
  if (typeof grade !== 'number') return isLast ? scoreAndMark(grade) : { score: PROCESS_BEFORE_EXAM, mark: '' };
  const first = clamp(grade + swing);
  if (Math.abs(grade - PASS) < CLOSE || (place > 0 && !isLast)) return { score: grade, mark: '' };
  if (place === 0) return { score: first, mark: '' };
  const takenBack = ((first - grade) * components[0]!.weight) / components[place]!.weight;
  return { score: clamp(Math.round((grade - takenBack) * 10) / 10), mark: '' };
}

const clamp = (score: number): number => Math.min(100, Math.max(0, score));

/** Theory and practical of a level; null when the student does not apply for it. */
export function levelResult(student: Student, level: 'four' | 'three'): LevelResult | null {
  const { trouble } = student;
  if (trouble && trouble[level] !== undefined) return trouble[level];
  const random = student.random(level);
  const failing = random.chance(FAILS_LEVEL);
  const [theory, practical] = [random.between(120, 190) / 2, random.between(120, 190) / 2];
  const drawn = failing ? { theory, practical: random.between(90, 118) / 2 } : { theory, practical };
  if (trouble) return { theory, practical };
  if (level === 'three' && !passes(levelResult(student, 'four'))) return null;
  return drawn;
}

const passes = (result: LevelResult | null): boolean =>
  result !== null && result.mark === undefined && (result.theory ?? 0) >= PASS && (result.practical ?? 0) >= PASS;
