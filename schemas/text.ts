import { z } from 'zod';

/** A text for people, always in both languages. */
export const Text = z.strictObject({ 'zh-CN': z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof Text>;
export type Language = keyof Text;

/** A calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
export const LegalDate = z.iso.date();
/** A UTC instant with milliseconds, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
export const Instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
