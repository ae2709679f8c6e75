import { createHash } from 'node:crypto';

/** Full-width letters and case do not make another person. */
export function normalLoginName(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase();
}

/** For counters and the sign-in log: people type passwords into the wrong field. */
export function accountHash(loginName: string): string {
  return sha256(`account:${loginName}`);
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
