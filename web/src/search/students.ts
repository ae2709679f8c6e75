import { z } from 'zod';

const stages = [
  'application',
  'collecting',
  'assessment',
  'referred',
  'refused',
  'suspended',
  'deciding',
  'public_notice',
  'sign_off',
  'issuing',
  'issued',
  'closed',
] as const;
const verdicts = ['grant', 'deny', 'refer', 'undetermined', 'out-of-scope'] as const;
const waiting = ['student', 'teacher', 'registrar', 'certification_officer', 'system', 'public'] as const;

/** What one may choose from, in the order it is offered. */
export const studentChoices = {
  stages,
  verdicts,
  waiting,
  statuses: ['enrolled', 'suspended', 'withdrawn', 'graduated'],
  targets: ['diploma', 'four', 'three'],
} as const;

/** Filters of the list. Typed search text is personal data and stands in the history state instead. */
export const studentsSearch = z.object({
  cohort: z.coerce.number().int().optional().catch(undefined),
  class: z.string().optional().catch(undefined),
  status: z.enum(studentChoices.statuses).optional().catch(undefined),
  target: z.enum(studentChoices.targets).optional().catch(undefined),
  stage: z.enum(stages).optional().catch(undefined),
  waiting: z.enum(waiting).optional().catch(undefined),
  verdict: z.enum(verdicts).optional().catch(undefined),
});
export type StudentsSearch = z.infer<typeof studentsSearch>;

export const studentTabs = ['courses', 'coverage', 'outcomes', 'decisions', 'certificates', 'log'] as const;
export type StudentTab = (typeof studentTabs)[number];
export const studentSearch = z.object({ tab: z.enum(studentTabs).optional().catch(undefined) });
