import { appendLeaf } from '../../db/audit.ts';
import type { Call } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';
import { passwordFaults } from './password-rules.ts';
import { beginAttempt, noteSuccess } from './attempts.ts';
import { accountHash } from './login-name.ts';
import { endSessions } from './sessions.ts';

interface Known {
  login_name: string;
  password_hash: string;
}

/** One's own password. Every session ends, the one at hand too. Wrong guesses count like failed sign-ins. */
export async function changePassword(
  register: Register,
  call: Call<{ current: string; password: string }>,
  address: string,
): Promise<{ changed: true }> {
  const { by, input } = call;
  const known = await register.db
    .reader('users as u')
    .join('credentials as c', 'c.user_id', 'u.id')
    .where({ 'u.id': by.userId })
    .first<Known | undefined>('u.login_name', 'c.password_hash');
  if (!known) throw new Problem('not_signed_in');
  const faults = passwordFaults(input.password, { pointer: '/password', loginName: known.login_name });
  if (faults.length > 0) throw new Problem('bad_input', faults);
  const attempt = await beginAttempt(register, { account: accountHash(known.login_name), address });
  if (!(await register.passwords.verify(known.password_hash, input.current))) throw new Problem('password_wrong');
  return replace(register, { call, userId: by.userId, password: input.password, mustChange: false, attempt });
}

/** A new initial password for someone who forgot theirs; roles and history stay. */
export async function resetPassword(
  register: Register,
  call: Call<{ id: string; password: string }>,
): Promise<{ changed: true }> {
  const { id, password } = call.input;
  const user = await register.db.reader('users').where({ id }).first<{ login_name: string } | undefined>('login_name');
  if (!user) throw new Problem('not_found');
  const faults = passwordFaults(password, { pointer: '/password', loginName: user.login_name });
  if (faults.length > 0) throw new Problem('bad_input', faults);
  return replace(register, { call, userId: id, password, mustChange: true, attempt: null });
}

interface Replacing {
  call: Call<unknown>;
  userId: string;
  password: string;
  mustChange: boolean;
  attempt: string | null;
}

async function replace(
  register: Register,
  { call, userId, password, mustChange, attempt }: Replacing,
): Promise<{ changed: true }> {
  const hash = await register.passwords.hash(password);
  const at = register.systemClock.now();
  const command = mustChange ? 'resetPassword' : 'changePassword';
  return writeTx(register.db, { command, ...call, input: { userId } }, async (tx) => {
    await tx('credentials')
      .where({ user_id: userId })
      .update({ password_hash: hash, must_change: mustChange ? 1 : 0, changed_at: at });
    await endSessions(tx, { user_id: userId }, { at, because: 'password_changed' });
    if (attempt !== null) await noteSuccess(tx, attempt, userId);
    await appendLeaf(tx, {
      kind: mustChange ? 'password_reset' : 'password_changed',
      object: { type: 'user', id: userId },
    });
    return { changed: true };
  });
}
