import { z } from 'zod';

const optional = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);

export const changeKinds = ['gain', 'lose', 'other', 'reason'] as const;

/** Whom the list shows: what the counts are counted by, so that a count is a link to its students. */
export const previewSearch = z.object({
  tab: optional(z.enum(['students', 'counts', 'proof'])),
  change: optional(z.enum(changeKinds)),
  rule: optional(z.string()),
  programme: optional(z.string()),
  class: optional(z.string()),
  target: optional(z.string()),
  from: optional(z.string()),
  to: optional(z.string()),
  student: optional(z.string()),
});
export const previewsSearch = z.object({ ruleSet: optional(z.string()) });
