import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Problem } from '../schemas/problem.ts';
import type { LimitName } from './route.ts';

export interface Limit {
  consume(key: string): Promise<unknown>;
}
export type Limits = Record<LimitName, Limit>;

/** Kept in memory: enough for one process. A cluster hands in limits that share a store. */
export function memoryLimits(): Limits {
  // by address, and a whole campus may come through one
  const limit = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  return { sign_in: limit(300), verification: limit(30), search: limit(240), export: limit(120), machine: limit(600) };
}

/** Throws when this key has asked too often. */
export async function spend(limit: Limit, key: string): Promise<void> {
  try {
    await limit.consume(key);
  } catch (err) {
    if (err instanceof Error) throw err;
    throw new Problem('too_many_requests', [], { retryAfter: secondsLeft(err) });
  }
}

function secondsLeft(refusal: unknown): number {
  const millis =
    typeof refusal === 'object' && refusal !== null && 'msBeforeNext' in refusal
      ? Number(refusal.msBeforeNext)
      : 60_000;
  return Math.max(1, Math.ceil(millis / 1000));
}
