import type { Role } from '../../schemas/permissions.ts';
import { privilegedRoles } from '../../schemas/permissions.ts';

export interface Lifetime {
  idleSeconds: number;
  mostSeconds: number;
}

const MINUTE = 60;
const HOUR = 3600;

/** Those who issue, publish or administer are asked to sign in again sooner (reliability §11). */
export function lifetimeFor(held: readonly Role[]): Lifetime {
  const privileged = held.some((role) => (privilegedRoles as readonly Role[]).includes(role));
  return privileged
    ? { idleSeconds: 15 * MINUTE, mostSeconds: 8 * HOUR }
    : { idleSeconds: 30 * MINUTE, mostSeconds: 12 * HOUR };
}

export function secondsAfter(instant: string, seconds: number): string {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString();
}
