import { z } from 'zod';

export const planTabs = ['courses', 'coverage'] as const;
export type PlanTab = (typeof planTabs)[number];
export const planSearch = z.object({ tab: z.enum(planTabs).optional().catch(undefined) });

/** Applications of one student by opaque id; all of them without it. */
export const creditsSearch = z.object({ student: z.string().optional().catch(undefined) });
