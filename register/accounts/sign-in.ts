import { plumbingTx } from '../../db/transaction.ts';
import { Problem } from '../../schemas/problem.ts';
import { legalDateOf } from '../../schemas/time.ts';
import type { PasswordHasher, Register } from '../register.ts';
import type { AssignmentRow } from './assignments.ts';
import { inCollege, liveAssignments } from './assignments.ts';
import { beginAttempt, noteSuccess } from './attempts.ts';
import { accountHash, normalLoginName, sha256 } from './login-name.ts';
import { lifetimeFor, secondsAfter } from './session-lifetime.ts';

export interface SignIn {
  loginName: string;
  password: string;
  /** Where to work, for those who may in several colleges. */
  collegeId?: string | undefined;
  address: string;
}

export interface SignedIn {
  /** Goes into the cookie and nowhere else; the register keeps its hash. */
  token: string;
  sessionId: string;
  secondsToLive: number;
}

interface Account {
  id: string;
  active: number;
  password_hash: string;
}

/** A new session for whoever knows the password. Unknown, disabled and wrong look alike, and take as long. */
export async function signIn(
  register: Register,
  { loginName, password, collegeId, address }: SignIn,
): Promise<SignedIn> {
  const name = normalLoginName(loginName);
  const attempt = await beginAttempt(register, { account: accountHash(name), address });
  const account = await findAccount(register, name);
  const right = await register.passwords.verify(account?.password_hash ?? (await decoy(register.passwords)), password);
  if (!account || !right || !account.active) throw new Problem('sign_in_failed');
  return open(register, { attempt, userId: account.id, collegeId });
}

async function findAccount({ db }: Register, name: string): Promise<Account | undefined> {
  return await db
    .reader('users as u')
    .join('credentials as c', 'c.user_id', 'u.id')
    .where({ login_name: name })
    .first<Account | undefined>('u.id', 'u.active', 'c.password_hash');
}

const decoys = new WeakMap<PasswordHasher, Promise<string>>();

/** Checked against when there is no such account, so that the time taken does not tell. */
async function decoy(passwords: PasswordHasher): Promise<string> {
  const made = decoys.get(passwords) ?? passwords.hash('no account has this password');
  decoys.set(passwords, made);
  return made;
}

interface Opening {
  attempt: string;
  userId: string;
  collegeId: string | undefined;
}

async function open(register: Register, { attempt, userId, collegeId }: Opening): Promise<SignedIn> {
  const { db, newId, systemClock, randomBytes } = register;
  const now = systemClock.now();
  const token = Buffer.from(randomBytes(32)).toString('base64url');
  const sessionId = newId('session');
  const held = await liveAssignments(db.reader, userId, legalDateOf(now));
  const college = await collegeFor(register, held, collegeId);
  const { idleSeconds, mostSeconds } = lifetimeFor(inCollege(held, college).map(({ role }) => role));
  await plumbingTx(db, 'signIn', async (tx) => {
    await noteSuccess(tx, attempt, userId);
    await tx('user_sessions').insert({
      id: sessionId,
      token_hash: sha256(token),
      user_id: userId,
      college_id: college,
      idle_seconds: idleSeconds,
      created_at: now,
      last_seen_at: now,
      expires_at: secondsAfter(now, mostSeconds),
      ended_at: null,
      ended_because: null,
    });
  });
  return { token, sessionId, secondsToLive: mostSeconds };
}

/** The college asked for, if any role reaches there; else the first of one's own. */
async function collegeFor(
  { db }: Register,
  held: readonly AssignmentRow[],
  wanted: string | undefined,
): Promise<string | null> {
  const own = held.flatMap(({ college_id }) => (college_id === null ? [] : [college_id]));
  const everywhere = held.some(({ college_id }) => college_id === null);
  const colleges = await db
    .reader('colleges')
    .modify((query) => void (everywhere ? query : query.whereIn('id', own)))
    .orderBy('code')
    .pluck<string[]>('id');
  if (wanted === undefined) return colleges[0] ?? null;
  if (!colleges.includes(wanted)) throw new Problem('not_permitted');
  return wanted;
}
