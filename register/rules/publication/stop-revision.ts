import { appendLeaf } from '../../../db/audit.ts';
import type { Call, Tx } from '../../../db/tx.ts';
import { writeTx } from '../../../db/write-tx.ts';
import { Problem } from '../../../schemas/problem.ts';
import { collegeTime } from '../../college/clock.ts';
import type { Register } from '../../register.ts';
import { isAmong } from '../publication.ts';
import { eventsOf, findRevision } from '../revision-row.ts';
import type { RevisionRow, RuleEventKind } from '../revision-row.ts';
import { stateAfter } from './publication-file.ts';
import { noteRuleEvent } from './rule-events.ts';

export interface StopRevision {
  revisionId: string;
  reason: string;
}

/** What came of it: done, or waiting for a second person. */
export interface Stopped {
  state: 'published' | 'suspended' | 'withdrawn';
  waitingForSecond: boolean;
}

interface Standing {
  revision: RevisionRow;
  state: 'published' | 'suspended';
  lastEvent: string;
}

/** 暂停: one person, a reason, at once. Every case it would answer goes to a person until two lift it. */
export async function suspendRevision(register: Register, call: Call<StopRevision>): Promise<Stopped> {
  return writeTx(register.db, { command: 'suspendRevision', ...call }, async (tx) => {
    const { revision, state } = await standing(tx, call);
    if (state === 'suspended') throw new Problem('rule_suspended');
    await happen(register, tx, { revision, kind: 'suspended', call });
    return { state: 'suspended', waitingForSecond: false };
  });
}

/** 恢复: the second person who wants it makes it so. */
export async function resumeRevision(register: Register, call: Call<StopRevision>): Promise<Stopped> {
  return writeTx(register.db, { command: 'resumeRevision', ...call }, async (tx) => {
    const { revision, state, lastEvent } = await standing(tx, call);
    if (state !== 'suspended') throw new Problem('rule_not_suspended');
    if (!(await seconded(register, tx, { revision, kind: 'resume', lastEvent, call })))
      return { state: 'suspended', waitingForSecond: true };
    await happen(register, tx, { revision, kind: 'resumed', call });
    return { state: 'published', waitingForSecond: false };
  });
}

/** 撤销: from now on it answers nothing; what was before it answers again. It takes two, and what was decided stays. */
export async function withdrawRevision(register: Register, call: Call<StopRevision>): Promise<Stopped> {
  return writeTx(register.db, { command: 'withdrawRevision', ...call }, async (tx) => {
    const { revision, state, lastEvent } = await standing(tx, call);
    if (!(await seconded(register, tx, { revision, kind: 'withdraw', lastEvent, call })))
      return { state, waitingForSecond: true };
    await happen(register, tx, { revision, kind: 'withdrawn', call });
    return { state: 'withdrawn', waitingForSecond: false };
  });
}

async function standing(tx: Tx, { by, input }: Call<StopRevision>): Promise<Standing> {
  const revision = await findRevision(tx, { id: input.revisionId, college_id: by.collegeId });
  if (!revision) throw new Problem('not_found');
  const events = await eventsOf(tx, [revision.id]);
  const state = stateAfter(events);
  if (state === 'frozen' || state === 'withdrawn') throw new Problem('rule_not_published');
  return { revision, state, lastEvent: events.at(-1)!.id };
}

const leaves = {
  suspended: 'rule_suspended',
  resumed: 'rule_resumed',
  withdrawn: 'rule_withdrawn',
  published: 'rule_published',
} as const satisfies Record<RuleEventKind, string>;

interface Happening {
  revision: RevisionRow;
  kind: RuleEventKind;
  call: Call<StopRevision>;
}

async function happen(register: Register, tx: Tx, { revision, kind, call }: Happening): Promise<void> {
  const { by, input } = call;
  await noteRuleEvent(register, tx, { revision, kind, by: by.userId, reason: input.reason });
  await appendLeaf(tx, {
    kind: leaves[kind],
    object: { type: 'rule_revision', id: revision.id },
    reason: input.reason,
    body: { hash: revision.hash },
  });
}

interface Motion {
  revision: RevisionRow;
  kind: 'resume' | 'withdraw';
  lastEvent: string;
  call: Call<StopRevision>;
}

/** True once another person has asked for the same since the last event; else this one is noted. */
async function seconded(register: Register, tx: Tx, { revision, kind, lastEvent, call }: Motion): Promise<boolean> {
  const { by, input } = call;
  const asked: string[] = await tx('rule_motions').where({ after_event: lastEvent, kind }).pluck('user_id');
  if (asked.length > 0 && (await isAmong(tx, by.userId, asked))) throw new Problem('second_person_required');
  const { now: at } = await collegeTime(tx, register.systemClock, revision.college_id);
  const id = register.newId('motion');
  const row = { id, revision_id: revision.id, kind, after_event: lastEvent, user_id: by.userId };
  await tx('rule_motions').insert({ ...row, reason: input.reason, at });
  await appendLeaf(tx, {
    kind: `rule_${kind}_asked`,
    object: { type: 'rule_revision', id: revision.id },
    reason: input.reason,
  });
  return asked.length > 0;
}
