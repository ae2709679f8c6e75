import { lastAgreement } from '../../db/agreement.ts';
import { caseCounts } from '../../db/case-watch.ts';
import { outboxHealth } from '../../db/outbox.ts';
import { openTroubles } from '../../db/trouble.ts';
import type { SystemHealth } from '../../schemas/api/health.ts';
import type { Register } from '../register.ts';

/** How the system does, read where it is kept: the register, what the worker last found, and the signer itself. */
export async function readHealth(register: Register): Promise<SystemHealth> {
  const { db, systemClock } = register;
  const processes: SystemHealth['processes'] = await db.reader('heartbeats').orderBy('process').select('process', 'at');
  const troubles = await openTroubles(db.reader);
  const { unsent, oldestAt } = await outboxHealth(db);
  const { open, unseen } = await caseCounts(db);
  return {
    at: systemClock.now(),
    database: { dialect: db.dialect, ok: true },
    processes,
    agreement: await lastAgreement(db.reader),
    outbox: { unsent: Number(unsent), oldestAt },
    cases: { open: Number(open), unseen: Number(unseen) },
    troubles: troubles.map((one) => ({ ...one, attempts: Number(one.attempts) })),
    signer: await signerHealth(register),
    disagreements: troubles.filter(({ code }) => code === 'evaluators_disagree' || code === 'engines_disagree').length,
    backups: 'not_built',
  };
}

async function signerHealth({ signer }: Register): Promise<SystemHealth['signer']> {
  try {
    const { kid, entries, alarms, sharedUser } = await signer.health();
    return { state: 'up', kid, entries, alarms, sharedUser };
  } catch {
    return { state: 'down' };
  }
}
