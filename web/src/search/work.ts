import { z } from 'zod';

const optional = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);

export const sheetFilters = ['current', 'open', 'submitted', 'locked', 'archived', 'all'] as const;
export const sheetsSearch = z.object({
  state: optional(z.enum(sheetFilters)),
  term: optional(z.string()),
  class: optional(z.string()),
  course: optional(z.string()),
  mine: optional(z.boolean()),
});
export type SheetsSearch = z.infer<typeof sheetsSearch>;

export const importKinds = ['students', 'plan', 'mapping', 'scores', 'results', 'outcomes'] as const;
export const newImportSearch = z.object({ kind: optional(z.enum(importKinds)) });

export const certificateStates = [
  'allocated',
  'signed',
  'issued',
  'suspended',
  'revoked',
  'superseded',
  'void',
] as const;
export const certificatesSearch = z.object({
  tab: optional(z.enum(['ready', 'issued'])),
  type: optional(z.enum(['diploma', 'skill'])),
  level: optional(z.enum(['four', 'three'])),
  state: optional(z.enum(certificateStates)),
});

export const auditSearch = z.object({
  cohort: optional(z.coerce.number().int()),
  programme: optional(z.string()),
  class: optional(z.string()),
  target: optional(z.enum(['diploma', 'four', 'three'])),
  operation: optional(z.string()),
});
export const logSearch = z.object({
  kind: optional(z.string()),
  object: optional(z.string()),
  actor: optional(z.string()),
});
export const usersSearch = z.object({ role: optional(z.string()) });
export const revisionSearch = z.object({
  tab: optional(z.enum(['approval', 'rules', 'table', 'sources', 'tests', 'try', 'document'])),
});
export const compareSearch = z.object({
  older: z.coerce.number().int().catch(1),
  newer: z.coerce.number().int().catch(1),
});
