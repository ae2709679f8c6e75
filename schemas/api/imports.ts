import { z } from 'zod';
import { Id } from '../ids.ts';
import { importKinds } from '../imports.ts';
import { Text } from '../text.ts';
import { pageInput, pageOf } from './common.ts';

export const ImportKindName = z.enum(importKinds).meta({ id: 'ImportKind' });
const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/, { error: 'hash_malformed' });
const weight = z.int().min(1).max(10_000);

/** What may be said beside the file. All integers: weights in hundredths of a percent, credits in tenths. */
export const ImportOptionsInput = z
  .strictObject({
    weights: z
      .record(z.string().max(64), z.record(z.string().max(64), weight))
      .optional()
      .describe('Scores: weights of the components by course code, or `*` for every course'),
    electiveCredits: z.int().min(0).max(5000).optional().describe('Plan: elective credits that graduation needs'),
  })
  .meta({ id: 'ImportOptions' });

/** A form field holds text: the options come as JSON. */
const optionsField = z
  .string()
  .max(10_000)
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'json_malformed' });
      return z.NEVER;
    }
  })
  .pipe(ImportOptionsInput);

export const StageInput = z.strictObject({ kind: ImportKindName, options: optionsField.optional() });
export const Staged = z
  .strictObject({
    batch: Id,
    previewHash: Hash,
    rows: z.int().describe('Rows that a commit would write'),
    faultyRows: z.int(),
    faults: z.int(),
    warnings: z.int(),
  })
  .meta({ id: 'ImportStaged' });

export const RowFaultView = z
  .strictObject({
    row: z.int(),
    column: z.string(),
    header: z.string(),
    value: z.string(),
    code: z.string(),
    text: Text,
    suggestion: z.string().optional(),
  })
  .meta({ id: 'RowFault' });

const Head = z.strictObject({
  id: Id,
  kind: ImportKindName,
  fileName: z.string(),
  previewHash: Hash,
  state: z.enum(['previewed', 'committed', 'undone']),
  rows: z.int(),
  faults: z.int(),
  createdBy: z.strictObject({ id: z.string(), name: z.string().nullable() }),
  createdAt: z.string(),
  committedAt: z.string().nullable(),
  undoneAt: z.string().nullable(),
  version: z.int(),
});
export const ImportItem = Head.meta({ id: 'ImportItem' });
export type ImportItem = z.infer<typeof ImportItem>;
export const ListImportsInput = z.strictObject({ ...pageInput });
export const ImportPage = pageOf(ImportItem);

export const ImportView = Head.extend({
  options: ImportOptionsInput,
  report: z.strictObject({
    sheet: z.string(),
    headers: z.array(z.string()),
    places: z.record(z.string(), z.string()).describe('Column letter by key'),
    unknownHeaders: z.array(z.string()),
    dropped: z.int().describe('Formatted rows without content, left out'),
    headerFaults: z.array(RowFaultView),
    warnings: z.array(RowFaultView),
    warningCount: z.int(),
    summary: z.record(z.string(), z.int()).describe('What a commit does, in counts'),
  }),
  dependents: z
    .array(z.strictObject({ code: z.string(), count: z.int() }))
    .describe('What rests on a committed batch; empty means it can be undone'),
}).meta({ id: 'Import' });
export type ImportView = z.infer<typeof ImportView>;

export const ListRowsInput = z.strictObject({
  id: Id,
  faulty: z.stringbool().optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export const ImportRows = z.strictObject({
  items: z.array(
    z.strictObject({
      ordinal: z.int(),
      row: z.int().describe('As the spreadsheet numbers it'),
      values: z.record(z.string(), z.unknown()).nullable(),
      faults: z.array(RowFaultView),
    }),
  ),
  next: z.int().nullable(),
});
export const CommitInput = z.strictObject({
  id: Id,
  previewHash: Hash.describe('Of the preview that was looked at'),
  skipFaulty: z.boolean().default(false),
});
export const Committed = z.strictObject({ batch: Id, rows: z.int(), summary: z.record(z.string(), z.int()) });
export const UndoInput = z.strictObject({ id: Id, reason: z.string().trim().min(1).max(200) });
export const Undone = z.strictObject({ batch: Id, state: z.literal('undone') });
export const TemplateInput = z.strictObject({ kind: ImportKindName });
