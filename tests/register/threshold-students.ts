import { readTx } from '../../db/read-tx.ts';
import { loadStandard } from '../../register/college/load-reference.ts';
import { collegeTime } from '../../register/college/clock.ts';
import { applyForAssessment } from '../../register/enrolments/apply-for-assessment.ts';
import { evaluateEquivalence } from '../../register/outcomes/evaluate-equivalence.ts';
import { matchOutcome } from '../../register/outcomes/match-outcome.ts';
import type { MatchOutcome } from '../../register/outcomes/match-outcome.ts';
import { readStudentVerdicts } from '../../register/students/student-verdicts.ts';
import { createPlan } from '../../register/teaching/create-programme.ts';
import { readGround, workOutAll } from '../../register/verdicts/work-out.ts';
import type { Facts, Verdict } from '../../rules/verdict.ts';
import { skillLevels } from '../../schemas/facts.ts';
import type { SkillLevel } from '../../schemas/facts.ts';
import { dateText } from '../../schemas/time.ts';
import { aStudent } from '../support/college.ts';
import type { College, Student } from '../support/college.ts';
import { drive, scored } from '../support/students.ts';
import { aCourse, anOutcome } from './outcomes.ts';
import type { SomeOutcome } from './outcomes.ts';

/** Somebody of the college whose rows say what the facts say, and how their verdict is read. */
export interface Subject {
  student: Student;
  verdict(): Promise<Verdict>;
}

/** The day on which tests of a term-five college take place, by its clock. */
const TODAY = '2025-09-08';
/** In their first term: schooling is what was finished before. */
const NEWCOMER = '2025-09-01';

type Build = (college: College, facts: Facts) => Promise<Subject>;

/** A real student out of the facts of a document's own case. */
export function builderOf(ruleSet: string): Build {
  const [topic] = ruleSet.split('.');
  if (ruleSet === 'conclusion.diploma') return aDiplomaStudent;
  if (ruleSet === 'conclusion.skill-certificate') return aSkillStudent;
  if (topic === 'eligibility') return anApplicant;
  if (ruleSet === 'title.catalogue-standing') return (college, facts) => aTitleAsker(college, facts, 'catalogue');
  return topic === 'credit' ? aCreditAsker : aTitleAsker;
}

async function anApplicant(college: College, facts: Facts): Promise<Subject> {
  const { register } = college;
  const student = await aStudent(college);
  const standard = await aStandard(college, {
    edition: text(facts.conditionEdition),
    relevant: facts.relevantMajor === true,
    assessed: facts.programmeAssessed === true,
  });
  await update(college, student, {
    status: text(facts.enrolmentStatus),
    work_months: facts.workMonths,
    work_months_after_held: facts.workMonthsAfterHeld,
    title_level: facts.titleLevel,
    work_months_after_title: facts.workMonthsAfterTitle,
    intends_occupation: flag(facts.intendsOccupation),
    in_occupation: flag(facts.inOccupation),
    apprenticeship_done: flag(facts.apprenticeshipDone),
    pre_technician: flag(facts.preTechnician),
    prior_schooling: facts.schooling,
    enrolled_on: NEWCOMER,
  });
  const birth_on = monthsBefore(12 * Number(facts.age ?? 20));
  await register.db.writer('people').where({ id: student.person }).update({ birth_on });
  if (facts.heldLevel !== 'none')
    await anOutcome(college, student, {
      kind: 'skill_certificate',
      level: text(facts.heldLevel),
      issued_on: monthsBefore(Number(facts.heldMonths ?? 0)),
    });
  const pathwayId = await aPathway(college, student, {
    standard: standard.id,
    level: text(facts.targetLevel) as SkillLevel,
  });
  await applyForAssessment(register, college.call('registrar', { pathwayId }));
  return { student, verdict: () => eligibilityOf(college, pathwayId) };
}

async function eligibilityOf({ register, id: collegeId }: College, pathwayId: string): Promise<Verdict> {
  const ground = await readTx(register.db, async (tx) =>
    readGround(tx, {
      collegeId,
      pathwayIds: [pathwayId],
      time: await collegeTime(tx, register.systemClock, collegeId),
    }),
  );
  return workOutAll(ground, 'eligibility')[0]!.verdict;
}

