import { lastAgreement } from '../../db/agreement.ts';
import { caseCounts } from '../../db/case-watch.ts';
import { LATE_AFTER_MS } from '../../db/heartbeat.ts';
import { outboxHealth } from '../../db/outbox.ts';
import { openTroubles } from '../../db/trouble.ts';
import type { SystemHealth } from '../../schemas/api/health.ts';
import type { Register } from '../register.ts';

/** How the system does, read where it is kept: the register, what the worker last found, and the signer itself. */
export async function readHealth(register: Register): Promise<SystemHealth> {
  const { db, systemClock } = register;
  const troubles = await openTroubles(db.reader);
  const { unsent, oldestAt } = await outboxHealth(db);
  const { open, unseen } = await caseCounts(db);
  const at = systemClock.now();
  return {
    at,
    database: { dialect: db.dialect, ok: true },
    processes: await processesAt(register, at),
    agreement: await lastAgreement(db.reader),
    outbox: { unsent: Number(unsent), oldestAt },
    cases: { open: Number(open), unseen: Number(unseen) },
    troubles: troubles.map((one) => ({ ...one, attempts: Number(one.attempts) })),
    signer: await signerHealth(register),
    disagreements: troubles.filter(({ code }) => code === 'evaluators_disagree' || code === 'engines_disagree').length,
    backups: 'not_built',
  };
}

const staying = ['api', 'worker'] as const;

async function processesAt({ db }: Register, now: string): Promise<SystemHealth['processes']> {
  const rows: { process: string; at: string }[] = await db.reader('heartbeats').select('process', 'at');
  const seen = new Map(rows.map(({ process, at }) => [process, at]));
  return staying.map((process) => {
    const at = seen.get(process) ?? null;
    const age = at === null ? null : Math.max(0, Date.parse(now) - Date.parse(at));
    const ageSeconds = age === null ? null : Math.floor(age / 1000);
    return { process, at, ageSeconds, late: age === null || age > LATE_AFTER_MS };
  });
}

async function signerHealth({ signer }: Register): Promise<SystemHealth['signer']> {
  try {
    const { kid, entries, alarms, sharedUser } = await signer.health();
    return { state: 'up', kid, entries, alarms, sharedUser };
  } catch {
    return { state: 'down' };
  }
}
