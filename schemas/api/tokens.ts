import { z } from 'zod';
import { Id } from '../ids.ts';
import { tokenScopes } from '../permissions.ts';
import { Instant, LegalDate } from '../text.ts';

const Scope = z.enum(tokenScopes).meta({ id: 'TokenScope' });

export const IssueTokenInput = z
  .strictObject({
    collegeId: Id,
    name: z.string().trim().min(1).max(80).describe('Which system it is for'),
    scopes: z.array(Scope).min(1).max(tokenScopes.length),
    days: z.int().min(1).max(730).describe('How long it is good for'),
  })
  .meta({
    id: 'IssueToken',
    examples: [
      {
        collegeId: 'col_01k7zngj80e008000000000001',
        name: '招生系统',
        scopes: ['equivalences.evaluate'],
        days: 180,
      },
    ],
  });
export const IssuedToken = z
  .strictObject({
    id: Id,
    token: z.string().nullable().describe('Shown this once; null when the request is repeated'),
    expiresAt: Instant,
  })
  .meta({ id: 'IssuedToken' });
export const RevokedToken = z.strictObject({ id: Id });
export const TokenView = z
  .strictObject({
    id: Id,
    collegeId: Id,
    name: z.string(),
    scopes: z.array(Scope),
    createdBy: z.strictObject({ id: z.string(), name: z.string().nullable() }),
    createdAt: Instant,
    expiresAt: Instant,
    revokedAt: Instant.nullable(),
    lastUsedOn: LegalDate.nullable(),
    state: z.enum(['live', 'expired', 'revoked']),
  })
  .meta({ id: 'ApiToken' });
export type TokenView = z.infer<typeof TokenView>;
export const TokenList = z.strictObject({ items: z.array(TokenView) });
