import { z } from 'zod';
import { Id } from '../ids.ts';
import { LegalDate, Text } from '../text.ts';
import { CollegeView, TermView } from './accounts.ts';
import { Level, Named } from './verdicts.ts';

export const CollegeNow = CollegeView.extend({
  now: z.string().describe("The instant by the college's clock"),
  today: LegalDate,
  term: TermView.nullable(),
  terms: z.array(TermView),
  noticeWorkingDays: z.int(),
  clockMoved: z.boolean().describe('A demo clock that runs ahead of the real one'),
}).meta({ id: 'CollegeNow' });
export type CollegeNow = z.infer<typeof CollegeNow>;

const reason = z.string().trim().min(1).max(200).default('演示').describe('Stands in the audit log');
export const MoveClockInput = z.strictObject({
  to: z.enum(['next_term', 'days']),
  days: z.int().min(1).max(200).optional().describe('With `to: days`'),
  reason,
});
export const ClockMoved = z.strictObject({ now: z.string(), today: LegalDate });

const Progress = z
  .strictObject({
    type: z.enum(['diploma', 'skill']),
    level: Level.nullable(),
    standard: Text.nullable(),
    total: z.int(),
    verdicts: z.record(z.string(), z.int()).describe('Pathways by verdict'),
    stages: z.record(z.string(), z.int()).describe('Pathways by stage; `unknown` where nobody has looked yet'),
  })
  .meta({ id: 'CohortProgress' });

export const CohortView = z
  .strictObject({
    planId: Id,
    cohort: z.int(),
    programme: z.strictObject({ id: Id, code: z.string(), name: Text }),
    classes: z.array(Named.extend({ students: z.int() })),
    students: z.int(),
    progress: z.array(Progress),
    asOf: z.string().nullable().describe('The oldest look among these pathways'),
  })
  .meta({ id: 'Cohort' });
export type CohortView = z.infer<typeof CohortView>;
export const ListCohortsInput = z.strictObject({
  class: Id.optional().describe('Counts of this class only; cohorts and classes are listed all the same'),
});
export const CohortList = z.strictObject({ items: z.array(CohortView) });

export const homeKinds = [
  'sheet_due',
  'sheet_returned',
  'sheet_to_accept',
  'unlock_request',
  'pathway_referred',
  'pathway_refused',
  'pathway_to_audit',
  'import_open',
  'sign_off_ready',
  'results_awaited',
  'revision_to_approve',
  'revision_to_publish',
  'own_pathway',
] as const;

const HomeItem = z.strictObject({
  id: z.string().describe('Of the sheet, pathway, batch or revision'),
  title: z.string().describe('The course, the student, the file, the rule set or the occupation'),
  text: Text.optional().describe('The title in both languages, where it has them'),
  detail: z.string().nullable().describe('The class, the student number, the kind, the revision, or `level/students`'),
  studentId: Id.nullable(),
  since: z.string().nullable(),
  until: z.string().nullable(),
});
export const HomeGroup = z
  .strictObject({ kind: z.enum(homeKinds), count: z.int(), items: z.array(HomeItem) })
  .meta({ id: 'HomeGroup' });
export type HomeGroup = z.infer<typeof HomeGroup>;
export const HomeView = z
  .strictObject({
    groups: z.array(HomeGroup).describe('What waits for whoever is signed in; empty groups are left out'),
  })
  .meta({ id: 'Home' });
