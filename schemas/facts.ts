import type { Text } from './text.ts';

/**
 * The catalogue of facts: the only doors through which a value may reach a rule (architecture §9.2).
 * Decimals are scaled integers; dates are integers `20260901`; null means missing and nothing else.
 */
export type Subject = 'pathway' | 'outcome' | 'outcome_course' | 'scheme' | 'candidate';

export interface FactDefinition {
  type: 'integer' | 'decimal' | 'boolean' | 'enum' | 'date' | 'list';
  scale?: number;
  min?: number;
  max?: number;
  values?: readonly string[];
  unit?: string;
  title: Text;
  /** `register:…` or `derived:name@version(inputs)`. */
  source: string;
  sensitivity?: 'personal';
  better?: 'higher' | 'lower';
  /** Who supplies the fact when it is missing; used to name who is waited for. */
  suppliedBy: 'registrar' | 'teacher' | 'certification_officer' | 'student' | 'system';
}

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

export const skillLevels = ['five', 'four', 'three', 'two', 'one'] as const;
export type SkillLevel = (typeof skillLevels)[number];

const enrolmentStatus: FactDefinition = {
  type: 'enum',
  values: ['enrolled', 'suspended', 'withdrawn', 'graduated'],
  title: t('学籍状态', 'enrolment status'),
  source: 'register:enrolments.status',
  suppliedBy: 'registrar',
};
const enrolledOn: FactDefinition = {
  type: 'date',
  min: 19800101,
  max: 20991231,
  title: t('入学日期', 'date of enrolment'),
  source: 'register:enrolments.enrolled_on',
  suppliedBy: 'registrar',
};
const outcomeKind: FactDefinition = {
  type: 'enum',
  values: ['skill_certificate', 'x_certificate', 'occupational_qualification', 'contest_award', 'prior_course'],
  title: t('成果类型', 'kind of learning outcome'),
  source: 'register:learning_outcomes.kind',
  suppliedBy: 'registrar',
};
const outcomeVerified: FactDefinition = {
  type: 'boolean',
  title: t('成果已核验', 'outcome verified at its issuer'),
  source: 'register:learning_outcomes.verified',
  suppliedBy: 'registrar',
};
const outcomeIssuedOn: FactDefinition = {
  type: 'date',
  min: 19800101,
  max: 20991231,
  title: t('成果取得日期', 'date the outcome was issued'),
  source: 'register:learning_outcomes.issued_on',
  suppliedBy: 'student',
};
const outcomeAgeMonths: FactDefinition = {
  type: 'integer',
  min: 0,
  max: 600,
  unit: 'month',
  better: 'lower',
  title: t('成果取得至申请的月数', 'whole months from issue to application'),
  source: 'derived:wholeMonths@1(outcomeIssuedOn,appliedOn)',
  suppliedBy: 'student',
};
const outcomeExpired: FactDefinition = {
  type: 'boolean',
  title: t('成果已过有效期', 'outcome expired on the day of application'),
  source: 'derived:isPast@1(outcomeExpiresOn,appliedOn)',
  suppliedBy: 'student',
};
const outcomeSkillLevel: FactDefinition = {
  type: 'enum',
  values: ['none', ...skillLevels],
  title: t('技能等级', 'skill level of the outcome'),
  source: 'register:learning_outcomes.level',
  suppliedBy: 'registrar',
};
const outcomeOccupation: FactDefinition = {
  type: 'enum',
  values: ['same', 'related', 'other'],
  title: t('与本专业对应职业的关系', 'relation to the occupation of the programme'),
  source: 'derived:occupationRelation@1(outcomeOccupation,programmeOccupations)',
  suppliedBy: 'registrar',
};
const qualification = {
  type: 'enum',
  values: [],
  title: t('职业资格名称', 'occupational qualification'),
  source: 'register:learning_outcomes.name',
  suppliedBy: 'registrar',
} as const satisfies FactDefinition;
const contestTier = {
  type: 'enum',
  values: ['none', 'school', 'city', 'province', 'national'],
  title: t('竞赛级别', 'tier of the contest'),
  source: 'register:learning_outcomes.contest_tier',
  suppliedBy: 'registrar',
} as const satisfies FactDefinition;
const contestPrize = {
  type: 'enum',
  values: ['none', 'third', 'second', 'first'],
  title: t('获奖等次', 'prize'),
  source: 'register:learning_outcomes.contest_prize',
  suppliedBy: 'registrar',
} as const satisfies FactDefinition;
const educationLevel = {
  type: 'enum',
  values: ['secondary_vocational', 'higher_vocational', 'vocational_bachelor', 'technician'],
  title: t('培养层次', 'level of education'),
  source: 'register:programmes.education_level',
  suppliedBy: 'registrar',
} as const satisfies FactDefinition;

