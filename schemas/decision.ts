import { z } from 'zod';
import { Id } from './ids.ts';
import { FactValues } from './ruleset.ts';
import { Instant, LegalDate } from './text.ts';

/** `decision/1` (rules.md §8): what was decided, from which facts, under which document. Data, no prose. */
const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const Params = z.record(z.string(), z.union([z.int(), z.boolean(), z.string()]));

export const Because = z.strictObject({
  kind: z.enum(['rule', 'missing', 'otherwise', 'conflict', 'impossible', 'suspended', 'out-of-scope', 'person']),
  rules: z.array(z.string()).optional(),
});
export type Because = z.infer<typeof Because>;

export const Outcome = z.strictObject({
  type: z.enum(['grant', 'deny', 'refer', 'undetermined', 'out-of-scope']),
  /** For people; absent for undetermined and out-of-scope. */
  code: z.string().optional(),
  params: Params.optional(),
  missing: z.array(z.string()).optional(),
  events: z.array(z.strictObject({ type: z.enum(['grant', 'deny', 'refer']), params: Params.optional() })).optional(),
  because: Because,
});
export type Outcome = z.infer<typeof Outcome>;

export const Provenance = z.record(
  z.string(),
  z.strictObject({
    from: z.string(),
    ref: z.string().optional(),
    readAt: Instant.optional(),
    version: z.string().optional(),
  }),
);
export type Provenance = z.infer<typeof Provenance>;

export const Decision = z.strictObject({
  format: z.literal('decision/1'),
  id: Id,
  case: Id,
  subject: z.strictObject({ kind: z.enum(['pathway', 'outcome', 'outcome_course', 'scheme', 'candidate']), id: Id }),
  decision: z.string(),
  ruleSet: z.strictObject({ revision: z.int().min(1), hash: Hash }),
  exceptions: z.array(Id),
  engines: z.strictObject({ reference: z.string(), compiled: z.string(), agree: z.boolean() }),
  time: z.strictObject({ decidedAt: Instant, knownAt: Instant, effectiveDate: LegalDate, dateFact: z.string() }),
  facts: FactValues,
  provenance: Provenance,
  factsHash: Hash,
  fired: z.array(z.string()),
  outcome: Outcome,
  actor: z.string(),
  supersedes: Id.nullable(),
  /** Stored for denials; for all else worked out again on reading. */
  trace: z.unknown().optional(),
  hash: Hash,
});
export type Decision = z.infer<typeof Decision>;
