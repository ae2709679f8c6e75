import { enqueueNudge } from '../../db/outbox.ts';
import type { Actor, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';

/** What an activity hands a due command: the case and the key in business words that names the act. */
export interface DueCall {
  caseId: string;
  opKey: string;
}

export const systemActor: Actor = { userId: 'system', collegeId: null, role: 'system' };

/**
 * One due act of a case in one transaction: key known or no longer due, and nothing is written and nothing fails.
 * `fn` re-derives what is due and calls `noLongerDue()` when it is not.
 */
export async function dueTx(
  register: Register,
  { command, due }: { command: string; due: DueCall },
  fn: (tx: Tx) => Promise<void>,
): Promise<void> {
  try {
    await writeTx(register.db, { command, key: due.opKey, by: systemActor, input: { ...due } }, async (tx) => {
      await fn(tx);
      await enqueueNudge(tx, { workflowType: 'studentPathway', caseId: due.caseId, notBefore: later(register) });
      return {};
    });
  } catch (error) {
    if (error instanceof Problem && error.code === 'stale') return;
    throw error;
  }
}

const OWN_NUDGE_MS = 20_000;

/** The workflow that did the act has the fresh snapshot already; its own nudge may wait, so that those of one wake-up become one. */
function later({ systemClock }: Register): string {
  return new Date(Date.parse(systemClock.now()) + OWN_NUDGE_MS).toISOString();
}

/** Rolls the act back without a trace: a later wake-up may find it due again. */
export function noLongerDue(): never {
  throw new Problem('stale');
}

/** `allocate/dec_…` → `dec_…`. */
export function lastPart(opKey: string): string {
  return opKey.slice(opKey.lastIndexOf('/') + 1);
}
