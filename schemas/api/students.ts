import { z } from 'zod';
import { Id } from '../ids.ts';
import { LegalDate, Text } from '../text.ts';
import { pageInput, pageOf } from './common.ts';
import { FactValueView, Named, PathwayTarget, PathwayView, StageName, VerdictType, WaitedFor } from './verdicts.ts';

/** A student is an enrolment: its id is what every address of a student carries. */
export const EnrolmentStatus = z
  .enum(['enrolled', 'suspended', 'withdrawn', 'graduated'])
  .meta({ id: 'EnrolmentStatus' });

const StudentHead = z.strictObject({
  id: Id,
  studentNo: z.string(),
  name: z.string(),
  status: EnrolmentStatus,
  cohort: z.int(),
  class: Named,
  programme: z.strictObject({ id: Id, code: z.string(), name: Text }),
  planId: Id,
});

/** Where a pathway stood when it was last looked at: for lists, never evidence. */
export const PathwayStatusView = PathwayTarget.extend({
  stage: StageName.nullable(),
  waiting: z.strictObject({ role: WaitedFor, person: Named.nullable(), object: z.string().nullable() }).nullable(),
  since: z.string().nullable(),
  until: z.string().nullable(),
  verdict: VerdictType.nullable(),
  asOf: z.string().nullable(),
}).meta({ id: 'PathwayStatus' });

export const StudentItem = StudentHead.extend({ pathways: z.array(PathwayStatusView) }).meta({ id: 'StudentItem' });
export type StudentItem = z.infer<typeof StudentItem>;
export const StudentPage = pageOf(StudentItem);

const studentFilters = {
  cohort: z.coerce.number().int().optional(),
  programme: Id.optional(),
  class: Id.optional(),
  status: EnrolmentStatus.optional(),
  target: z
    .enum(['diploma', 'skill'])
    .optional()
    .describe('Which certificate the stage, waiting and verdict filters mean'),
  level: z.enum(['five', 'four', 'three', 'two', 'one']).optional(),
  stage: StageName.optional(),
  waiting: WaitedFor.optional(),
  verdict: VerdictType.optional(),
};
export const ListStudentsInput = z.strictObject({ ...pageInput, ...studentFilters });
export type ListStudentsInput = z.infer<typeof ListStudentsInput>;
/** Names and numbers of people are searched for in a body and never in an address. */
export const SearchStudentsInput = z.strictObject({
  ...pageInput,
  ...studentFilters,
  text: z.string().trim().min(1).max(64).describe('学号、姓名、拼音、首字母、证书编号或身份证号'),
});

export const StudentView = StudentHead.extend({
  version: z.int(),
  gender: z.enum(['male', 'female']).nullable(),
  /** `**************0018` */
  idNumberMasked: z.string().nullable(),
  enrolledOn: LegalDate,
  department: Named.nullable(),
  asOf: z.string().describe("When this was worked out, by the college's clock"),
  today: LegalDate,
  pathways: z.array(PathwayView),
}).meta({ id: 'Student' });
export type StudentView = z.infer<typeof StudentView>;

export const RevealInput = z.strictObject({ id: Id, reason: z.string().trim().min(4).max(200) });
export const Revealed = z.strictObject({ idNumber: z.string().nullable() });

const MarkView = z.enum(['deferred', 'waived', 'absent', 'cheated', 'disqualified']);
const CourseResultView = z.strictObject({
  kind: z.enum(['result', 'waived', 'missing']),
  value: z.int().nullable().describe('Hundredths of a point, of 100.00'),
  mark: MarkView.nullable(),
});

