import { appendLeaf } from '../../db/audit.ts';
import type { Call } from '../../db/tx.ts';
import { plumbingTx } from '../../db/transaction.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { TokenView } from '../../schemas/api/tokens.ts';
import type { TokenScope } from '../../schemas/permissions.ts';
import { Problem } from '../../schemas/problem.ts';
import { legalDateOf } from '../../schemas/time.ts';
import type { Register } from '../register.ts';
import { sha256 } from './login-name.ts';
import { nobody } from './principal.ts';
import type { Principal } from './principal.ts';

/** Tells a token from anything else somebody may paste; what follows is 32 random bytes. */
const PREFIX = 'dct_';
const DAY_MS = 24 * 3_600_000;

export interface IssueToken {
  collegeId: string;
  name: string;
  scopes: TokenScope[];
  days: number;
}

/** A token for a system that asks. It is shown once; the register keeps a hash, and a repeated request gets none. */
export async function issueToken(
  register: Register,
  call: Call<IssueToken>,
): Promise<{ id: string; token: string | null; expiresAt: string }> {
  const { by, input } = call;
  const token = PREFIX + Buffer.from(register.randomBytes(32)).toString('base64url');
  let repeated = false;
  const onReplayed = (): void => {
    repeated = true;
    call.onReplayed?.();
  };
  const made = await writeTx(register.db, { command: 'issueToken', ...call, onReplayed }, async (tx) => {
    if (!(await tx('colleges').where({ id: input.collegeId }).first('id'))) throw new Problem('not_found');
    const id = register.newId('token');
    const now = register.systemClock.now();
    const expiresAt = new Date(Date.parse(now) + input.days * DAY_MS).toISOString();
    await tx('api_tokens').insert({
      ...{ id, college_id: input.collegeId, name: input.name, token_hash: sha256(token) },
      scopes: JSON.stringify([...new Set(input.scopes)].sort()),
      ...{ created_by: by.userId, created_at: now, expires_at: expiresAt },
    });
    await appendLeaf(tx, {
      kind: 'token_issued',
      object: { type: 'api_token', id },
      body: { scopes: input.scopes, expiresAt },
      collegeId: input.collegeId,
    });
    return { id, expiresAt };
  });
  return { ...made, token: repeated ? null : token };
}

export async function revokeToken(register: Register, call: Call<{ id: string }>): Promise<{ id: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'revokeToken', ...call }, async (tx) => {
    const row = await tx('api_tokens').where({ id: input.id }).first('college_id', 'revoked_at');
    if (!row) throw new Problem('not_found');
    if (row.revoked_at === null) {
      const patch = { revoked_at: register.systemClock.now(), revoked_by: by.userId };
      await tx('api_tokens').where({ id: input.id }).update(patch);
    }
    const object = { type: 'api_token', id: input.id };
    await appendLeaf(tx, { kind: 'token_revoked', object, collegeId: row.college_id });
    return { id: input.id };
  });
}

interface TokenRow {
  id: string;
  college_id: string;
  name: string;
  scopes: string;
  created_by: string;
  creator: string | null;
  created_at: string;
  expires_at: string;
  revoked_at: string | null;
  last_used_on: string | null;
}

/** Every token of the deployment, newest first; never the token itself. */
export async function listTokens({ db, systemClock }: Register): Promise<{ items: TokenView[] }> {
  const now = systemClock.now();
  const rows: TokenRow[] = await db
    .reader('api_tokens as t')
    .leftJoin('users as u', 'u.id', 't.created_by')
    .orderBy([
      { column: 't.created_at', order: 'desc' },
      { column: 't.id', order: 'desc' },
    ])
    .select('t.*')
    .select({ creator: 'u.display_name' });
  return {
    items: rows.map((row) => ({
      id: row.id,
      collegeId: row.college_id,
      name: row.name,
      scopes: JSON.parse(row.scopes) as TokenScope[],
      createdBy: { id: row.created_by, name: row.creator },
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      revokedAt: row.revoked_at,
      lastUsedOn: row.last_used_on,
      state: row.revoked_at !== null ? 'revoked' : row.expires_at <= now ? 'expired' : 'live',
    })),
  };
}

/** Which system asks, by its token; null when it is none, or no longer good. Read anew for each request. */
export async function readToken(register: Register, token: string): Promise<Principal | null> {
  if (!token.startsWith(PREFIX)) return null;
  const now = register.systemClock.now();
  const row: TokenRow | undefined = await register.db
    .reader('api_tokens')
    .where({ token_hash: sha256(token) })
    .whereNull('revoked_at')
    .where('expires_at', '>', now)
    .first();
  if (!row) return null;
  await noteUsed(register, row, legalDateOf(now));
  const machine = JSON.parse(row.scopes) as TokenScope[];
  return { ...nobody, userId: row.id, collegeId: row.college_id, role: 'machine', machine };
}

/** Once a day is enough to know which tokens lie idle. */
async function noteUsed({ db }: Register, { id, last_used_on: last }: TokenRow, today: string): Promise<void> {
  if (last !== null && last >= today) return;
  try {
    await plumbingTx(db, 'noteTokenUsed', async (tx) => {
      await tx('api_tokens').where({ id }).update({ last_used_on: today });
    });
  } catch (err) {
    if (!(err instanceof Problem)) throw err; // answering goes on while the writer is taken
  }
}
