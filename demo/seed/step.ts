import type { Actor } from '../../db/tx.ts';

/** Gives a command of the seed its idempotency key and author: a seed that was cut short goes on where it stopped. */
export type Step = (name: string) => { key: string; by: Actor };

/** Rules of the library are copied in by `library`, the rest is set up by `seed`; neither can sign in. */
export function stepsOf(userId: 'library' | 'seed', collegeId: string | null): Step {
  return (name) => ({ key: `seed/${name}`, by: { userId, collegeId, role: 'system' } });
}

export function stepsAs(userId: string, collegeId: string, role: string): Step {
  return (name) => ({ key: `seed/${name}`, by: { userId, collegeId, role } });
}
