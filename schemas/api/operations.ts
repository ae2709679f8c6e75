import { z } from 'zod';
import { Id } from '../ids.ts';
import { pageInput, pageOf } from './common.ts';
import { Level, StageName } from './verdicts.ts';

const kind = z.enum(['apply', 'audit', 'sign_off']);

export const PathwayChoice = z.strictObject({
  cohort: z.int().optional(),
  programme: Id.optional(),
  class: Id.optional(),
  target: z.enum(['diploma', 'skill']).optional(),
  level: Level.optional(),
  stage: StageName.optional().describe('As last looked at'),
});
export type PathwayChoice = z.infer<typeof PathwayChoice>;

export const CreateOperationInput = z
  .strictObject({
    kind,
    pathwayIds: z.array(Id).min(1).max(20_000).optional(),
    choose: PathwayChoice.optional().describe('Instead of ids: every open pathway in scope that fits'),
  })
  .meta({ id: 'CreateOperation', examples: [{ kind: 'audit', choose: { cohort: 2023, target: 'diploma' } }] });
export const OperationCreated = z.strictObject({ operation: Id, total: z.int() });
export const OperationSwitched = z.strictObject({ operation: Id });

export const OperationView = z
  .strictObject({
    id: Id,
    kind: z.string(),
    state: z.enum(['waiting', 'running', 'paused', 'cancelled', 'finished']),
    total: z.int(),
    done: z.int(),
    refused: z.int(),
    waiting: z.int(),
    refusals: z.record(z.string(), z.int()).describe('Refused items by code'),
    createdBy: z.strictObject({ id: z.string(), name: z.string().nullable() }),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: 'Operation' });
export type OperationView = z.infer<typeof OperationView>;
export const OperationPage = pageOf(OperationView);
export const ListOperationsInput = z.strictObject({ ...pageInput, open: z.stringbool().optional() });

export const ListItemsInput = z.strictObject({
  id: Id,
  status: z.enum(['waiting', 'done', 'refused']).optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const OperationItems = z.strictObject({
  items: z.array(
    z.strictObject({
      ordinal: z.int(),
      pathwayId: Id,
      studentId: Id.nullable(),
      studentNo: z.string().nullable(),
      studentName: z.string().nullable(),
      status: z.enum(['waiting', 'done', 'refused']),
      code: z.string().nullable(),
    }),
  ),
  next: z.int().nullable(),
});
export type OperationItems = z.infer<typeof OperationItems>;