export const StudentCourse = z
  .strictObject({
    course: z.strictObject({ id: Id, code: z.string(), name: z.string(), kind: z.string() }),
    termNo: z.int(),
    credits: z.int().describe('Tenths of a credit'),
    required: z.boolean(),
    passed: z.boolean().nullable().describe('null: no teaching policy answers for this plan'),
    standing: z.enum(['passed', 'failed', 'open']).nullable(),
    converted: z.strictObject({ credits: z.int(), score: z.int(), outcomeId: Id, decisionId: Id }).nullable(),
    best: CourseResultView,
    attempts: z.array(
      z.strictObject({
        attempt: z.int(),
        result: CourseResultView,
        components: z.array(
          z.strictObject({
            name: z.string().nullable().describe('null: a total that was imported'),
            weight: z.int(),
            maxScore: z.int(),
            value: z.int().nullable().describe('Tenths of a point'),
            mark: MarkView.nullable(),
            sheetId: z.string(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'StudentCourse' });
export const StudentCourses = z
  .strictObject({
    passMark: z.int().nullable().describe('Tenths of a point, from the teaching policy in force'),
    creditsNeeded: z.int(),
    creditsEarned: z.int().nullable(),
    items: z.array(StudentCourse),
  })
  .meta({ id: 'StudentCourses' });
export type StudentCourses = z.infer<typeof StudentCourses>;

export const OutcomeView = z
  .strictObject({
    id: Id,
    origin: z.enum(['outside', 'own']),
    kind: z.enum(['skill_certificate', 'x_certificate', 'occupational_qualification', 'contest_award', 'prior_course']),
    name: z.string(),
    occupationCode: z.string().nullable(),
    level: z.string().nullable(),
    contestTier: z.string().nullable(),
    contestPrize: z.string().nullable(),
    number: z.string().nullable(),
    issuer: z.string(),
    issuedOn: LegalDate.nullable(),
    expiresOn: LegalDate.nullable(),
    expired: z.boolean().describe('By the legal date of the college'),
    verified: z.boolean().nullable(),
    spentOn: z.string().nullable().describe('The credit application that spent it'),
    credits: z.array(z.strictObject({ courseId: Id, course: z.string(), credits: z.int(), score: z.int() })),
  })
  .meta({ id: 'Outcome' });
export const OutcomeList = z.strictObject({ items: z.array(OutcomeView) });
export type OutcomeList = z.infer<typeof OutcomeList>;

export const StudentDecision = z
  .strictObject({
    id: Id,
    purpose: z.string(),
    pathwayId: Id.nullable(),
    subjectKind: z.string(),
    subjectId: z.string(),
    ruleSet: z.string(),
    revision: z.int(),
    outcome: VerdictType,
    code: z.string().nullable(),
    title: Text,
    decidedAt: z.string(),
    supersedes: Id.nullable(),
    superseded: z.boolean(),
  })
  .meta({ id: 'DecisionItem' });
export const StudentDecisions = z.strictObject({ items: z.array(StudentDecision) });
export type StudentDecisions = z.infer<typeof StudentDecisions>;

export const StudentEvent = z.strictObject({
  at: z.string(),
  kind: z
    .string()
    .describe('enrolled, applied, decided, notice_opened, notice_closed, signed_off, certificate_issued …'),
  pathwayId: Id.nullable(),
  object: z.strictObject({ kind: z.string(), id: z.string(), name: z.string().nullable() }).nullable(),
  detail: z.record(z.string(), FactValueView),
});
export const StudentEvents = z.strictObject({ items: z.array(StudentEvent) });
export type StudentEvents = z.infer<typeof StudentEvents>;

const reason = z.string().trim().min(1).max(500);
export const ChangeStatusInput = z.strictObject({ id: Id, status: EnrolmentStatus, reason });
export const TransferInput = z.strictObject({ id: Id, classId: Id, reason });
export const EnrolmentChanged = z.strictObject({ enrolment: Id, version: z.int() });
export const Transferred = EnrolmentChanged.extend({ sheets: z.int().describe('Open sheets joined in the new class') });

const months = z.int().min(0).max(720).nullable().optional();
const flag = z.boolean().nullable().optional();
/** null makes a fact unknown again; what is not named stays. */
export const RecordFactsInput = z
  .strictObject({
    id: Id,
    workMonths: months,
    workMonthsAfterHeld: months,
    workMonthsAfterTitle: months,
    internshipMonths: z.int().min(0).max(60).nullable().optional(),
    disciplineOpen: flag,
    intendsOccupation: flag,
    inOccupation: flag,
    apprenticeshipDone: flag,
    preTechnician: flag,
    reason,
  })
  .meta({ id: 'RecordFacts' });
export const FactsRecorded = z.strictObject({ enrolments: z.int() });