export const factCatalogue = {
  /** One target of an enrolment: the diploma, or a skill certificate by occupation, edition and level. */
  pathway: {
    enrolmentStatus,
    enrolledOn,
    appliedOn: {
      type: 'date',
      min: 19800101,
      max: 20991231,
      title: t('申报日期', 'date of application'),
      source: 'register:pathways.applied_on',
      suppliedBy: 'student',
    },
    assessedOn: {
      type: 'date',
      min: 19800101,
      max: 20991231,
      title: t('考核日期', 'date of the level assessment'),
      source: 'register:assessment_results.assessed_on',
      suppliedBy: 'certification_officer',
    },
    conditionEdition: {
      type: 'enum',
      values: ['2018', '2023'],
      title: t('申报条件所依编制规程版本', 'edition of the drafting rule behind the conditions'),
      source: 'register:standards.condition_edition',
      suppliedBy: 'registrar',
    },
    targetLevel: {
      type: 'enum',
      values: skillLevels,
      title: t('申报等级', 'level applied for'),
      source: 'register:pathways.level',
      suppliedBy: 'registrar',
    },
    age: {
      type: 'integer',
      min: 0,
      max: 120,
      unit: 'year',
      title: t('年龄', 'age'),
      source: 'derived:wholeYears@1(birthOn,appliedOn)',
      sensitivity: 'personal',
      suppliedBy: 'registrar',
    },
    intendsOccupation: {
      type: 'boolean',
      title: t('拟从事本职业', 'intends to enter the occupation'),
      source: 'register:enrolments.intends_occupation',
      suppliedBy: 'student',
    },
    inOccupation: {
      type: 'boolean',
      title: t('正在从事本职业', 'works in the occupation'),
      source: 'register:enrolments.in_occupation',
      suppliedBy: 'student',
    },
    workMonths: {
      type: 'integer',
      min: 0,
      max: 720,
      unit: 'month',
      better: 'higher',
      title: t('累计从事本职业或相关职业月数', 'months of work in this or a related occupation'),
      source: 'register:enrolments.work_months',
      suppliedBy: 'student',
    },
    heldLevel: {
      type: 'enum',
      values: ['none', ...skillLevels],
      title: t('已持本职业或相关职业证书等级', 'highest level already held in this or a related occupation'),
      source: 'derived:highestLevelHeld@1(outcomes,appliedOn)',
      suppliedBy: 'registrar',
    },
    heldMonths: {
      type: 'integer',
      min: 0,
      max: 720,
      unit: 'month',
      better: 'higher',
      title: t('持证满月数', 'whole months since that certificate was issued'),
      source: 'derived:wholeMonths@1(heldIssuedOn,appliedOn)',
      suppliedBy: 'registrar',
    },
    workMonthsAfterHeld: {
      type: 'integer',
      min: 0,
      max: 720,
      unit: 'month',
      better: 'higher',
      title: t('取得该证书后从业月数', 'months of work after that certificate'),
      source: 'register:enrolments.work_months_after_held',
      suppliedBy: 'student',
    },
    titleLevel: {
      type: 'enum',
      values: ['none', 'junior', 'intermediate', 'senior'],
      title: t('专业技术职称层级', 'level of professional title held'),
      source: 'register:enrolments.title_level',
      suppliedBy: 'student',
    },
    workMonthsAfterTitle: {
      type: 'integer',
      min: 0,
      max: 720,
      unit: 'month',
      better: 'higher',
      title: t('取得职称后从业月数', 'months of work after that title'),
      source: 'register:enrolments.work_months_after_title',
      suppliedBy: 'student',
    },
    schooling: {
      type: 'enum',
      values: [
        'none',
        'technical_school',
        'secondary_vocational',
        'senior_technical_class',
        'technician_class',
        'higher_vocational',
        'university',
      ],
      title: t('学历（含应届）', 'schooling held, or about to be held by a final-year student'),
      source: 'derived:schoolingHeld@1(educationLevel,finalYear,priorSchooling)',
      suppliedBy: 'registrar',
    },
    relevantMajor: {
      type: 'boolean',
      title: t('本专业或相关专业', 'programme relevant to the occupation'),
      source: 'register:programme_occupations',
      suppliedBy: 'registrar',
    },
    programmeAssessed: {
      type: 'boolean',
      title: t('专业经评估论证', 'programme assessed for this level of skill'),
      source: 'register:programme_occupations.assessed',
      suppliedBy: 'registrar',
    },
    apprenticeshipDone: {
      type: 'boolean',
      title: t('学徒期满', 'apprenticeship completed'),
      source: 'register:enrolments.apprenticeship_done',
      suppliedBy: 'student',
    },
    preTechnician: {
      type: 'boolean',
      title: t('持预备技师证书', 'holds the pre-technician certificate'),
      source: 'register:enrolments.pre_technician',
      suppliedBy: 'student',
    },
    eligibility: {
      type: 'enum',
      values: ['granted', 'denied', 'referred'],
      title: t('申报资格结论', 'conclusion on eligibility'),
      source: 'register:decisions(eligibility)',
      suppliedBy: 'registrar',
    },
    theoryScore: {
      type: 'decimal',
      scale: 1,
      min: 0,
      max: 1000,
      better: 'higher',
      title: t('理论知识考试成绩', 'theory score'),
      source: 'register:assessment_results.theory',
      sensitivity: 'personal',
      suppliedBy: 'certification_officer',
    },
    practicalScore: {
      type: 'decimal',
      scale: 1,
      min: 0,
      max: 1000,
      better: 'higher',
      title: t('操作技能考核成绩', 'practical score'),
      source: 'register:assessment_results.practical',
      sensitivity: 'personal',
      suppliedBy: 'certification_officer',
    },
    reviewScore: {
      type: 'decimal',
      scale: 1,
      min: 0,
      max: 1000,
      better: 'higher',
      title: t('综合评审成绩', 'comprehensive review score'),
      source: 'register:assessment_results.review',
      sensitivity: 'personal',
      suppliedBy: 'certification_officer',
    },
    assessmentMark: {
      type: 'enum',
      values: ['none', 'absent', 'cheated', 'disqualified'],
      title: t('考核标记', 'mark on the level assessment'),
      source: 'register:assessment_results.mark',
      suppliedBy: 'certification_officer',
    },
    processScore: {
      type: 'decimal',
      scale: 2,
      min: 0,
      max: 10000,
      better: 'higher',
      title: t('过程考核成绩（按职业功能加权）', 'process assessment weighted by standard unit'),
      source: 'derived:weightedUnitScore@1(componentScores,unitWeights)',
      sensitivity: 'personal',
      suppliedBy: 'teacher',
    },
    coursesFailed: {
      type: 'integer',
      min: 0,
      max: 200,
      better: 'lower',
      title: t('必修课未通过门数', 'required courses recorded and not passed'),
      source: 'derived:coursesFailed@1(courseResults,policy)',
      suppliedBy: 'teacher',
    },
    creditsShort: {
      type: 'decimal',
      scale: 1,
      min: 0,
      max: 5000,
      unit: 'credit',
      better: 'lower',
      title: t('距毕业总学分差额', 'credits short of the plan'),
      source: 'derived:creditsShort@1(courseResults,creditEntries,plan,policy)',
      suppliedBy: 'teacher',
    },
    electiveCreditsShort: {
      type: 'decimal',
      scale: 1,
      min: 0,
      max: 5000,
      unit: 'credit',
      better: 'lower',
      title: t('选修学分差额', 'elective credits short of the plan'),
      source: 'derived:electiveCreditsShort@1(courseResults,creditEntries,plan,policy)',
      suppliedBy: 'teacher',
    },
    internshipMonths: {
      type: 'integer',
      min: 0,
      max: 60,
      unit: 'month',
      better: 'higher',
      title: t('岗位实习月数', 'months of internship completed'),
      source: 'register:enrolments.internship_months',
      suppliedBy: 'registrar',
    },
    disciplineOpen: {
      type: 'boolean',
      title: t('处分未解除', 'a disciplinary sanction is still open'),
      source: 'register:enrolments.discipline_open',
      sensitivity: 'personal',
      suppliedBy: 'registrar',
    },
    studyMonths: {
      type: 'integer',
      min: 0,
      max: 240,
      unit: 'month',
      better: 'lower',
      title: t('在籍月数', 'months since enrolment'),
      source: 'derived:wholeMonths@1(enrolledOn,today)',
      suppliedBy: 'registrar',
    },
  },
  /** A learning outcome on its own: what title it gives or lets its holder apply for. */
  outcome: {
    outcomeKind,
    outcomeVerified,
    outcomeIssuedOn,
    outcomeExpired,
    outcomeSkillLevel,
    appliedOn: {
      type: 'date',
      min: 19800101,
      max: 20991231,
      title: t('申请日期', 'date asked about'),
      source: 'register:applications.applied_on',
      suppliedBy: 'student',
    },
    qualification,
    contestTier,
    contestPrize,
    heldLevel: {
      type: 'enum',
      values: ['none', ...skillLevels],
      title: t('另持同一职业证书的最高等级', 'highest level held besides in the occupation of the outcome'),
      source: 'derived:highestLevelHeld@1(otherOutcomes,appliedOn)',
      suppliedBy: 'registrar',
    },
    engineeringField: {
      type: 'boolean',
      title: t('工程技术领域职业', 'occupation in the engineering field'),
      source: 'register:occupations.engineering',
      suppliedBy: 'registrar',
    },
    workMonthsAfterOutcome: {
      type: 'integer',
      min: 0,
      max: 720,
      unit: 'month',
      better: 'higher',
      title: t('取证后从业月数', 'months of work after the certificate'),
      source: 'register:learning_outcomes.work_months_after',
      suppliedBy: 'student',
    },
  },
  /** A learning outcome asked to count for one course of the student's plan. */
  outcome_course: {
    enrolmentStatus,
    outcomeKind,
    outcomeVerified,
    outcomeIssuedOn,
    outcomeAgeMonths,
    outcomeExpired,
    outcomeSkillLevel,
    outcomeOccupation,
    appliedOn: {
      type: 'date',
      min: 19800101,
      max: 20991231,
      title: t('申请日期', 'date of application'),
      source: 'register:applications.applied_on',
      suppliedBy: 'student',
    },
    xLevel: {
      type: 'enum',
      values: ['none', 'junior', 'intermediate', 'senior'],
      title: t('1+X 证书等级', 'level of the 1+X certificate'),
      source: 'register:learning_outcomes.level',
      suppliedBy: 'registrar',
    },
    contestTier,
    contestPrize,
    priorScore: {
      type: 'decimal',
      scale: 1,
      min: 0,
      max: 1000,
      better: 'higher',
      title: t('原课程成绩', 'score of the prior course'),
      source: 'register:learning_outcomes.score',
      sensitivity: 'personal',
      suppliedBy: 'registrar',
    },
    priorCredits: {
      type: 'decimal',
      scale: 1,
      min: 0,
      max: 500,
      unit: 'credit',
      better: 'higher',
      title: t('原课程学分', 'credits of the prior course'),
      source: 'register:learning_outcomes.credits',
      suppliedBy: 'registrar',
    },
    contentOverlap: {
      type: 'decimal',
      scale: 2,
      min: 0,
      max: 10000,
      unit: '%',
      better: 'higher',
      title: t('内容匹配度', 'share of the course content the outcome covers'),
      source: 'register:outcome_course_matches.overlap',
      suppliedBy: 'registrar',
    },
    courseKind: {
      type: 'enum',
      values: [
        'public_basic',
        'professional_basic',
        'professional_core',
        'professional_elective',
        'public_elective',
        'practice',
        'internship',
        'politics',
        'physical_education',
      ],
      title: t('课程类别', 'kind of course'),
      source: 'register:courses.kind',
      suppliedBy: 'registrar',
    },
    courseCredits: {
      type: 'decimal',
      scale: 1,
      min: 0,
      max: 500,
      unit: 'credit',
      title: t('课程学分', 'credits of the course'),
      source: 'register:plan_courses.credits',
      suppliedBy: 'registrar',
    },
    coursePassed: {
      type: 'boolean',
      title: t('课程已通过', 'course already passed'),
      source: 'derived:coursePassed@1(courseResults,policy)',
      suppliedBy: 'teacher',
    },
    qualification,
    educationLevel,
    courseRequired: {
      type: 'boolean',
      title: t('必修课程', 'course required by the plan'),
      source: 'register:plan_courses.required',
      suppliedBy: 'registrar',
    },
    creditsSurplus: {
      type: 'decimal',
      scale: 1,
      min: -500,
      max: 500,
      unit: 'credit',
      better: 'higher',
      title: t('成果学分减课程学分', 'credits of the outcome less those of the course'),
      source: 'derived:creditsSurplus@1(priorCredits,courseCredits)',
      suppliedBy: 'registrar',
    },
    coursesAsked: {
      type: 'integer',
      min: 1,
      max: 200,
      better: 'lower',
      title: t('本次以该成果申请的课程门数', 'courses asked for with this outcome'),
      source: 'register:outcome_courses',
      suppliedBy: 'student',
    },
    convertedCourseShare: {
      type: 'decimal',
      scale: 2,
      min: 0,
      max: 10000,
      unit: '%',
      better: 'lower',
      title: t('含本次申请的转换课程门数占比', 'share of the plan’s courses converted, this application included'),
      source: 'derived:convertedCourseShare@1(creditEntries,coursesAsked,plan)',
      suppliedBy: 'registrar',
    },
    termDay: {
      type: 'integer',
      min: 0,
      max: 366,
      title: t('申请日为学期第几天（假期为0）', 'day of the term on which it is applied for (0 in the holidays)'),
      source: 'derived:dayOfTerm@1(terms,appliedOn)',
      suppliedBy: 'registrar',
    },
  },
  /** The teaching policy that holds for a cohort's plan: pass mark, caps, shares. */
  scheme: {
    educationLevel,
    cohortEnrolledOn: {
      type: 'date',
      min: 19800101,
      max: 20991231,
      title: t('年级入学日期', 'date the cohort enrolled'),
      source: 'register:plans.enrolled_on',
      suppliedBy: 'registrar',
    },
  },
  candidate: {},
} as const satisfies Record<Subject, Record<string, FactDefinition>>;

export type FactId = { [S in Subject]: keyof (typeof factCatalogue)[S] }[Subject];
