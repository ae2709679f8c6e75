import { z } from 'zod';

export const HealthView = z.strictObject({ status: z.literal('ok') });
export const ProblemPageInput = z.strictObject({ code: z.string().max(64), lang: z.enum(['zh', 'en']).optional() });
