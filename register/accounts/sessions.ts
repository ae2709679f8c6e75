import { appendLeaf } from '../../db/audit.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { plumbingTx } from '../../db/transaction.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { Role, ScopeKind } from '../../schemas/permissions.ts';
import { Problem } from '../../schemas/problem.ts';
import { legalDateOf } from '../../schemas/time.ts';
import type { Register } from '../register.ts';
import { sha256 } from './login-name.ts';
import type { Assignment, Principal } from './principal.ts';
import { secondsAfter } from './session-lifetime.ts';

interface SessionRow {
  id: string;
  user_id: string;
  college_id: string | null;
  idle_seconds: number;
  last_seen_at: string;
  person_id: string | null;
  must_change: number;
  role: Role | null;
  scope_kind: ScopeKind;
  scope_id: string | null;
}

/** Who holds this token, with the roles they have at this moment; null when the session is over. */
export async function readSession(register: Register, token: string): Promise<Principal | null> {
  const now = register.systemClock.now();
  const rows = await findLive(register, token, now);
  const row = rows[0];
  if (!row || secondsAfter(row.last_seen_at, Number(row.idle_seconds)) <= now) return null;
  await noteSeen(register, row, now);
  return {
    userId: row.user_id,
    collegeId: row.college_id,
    role: 'user',
    personId: row.person_id,
    sessionId: row.id,
    assignments: rows.flatMap(assignmentIn),
    scopes: [],
    mustChangePassword: Boolean(row.must_change),
  };
}

function assignmentIn({ role, scope_kind, scope_id }: SessionRow): Assignment[] {
  return role === null ? [] : [{ role, scope: { kind: scope_kind, id: scope_id } }];
}

/** One row a role, or one without: every request asks this, so it is one statement. */
async function findLive({ db }: Register, token: string, now: string): Promise<SessionRow[]> {
  const today = legalDateOf(now);
  return await db
    .reader('user_sessions as s')
    .join('users as u', 'u.id', 's.user_id')
    .join('credentials as c', 'c.user_id', 's.user_id')
    .leftJoin('role_assignments as r', (on) => {
      void on
        .on('r.user_id', 's.user_id')
        .onNull('r.revoked_at')
        .onVal('r.from_on', '<=', today)
        .on((period) => void period.onNull('r.to_on').orOnVal('r.to_on', '>=', today))
        .on((place) => void place.onNull('r.college_id').orOn('r.college_id', 's.college_id'));
    })
    .where({ 's.token_hash': sha256(token), 's.ended_at': null, 'u.active': 1 })
    .where('s.expires_at', '>', now)
    .orderBy('r.id')
    .select('s.id', 's.user_id', 's.college_id', 's.idle_seconds', 's.last_seen_at')
    .select('u.person_id', 'c.must_change', 'r.role', 'r.scope_kind', 'r.scope_id');
}

const SEEN_STEP_SECONDS = 60;

/** Once a minute is enough to know who has gone idle. */
async function noteSeen(register: Register, row: Pick<SessionRow, 'id' | 'last_seen_at'>, now: string): Promise<void> {
  if (secondsAfter(row.last_seen_at, SEEN_STEP_SECONDS) > now) return;
  try {
    await plumbingTx(register.db, 'noteSessionSeen', async (tx) => {
      await tx('user_sessions').where({ id: row.id }).where('last_seen_at', '<', now).update({ last_seen_at: now });
    });
  } catch (err) {
    // reading goes on while the disk is full or the writer is taken
    if (!(err instanceof Problem)) throw err;
  }
}

export type EndReason = 'signed_out' | 'revoked' | 'password_changed' | 'disabled';

export async function endSessions(
  tx: Tx,
  where: Record<string, string>,
  { at, because }: { at: string; because: EndReason },
): Promise<number> {
  return await tx('user_sessions')
    .where({ ...where, ended_at: null })
    .update({ ended_at: at, ended_because: because });
}

/** Ends the session at hand; ending it twice is ending it. */
export async function signOut({ db, systemClock }: Register, sessionId: string): Promise<void> {
  await plumbingTx(db, 'signOut', async (tx) => {
    await endSessions(tx, { id: sessionId }, { at: systemClock.now(), because: 'signed_out' });
  });
}

/** 强制下线: ends every session of a user. */
export async function revokeSessions(
  { db, systemClock }: Register,
  call: Call<{ id: string }>,
): Promise<{ ended: number }> {
  return writeTx(db, { command: 'revokeSessions', ...call }, async (tx) => {
    const { id } = call.input;
    if (!(await tx('users').where({ id }).first('id'))) throw new Problem('not_found');
    const ended = await endSessions(tx, { user_id: id }, { at: systemClock.now(), because: 'revoked' });
    await appendLeaf(tx, { kind: 'sessions_revoked', object: { type: 'user', id }, body: { ended } });
    return { ended };
  });
}
