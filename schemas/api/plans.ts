import { z } from 'zod';
import { Id } from '../ids.ts';
import { LegalDate, Text } from '../text.ts';
import { pageInput, pageOf } from './common.ts';
import { Level } from './verdicts.ts';

const StandardHead = z.strictObject({ id: Id, code: z.string(), edition: z.string(), name: Text });

const PlanHead = z.strictObject({
  id: Id,
  cohort: z.int(),
  programme: z.strictObject({ id: Id, code: z.string(), name: Text, educationLevel: z.string(), years: z.int() }),
  enrolledOn: LegalDate,
  totalCredits: z.int().describe('Tenths of a credit'),
  electiveCredits: z.int(),
  maxYears: z.int(),
  version: z.int(),
  targets: z.array(z.strictObject({ standard: StandardHead, level: Level })),
});
export const PlanItem = PlanHead.meta({ id: 'PlanItem' });
export type PlanItem = z.infer<typeof PlanItem>;
export const ListPlansInput = z.strictObject({ ...pageInput, cohort: z.coerce.number().int().optional() });
export const PlanPage = pageOf(PlanItem);

export const PlanCourseView = z
  .strictObject({
    id: Id,
    code: z.string(),
    name: z.string(),
    kind: z.string(),
    termNo: z.int(),
    credits: z.int(),
    hours: z.int(),
    practiceHours: z.int(),
    required: z.boolean(),
  })
  .meta({ id: 'PlanCourse' });
export const PlanView = PlanHead.extend({ courses: z.array(PlanCourseView) }).meta({ id: 'Plan' });
export type PlanView = z.infer<typeof PlanView>;

const CourseResultHere = z
  .strictObject({
    kind: z.enum(['result', 'waived', 'missing']),
    value: z.int().nullable(),
    mark: z.string().nullable(),
  })
  .optional()
  .describe("The student's result, on a student's coverage");

/** How much of each unit of a target level the plan's courses cover; all shares in hundredths of a percent. */
export const CoverageView = z
  .strictObject({
    targets: z.array(
      z.strictObject({
        standard: StandardHead,
        level: Level,
        covered: z.int().describe('Weighted over the units, each counted to at most the whole'),
        units: z.array(
          z.strictObject({
            id: Id,
            name: z.string(),
            skillWeight: z.int(),
            theoryWeight: z.int().nullable(),
            covered: z.int().describe('Sum over the courses, at most 10000'),
            gap: z.int(),
            courses: z.array(
              z.strictObject({
                id: Id,
                code: z.string(),
                name: z.string(),
                termNo: z.int(),
                coverage: z.int(),
                result: CourseResultHere,
              }),
            ),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Coverage' });
export type CoverageView = z.infer<typeof CoverageView>;

export const StandardItem = StandardHead.extend({
  engineering: z.boolean(),
  conditionEdition: z.enum(['2018', '2023']),
  source: z.string(),
  evidence: z.enum(['sourced', 'unconfirmed']),
}).meta({ id: 'StandardItem' });
export type StandardItem = z.infer<typeof StandardItem>;
export const StandardPage = pageOf(StandardItem);
export const StandardView = StandardItem.extend({
  aliases: z.array(
    z.strictObject({ code: z.string(), name: z.string(), fromOn: LegalDate.nullable(), source: z.string() }),
  ),
  levels: z.array(
    z.strictObject({
      level: Level,
      units: z.array(
        z.strictObject({ id: Id, name: z.string(), skillWeight: z.int(), theoryWeight: z.int().nullable() }),
      ),
    }),
  ),
}).meta({ id: 'Standard' });
export type StandardView = z.infer<typeof StandardView>;
