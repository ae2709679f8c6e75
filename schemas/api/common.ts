import { z } from 'zod';
import { Id } from '../ids.ts';

/** Names for folders that may not import zod. */
export type Schema<T = unknown> = z.ZodType<T>;
export type ObjectSchema = z.ZodObject;
export type Infer<S extends z.ZodType> = z.infer<S>;

/** An input with nothing in it. */
export const Nothing = z.strictObject({});
export const ById = z.strictObject({ id: Id });

/** Any JSON value; the schema of the document itself is checked by the command it goes to. */
export const Json = z.unknown().meta({ id: 'Json', description: 'Any JSON value.' });
export const Version = z.int().min(1);
export const LIMIT_MOST = 200;

/** What every list takes: spread it into a strict object. The cursor is the opaque id of the last row read. */
export const pageInput = {
  limit: z.coerce.number().int().min(1).max(LIMIT_MOST).default(50),
  cursor: Id.optional(),
};
export const PageInput = z.strictObject(pageInput);
export type PageInput = z.infer<typeof PageInput>;

/** What every list answers. `next` goes into `cursor` for the rows after these; null when there are none. */
export function pageOf<S extends z.ZodType>(item: S) {
  return z.strictObject({ items: z.array(item), next: z.string().nullable(), total: z.int().optional() });
}

/** A boolean in a query string. */
export const QueryFlag = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] });

export const FaultBody = z
  .strictObject({
    pointer: z.string().describe('JSON pointer into the input'),
    code: z.string(),
    title: z.string().optional().describe('The fault in words, in the language asked for'),
    detail: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Fault' });

/** RFC 9457. A program relies on `code` and `errors[].code` alone. */
export const ProblemBody = z
  .object({
    type: z.string(),
    code: z.string(),
    status: z.int(),
    title: z.string(),
    instance: z.string(),
    errors: z.array(FaultBody),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof ProblemBody>;

/** Some fields of an input, as an object of their own. */
export function pickFields(schema: ObjectSchema, names: readonly string[]): ObjectSchema {
  return z.strictObject(Object.fromEntries(names.map((name) => [name, schema.shape[name]!])));
}

/** What a body may look like, as its schema says: shown in the contract. */
export function examplesOf(schema: ObjectSchema): readonly unknown[] {
  const given: unknown = schema.meta()?.examples;
  return Array.isArray(given) ? given : [];
}

const headers = {
  'Idempotency-Key': z
    .uuidv7()
    .describe('Made and kept by the client before sending; the same key again gets the first answer'),
  'If-Match': z.string().describe('The strong ETag the change starts from'),
  'Last-Event-ID': z.string().optional().describe('Go on after this event'),
};
export type HeaderName = keyof typeof headers;

export function headersOf(names: readonly HeaderName[]): ObjectSchema {
  return z.object(Object.fromEntries(names.map((name) => [name, headers[name]])));
}