/** Applied, found eligible by the rules in force with room to spare, and assessed. */
async function aSkillStudent(college: College, facts: Facts): Promise<Subject> {
  const { register } = college;
  const student = await aStudent(college);
  const standard = await aStandard(college, { edition: '2018', relevant: false, assessed: false });
  await update(college, student, { work_months: 240, work_months_after_held: 240 });
  await anOutcome(college, student, { kind: 'skill_certificate', level: 'two', issued_on: '2020-01-01' });
  const pathwayId = await aPathway(college, student, {
    standard: standard.id,
    level: text(facts.targetLevel) as SkillLevel,
  });
  await applyForAssessment(register, college.call('registrar', { pathwayId }));
  await drive(college, student);
  await scored(college, student, { course: 'JD101', value: Number(facts.processScore) / 10 });
  const row = {
    id: register.newId('result'),
    college_id: college.id,
    pathway_id: pathwayId,
    version: 1,
    assessed_on: '2025-09-05',
    reason: null,
  };
  const scores = {
    theory: facts.theoryScore,
    practical: facts.practicalScore,
    review: facts.reviewScore,
    mark: facts.assessmentMark,
  };
  const result = { ...row, ...scores, actor_id: college.users.registrar, batch_id: null, at: register.db.clock.now() };
  await register.db
    .writer('assessment_results')
    .insert({ ...result, mac: register.db.keys.rowMac('assessment_results', result) });
  return { student, verdict: () => conclusionOf(college, student, pathwayId) };
}

/** On a plan of their own, which asks for as much more as is short. */
async function aDiplomaStudent(college: College, facts: Facts): Promise<Subject> {
  const { register } = college;
  const student = await aStudent(college);
  const count = Number(await numberOf(college, 'plans'));
  const { plan } = await createPlan(
    register,
    college.call('registrar', {
      programmeCode: '460301',
      cohort: 3000 + count,
      enrolledOn: '2023-09-01',
      totalCredits: 40 + Number(facts.creditsShort),
      electiveCredits: Number(facts.electiveCreditsShort),
      maxYears: 12,
      targets: [],
    }),
  );
  const own = { ...college, plan };
  const passed = await aCourse(own, { code: `P${count}`, credits: 40, required: 1 });
  await scored({ ...own, courses: { JD101: passed, JD102: passed } }, student, { course: 'JD101', value: 900 });
  for (let failed = 0; failed < Number(facts.coursesFailed); failed += 1) {
    const course = await aCourse(own, { code: `F${count}-${failed}`, credits: 0, required: 1 });
    await scored({ ...own, courses: { JD101: course, JD102: course } }, student, { course: 'JD101', value: 100 });
  }
  await update(college, student, {
    plan_id: plan,
    status: text(facts.enrolmentStatus),
    enrolled_on: monthsBefore(Number(facts.studyMonths)),
    internship_months: facts.internshipMonths,
    discipline_open: flag(facts.disciplineOpen),
  });
  return { student, verdict: () => conclusionOf(college, student, student.diploma) };
}

async function conclusionOf({ register }: College, { enrolment }: Student, pathwayId: string): Promise<Verdict> {
  const { pathways } = await readStudentVerdicts(register, enrolment);
  return pathways.find(({ pathway }) => pathway === pathwayId)!.verdict;
}

/** A course of its own, and an outcome that covers as much of it as the facts say. */
async function aCreditAsker(college: College, facts: Facts): Promise<Subject> {
  const { register } = college;
  const student = await aStudent(college);
  const code = `C${await numberOf(college, 'courses')}`;
  const course = await aCourse(college, { code, credits: Number(facts.courseCredits), kind: text(facts.courseKind) });
  const kind = text(facts.outcomeKind) as MatchOutcome['kind'];
  const match = {
    kind,
    outcomeName: `成果 ${code}`,
    level: '',
    courseCode: code,
    overlap: Number(facts.contentOverlap),
    source: 'test',
  };
  await matchOutcome(register, college.call('registrar', match));
  if (facts.coursePassed === true)
    await scored({ ...college, courses: { JD101: course, JD102: course } }, student, { course: 'JD101', value: 900 });
  await update(college, student, { status: text(facts.enrolmentStatus) });
  const occupation = await occupationCode(college, facts.outcomeOccupation);
  const outcomeId = await anOutcome(college, student, {
    ...outcomeOf(facts),
    name: match.outcomeName,
    occupation_code: occupation,
    contest_tier: (facts.contestTier as string | undefined) ?? null,
    contest_prize: (facts.contestPrize as string | undefined) ?? null,
    score: (facts.priorScore as number | undefined) ?? null,
    credits: (facts.priorCredits as number | undefined) ?? null,
  });
  return { student, verdict: () => worthOf(college, { purpose: 'credit', outcomeId, courseIds: [course] }) };
}

