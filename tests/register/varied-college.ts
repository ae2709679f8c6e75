import type { College, Student } from '../support/college.ts';
import { someStudents } from '../support/college.ts';
import { assessed, scored } from '../support/students.ts';
import { aCourse, anOutcome } from './outcomes.ts';

/** Numbers that are random under a seed and the same each time (mulberry32). */
export function randomUnder(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(random: () => number, from: readonly T[]): T {
  return from[Math.floor(random() * from.length)]!;
}

/** What lies at and beside the thresholds of the library, missing values included. */
const months = [null, 0, 11, 12, 23, 24, 35, 36, 47, 48, 59, 60, 120];
const flags = [null, 0, 1];
const marks = [590, 599, 600, 601, 700, 840, 900];

/**
 * Students that differ in everything a library document asks about: scores, applications, results, work, schooling, outcomes of every
 * kind, and what nobody has recorded.
 */
export async function aVariedCohort(
  college: College,
  { count, seed }: { count: number; seed: number },
): Promise<Student[]> {
  const random = randomUnder(seed);
  const covered = [
    { kind: 'skill_certificate' as const, name: '电工', overlap: 8000 },
    { kind: 'x_certificate' as const, name: 'Web前端', overlap: 7999 },
    { kind: 'contest_award' as const, name: '技能大赛', overlap: 8500 },
    { kind: 'prior_course' as const, name: '高等数学', overlap: 8000 },
  ];
  await aCourse(college, { code: 'VA', credits: 40, covered });
  await aCourse(college, { code: 'VB', credits: 20, kind: 'public_basic', covered: covered.slice(2) });
  const students = await someStudents(college, count);
  const { writer } = college.register.db;
  for (const student of students) {
    await writer('enrolments')
      .where({ id: student.enrolment })
      .update({
        internship_months: pick(random, [null, 5, 6, 7]),
        discipline_open: pick(random, [0, 0, 0, 1, null]),
        work_months: pick(random, months),
        work_months_after_held: pick(random, months),
        work_months_after_title: pick(random, months),
        title_level: pick(random, [null, 'none', 'junior', 'intermediate']),
        intends_occupation: pick(random, flags),
        in_occupation: pick(random, flags),
        apprenticeship_done: pick(random, flags),
        pre_technician: pick(random, flags),
        status: pick(random, ['enrolled', 'enrolled', 'enrolled', 'enrolled', 'suspended']),
      });
    for (const course of ['JD101', 'JD102'] as const)
      if (random() < 0.8) await scored(college, student, { course, value: pick(random, marks) });
    for (const pathway of [student.four, student.three]) {
      if (random() < 0.3) continue;
      await writer('pathways').where({ id: pathway }).update({ applied_on: '2025-10-01' });
      if (random() < 0.6)
        await assessed(college, pathway, { theory: pick(random, marks), practical: pick(random, marks) });
    }
    await outcomesOf(college, student, random);
  }
  return students;
}

async function outcomesOf(college: College, student: Student, random: () => number): Promise<void> {
  const verified = pick(random, [1, 1, 1, 0, null]);
  const issued_on = pick(random, ['2024-06-01', '2020-10-19', '2020-10-20', null]);
  const common = { verified, issued_on };
  if (random() < 0.6)
    await anOutcome(college, student, {
      ...common,
      kind: 'skill_certificate',
      level: pick(random, ['five', 'four', 'three', 'two']),
      work_months_after: pick(random, months),
      occupation_code: pick(random, ['6-31-01-03', '4-01-02-03']),
    });
  if (random() < 0.5)
    await anOutcome(college, student, {
      ...common,
      kind: 'x_certificate',
      name: 'Web前端',
      level: pick(random, ['junior', 'intermediate', 'senior']),
      score: pick(random, marks),
    });
  if (random() < 0.4)
    await anOutcome(college, student, {
      ...common,
      kind: 'contest_award',
      name: '技能大赛',
      contest_tier: pick(random, ['school', 'city', 'province', 'national']),
      contest_prize: pick(random, ['third', 'second', 'first']),
    });
  if (random() < 0.4)
    await anOutcome(college, student, {
      ...common,
      kind: 'prior_course',
      name: '高等数学',
      score: pick(random, marks),
      credits: pick(random, [10, 20, 40, null]),
    });
  if (random() < 0.4)
    await anOutcome(college, student, {
      ...common,
      kind: 'occupational_qualification',
      name: pick(random, ['资产评估师', '执业药师', '注册会计师']),
    });
}
