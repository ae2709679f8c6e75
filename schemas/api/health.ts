import { z } from 'zod';
import { Agreement } from '../agreement.ts';
import { Id } from '../ids.ts';
import { QueryFlag } from './common.ts';

export const SystemHealth = z
  .strictObject({
    at: z.string(),
    database: z.strictObject({ dialect: z.enum(['sqlite', 'postgres']), ok: z.literal(true) }),
    processes: z
      .array(
        z.strictObject({
          process: z.enum(['api', 'worker']),
          at: z.string().nullable().describe('Last sign of life; null when there has been none'),
          ageSeconds: z.int().nullable(),
          late: z.boolean().describe('Several signs of life have failed to come'),
        }),
      )
      .describe('The processes that stay'),
    agreement: Agreement.nullable().describe('Null until the worker has compared for the first time'),
    outbox: z.strictObject({ unsent: z.int(), oldestAt: z.string().nullable() }),
    cases: z.strictObject({ open: z.int(), unseen: z.int() }),
    troubles: z.array(
      z.strictObject({
        workflowType: z.string(),
        caseId: z.string(),
        opKey: z.string(),
        kind: z.string(),
        code: z.string(),
        attempts: z.int(),
        firstAt: z.string(),
        lastAt: z.string(),
      }),
    ),
    signer: z.discriminatedUnion('state', [
      z.strictObject({
        state: z.literal('up'),
        kid: z.string(),
        entries: z.int(),
        alarms: z.int(),
        sharedUser: z.boolean(),
      }),
      z.strictObject({ state: z.literal('down') }),
    ]),
    disagreements: z.int().describe('Open troubles because two evaluators disagree'),
    backups: z.literal('not_built'),
  })
  .meta({ id: 'SystemHealth' });
export type SystemHealth = z.infer<typeof SystemHealth>;

export const ListLeavesInput = z.strictObject({
  before: z.coerce.number().int().min(1).optional().describe('Newest first, from below this number'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  kind: z
    .string()
    .regex(/^[a-z0-9_]{1,64}$/, { error: 'kind_malformed' })
    .optional(),
  actor: Id.optional(),
  object: Id.optional(),
  withLeaf: QueryFlag.optional(),
});
export type ListLeavesInput = z.infer<typeof ListLeavesInput>;
export const LeafPage = z.strictObject({
  items: z.array(
    z.strictObject({
      seq: z.int(),
      at: z.string(),
      collegeId: z.string().nullable(),
      actor: z.strictObject({ id: z.string(), name: z.string().nullable() }),
      role: z.string(),
      command: z.string(),
      kind: z.string(),
      object: z.strictObject({ type: z.string(), id: z.string() }),
      requestId: z.string().nullable(),
      hash: z.string(),
      leaf: z.string().optional().describe('leaf/1, as it was hashed'),
    }),
  ),
  next: z.int().nullable(),
  head: z.strictObject({ size: z.int(), root: z.string() }),
});
export type LeafPage = z.infer<typeof LeafPage>;
