import { setTimeout as pause } from 'node:timers/promises';
import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import { collegeTime } from '../../register/college/clock.ts';
import type { Register } from '../../register/register.ts';

const LOOK_EVERY_MS = 150;

export interface Quiet {
  register: Register;
  collegeId: string;
  patienceMs: number;
  /** Every open case must have been looked at since this instant. */
  since?: string;
}

/** Waits until the conductor has nothing left to do: a person would see every page come to rest. Patience is lost only while nothing moves. */
export async function untilQuiet(watched: Quiet): Promise<void> {
  let last = '';
  let until = 0;
  for (;;) {
    const left = await pendingWork(watched);
    if (Object.values(left).every((count) => count === 0)) return;
    const seen = JSON.stringify(left);
    if (seen !== last) until = performance.now() + watched.patienceMs;
    if (performance.now() > until) throw new Error(`the conductor did not come to rest: ${seen}`);
    last = seen;
    await pause(LOOK_EVERY_MS);
  }
}

/** What the register shows to be under way, counted by kind. Read beside the running system; nothing is written. */
export async function pendingWork({ register, collegeId, since = '' }: Quiet): Promise<Record<string, number>> {
  return readTx(register.db, async (tx) => {
    const { now } = await collegeTime(tx, register.systemClock, collegeId);
    const { at: movedAt = '' } = (await tx('clock_moves').max({ at: 'at' }).first()) ?? {};
    const lookedFrom = since > movedAt ? since : movedAt;
    return {
      // an act's own nudge may wait; what it is about was read by the act's own snapshot, or shows as unseen
      unsentNudges: await countOf(
        tx('outbox').whereNull('sent_at').where('not_before', '<=', register.systemClock.now()),
      ),
      unseenCases: await countOf(tx('case_watch').whereNull('ended_at').whereRaw('event_seq > seen_seq')),
      casesNotLookedAt: await countOf(notSeenSince(tx, lookedFrom)),
      operations: await countOf(tx('operations').whereNull('finished_at').whereNull('cancelled_at')),
      undecidedPoints: await countOf(openPoints(tx)),
      grantsWithoutNotice: await countOf(grantsWithoutNotice(tx)),
      noticesToClose: await countOf(tx('public_notices').whereNull('closed_at').where('closes_at', '<=', now)),
      signOffsWithoutNumber: await countOf(signOffsWithoutNumber(tx)),
      certificatesInMaking: await countOf(tx('certificates').whereIn('state', ['allocated', 'signed'])),
      certificatesNotDrawn: await countOf(notDrawn(tx)),
    };
  });
}

type Rows = ReturnType<Tx>;

async function countOf(rows: Rows): Promise<number> {
  const found = await rows.count({ count: '*' }).first();
  return Number(found?.count ?? 0);
}

/** A move of the clock counts no event: only the time of the last look tells. */
function notSeenSince(tx: Tx, instant: string): Rows {
  return tx('case_watch')
    .where({ workflow_type: 'studentPathway' })
    .whereNull('ended_at')
    .where((either) => void either.whereNull('seen_at').orWhere('seen_at', '<', instant));
}

function openPoints(tx: Tx): Rows {
  return tx('decision_points')
    .join('pathways', 'pathways.id', 'decision_points.pathway_id')
    .join('enrolments', 'enrolments.id', 'pathways.enrolment_id')
    .whereNull('dealt_at')
    .whereNull('pathways.closed_at')
    .whereIn('enrolments.status', ['enrolled', 'graduated'])
    .whereNotExists(tx('certificates').whereRaw('certificates.pathway_id = pathways.id'));
}

function grantsWithoutNotice(tx: Tx): Rows {
  return tx('decisions')
    .join('enrolments', 'enrolments.id', 'decisions.case_id')
    .whereIn('purpose', ['skill_conclusion', 'diploma_conclusion'])
    .where({ outcome_type: 'grant', 'enrolments.status': 'enrolled' })
    .whereNotExists(tx('public_notices').whereRaw('public_notices.decision_id = decisions.id'))
    .whereNotExists(tx({ later: 'decisions' }).whereRaw('later.supersedes = decisions.id'));
}

function signOffsWithoutNumber(tx: Tx): Rows {
  return tx('sign_offs')
    .where({ answer: 'approved' })
    .whereNotExists(tx('certificates').whereRaw('certificates.decision_id = sign_offs.decision_id'));
}

function notDrawn(tx: Tx): Rows {
  return tx('certificates')
    .where({ state: 'issued' })
    .whereNotExists(tx('certificate_events').whereRaw("certificate_id = certificates.id and kind = 'rendered'"));
}