async function aTitleAsker(college: College, facts: Facts, scope?: string): Promise<Subject> {
  const student = await aStudent(college);
  const engineering = facts.engineeringField !== false;
  const outcomeId = await anOutcome(college, student, {
    ...outcomeOf(facts),
    ...(typeof facts.qualification === 'string' ? { name: facts.qualification } : {}),
    occupation_code: engineering
      ? '6-31-01-03'
      : (await aStandard(college, { edition: '2018', relevant: false, assessed: false, engineering })).code,
    work_months_after: (facts.workMonthsAfterOutcome as number | undefined) ?? null,
    ...(typeof facts.outcomeIssuedOn === 'number' ? { issued_on: dateText(facts.outcomeIssuedOn) } : {}),
  });
  return { student, verdict: () => worthOf(college, { purpose: 'title', scope, outcomeId }) };
}

const outcomeOf = (facts: Facts): SomeOutcome => ({
  kind: text(facts.outcomeKind),
  level: (facts.outcomeSkillLevel ?? facts.xLevel ?? null) as string | null,
  verified: flag(facts.outcomeVerified),
  expires_on: facts.outcomeExpired === true ? '2020-01-01' : null,
});

async function worthOf(
  { register, by }: College,
  input: { purpose: 'credit' | 'title'; scope?: string | undefined; outcomeId: string; courseIds?: string[] },
): Promise<Verdict> {
  const { answers } = await evaluateEquivalence(register, { by: by('registrar'), input });
  return answers[0]!.verdict;
}

interface SomeStandard {
  edition: string;
  relevant: boolean;
  assessed: boolean;
  engineering?: boolean;
}

/** An occupation the programme lists without aiming at it, with one unit a level, taught in JD101. */
async function aStandard(
  college: College,
  { edition, relevant, assessed, engineering = true }: SomeStandard,
): Promise<{ id: string; code: string }> {
  const { register, programme, courses } = college;
  const { reader, writer } = register.db;
  const code = `6-99-0${Number(relevant)}${Number(assessed)}-0${Number(engineering)}`;
  const known = await reader('standards').where({ occupation_code: code, edition }).first('id');
  if (known) return { id: known.id, code };
  const { standard } = await loadStandard(
    register,
    college.call('registrar', {
      occupationCode: code,
      edition,
      name: { zh: `职业 ${code}`, en: `Occupation ${code}` },
      engineering,
      conditionEdition: edition as '2018' | '2023',
      source: 'test',
      evidence: 'unconfirmed' as const,
      units: skillLevels.map((level) => ({ level, name: '全部', skillWeight: 10_000 })),
    }),
  );
  await writer('programme_occupations').insert({
    programme_id: programme,
    standard_id: standard,
    relevant: Number(relevant),
    assessed: Number(assessed),
    source: 'test',
  });
  const units: string[] = await reader('standard_units').where({ standard_id: standard }).pluck('id');
  await writer('course_standard_units').insert(
    units.map((unit_id) => ({ course_id: courses.JD101, unit_id, coverage: 10_000 })),
  );
  return { id: standard, code };
}

async function occupationCode(college: College, relation: unknown): Promise<string | null> {
  if (relation === undefined) return null;
  if (relation === 'same') return '6-31-01-03';
  return relation === 'other'
    ? '1-01-01-01'
    : (await aStandard(college, { edition: '2018', relevant: false, assessed: false })).code;
}

async function aPathway(
  { register, id }: College,
  { enrolment }: Student,
  { standard, level }: { standard: string; level: SkillLevel },
): Promise<string> {
  const row = {
    id: register.newId('pathway'),
    college_id: id,
    enrolment_id: enrolment,
    type: 'skill',
    standard_id: standard,
    level,
  };
  await register.db.writer('pathways').insert({ ...row, opened_at: register.db.clock.now() });
  return row.id;
}

async function update({ register }: College, { enrolment }: Student, columns: Record<string, unknown>): Promise<void> {
  const given = Object.entries(columns).filter(([, value]) => value !== undefined);
  await register.db.writer('enrolments').where({ id: enrolment }).update(Object.fromEntries(given));
}

async function numberOf({ register }: College, table: string): Promise<number> {
  return Number((await register.db.reader(table).count({ count: '*' }).first())?.count);
}

function monthsBefore(months: number): string {
  const day = new Date(`${TODAY}T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.toISOString().slice(0, 10);
}

const text = (value: unknown): string => String(value);
const flag = (value: unknown): 0 | 1 | null => (typeof value === 'boolean' ? (value ? 1 : 0) : null);
