import type { Tx } from '../../db/tx.ts';
import { plumbingTx } from '../../db/transaction.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';
import { secondsAfter } from './session-lifetime.ts';

/** Failures within a window that lock an account for as long as the window reaches back. */
const windows = [
  { failures: 5, seconds: 15 * 60, sinceSuccess: true },
  { failures: 100, seconds: 24 * 3600, sinceSuccess: false },
] as const;
const ADDRESS = { failures: 100, seconds: 15 * 60 };

export interface Attempt {
  account: string;
  address: string;
}

/**
 * Counts an attempt as failed before the password is looked at, so that many at once cannot slip past the counter;
 * success corrects it. Throws while account or address is locked.
 */
export async function beginAttempt({ db, newId, systemClock }: Register, attempt: Attempt): Promise<string> {
  const id = newId('event');
  const now = systemClock.now();
  const lock = await plumbingTx(db, 'beginSignIn', async (tx) => {
    const locked = (await accountLock(tx, attempt.account, now)) ?? (await addressLock(tx, attempt.address, now));
    const outcome = locked ? 'locked' : 'failed';
    await tx('sign_in_attempts').insert({
      id,
      account_hash: attempt.account,
      user_id: null,
      address: attempt.address,
      outcome,
      at: now,
    });
    return locked;
  });
  if (lock) throw new Problem(lock.code, [], { retryAfter: secondsBetween(now, lock.until) });
  return id;
}

export async function noteSuccess(tx: Tx, attemptId: string, userId: string): Promise<void> {
  await tx('sign_in_attempts').where({ id: attemptId }).update({ outcome: 'succeeded', user_id: userId });
}

interface Lock {
  code: 'account_locked' | 'too_many_requests';
  until: string;
}

async function accountLock(tx: Tx, account: string, now: string): Promise<Lock | null> {
  for (const { failures, seconds, sinceSuccess } of windows) {
    const from = secondsAfter(now, -seconds);
    const success = sinceSuccess ? await lastSuccess(tx, account) : null;
    const oldest = await nthFailure(
      tx,
      { account_hash: account },
      { nth: failures, after: success && success > from ? success : from },
    );
    if (oldest) return { code: 'account_locked', until: secondsAfter(oldest, seconds) };
  }
  return null;
}

async function addressLock(tx: Tx, address: string, now: string): Promise<Lock | null> {
  const oldest = await nthFailure(
    tx,
    { address },
    { nth: ADDRESS.failures, after: secondsAfter(now, -ADDRESS.seconds) },
  );
  return oldest ? { code: 'too_many_requests', until: secondsAfter(oldest, ADDRESS.seconds) } : null;
}

async function lastSuccess(tx: Tx, account: string): Promise<string | null> {
  const row = await tx('sign_in_attempts')
    .where({ account_hash: account, outcome: 'succeeded' })
    .orderBy('at', 'desc')
    .first('at');
  return row?.at ?? null;
}

/** The n-th failure counted back from now: when it leaves the window, one more may be tried. */
async function nthFailure(
  tx: Tx,
  where: Record<string, string>,
  { nth, after }: { nth: number; after: string },
): Promise<string | null> {
  const rows: { at: string }[] = await tx('sign_in_attempts')
    .where({ ...where, outcome: 'failed' })
    .where('at', '>', after)
    .orderBy('at', 'desc')
    .limit(nth)
    .select('at');
  return rows.length === nth ? rows[nth - 1]!.at : null;
}

function secondsBetween(from: string, to: string): number {
  return Math.max(1, Math.ceil((Date.parse(to) - Date.parse(from)) / 1000));
}
