import { appendLeaf } from '../../../db/audit.ts';
import { noteSeen } from '../../../db/case-watch.ts';
import { readTx } from '../../../db/read-tx.ts';
import type { Tx } from '../../../db/tx.ts';
import { writeTx } from '../../../db/write-tx.ts';
import { publicationDue, reminderOn } from '../../../rules/publication-due.ts';
import type { PublicationDue } from '../../../rules/publication-due.ts';
import { Problem } from '../../../schemas/problem.ts';
import { noLongerDue, systemActor } from '../../cases/due-call.ts';
import type { DueCall } from '../../cases/due-call.ts';
import { eventSeqOf } from '../../cases/event-seq.ts';
import type { Register } from '../../register.ts';
import { loadedByHash } from '../loaded.ts';
import type { RevisionRow } from '../revision-row.ts';
import { insertProof, proveDocument } from './proofs.ts';
import { loadPublication, publicationFile } from './publication-file.ts';
import { takeBack } from './return-revision.ts';

export interface LoadedPublication {
  seq: number;
  term: string;
  now: string;
  due: PublicationDue[];
  nextDeadline: string | null;
  ended: boolean;
}

const WATCH = 'rulePublication';

/** Where a publication stands and what is due, for the conductor. An unknown one has ended. */
export async function loadRulePublication(register: Register, revisionId: string): Promise<LoadedPublication> {
  const seen = await readTx(register.db, async (tx) => {
    const revision = await revisionById(tx, revisionId);
    if (!revision) return undefined;
    const publication = await loadPublication(register, tx, revision);
    const seq = await eventSeqOf(tx, revisionId, WATCH);
    return { seq, now: publication.now, ...publicationDue(await publicationFile(tx, publication)) };
  });
  const name = { workflowType: WATCH, caseId: revisionId };
  if (!seen) {
    const seq = await eventSeqOf(register.db.reader, revisionId, WATCH);
    await noteSeen(register.db, { ...name, seq, nextDueAt: null, ended: true });
    return { seq, term: '', now: register.systemClock.now(), due: [], nextDeadline: null, ended: true };
  }
  const { seq, nextDeadline, ended } = seen;
  await noteSeen(register.db, { ...name, seq, nextDueAt: nextDeadline, ended });
  return { ...seen, term: '' };
}

async function revisionById(tx: Tx, id: string): Promise<RevisionRow | undefined> {
  const row: RevisionRow | undefined = await tx('rule_revisions').where({ id }).first();
  return row && { ...row, revision: Number(row.revision) };
}

/** Tests, analysis and difference against what is in force now. Key: `checks/{revision}/{base hash}`. */
export async function runChecks(register: Register, due: DueCall): Promise<void> {
  const seen = await readTx(register.db, (tx) => frozen(register, tx, due).catch(ifStale));
  if (!seen) return;
  const { revision, base } = seen;
  const proof = await proveDocument(register, {
    loaded: loadedByHash(revision.hash, revision.document),
    base,
    collegeId: revision.college_id,
  });
  await publicationTx(register, { command: 'runChecks', due }, async (tx) => {
    const now = await frozen(register, tx, due);
    if ((now.base?.hash ?? null) !== proof.baseHash || now.proof) noLongerDue();
    await insertProof(register, tx, { revisionId: revision.id, proof });
    await appendLeaf(tx, {
      kind: 'rule_proved',
      object: { type: 'rule_revision', id: revision.id },
      body: { hash: revision.hash, difference: proof.differenceHash },
      collegeId: revision.college_id,
    });
  });
}

/** Reminds whoever may approve; shown where their work waits. Key: `remind/{revision}/{day}/{n}`. */
export async function remindApprovers(register: Register, due: DueCall): Promise<void> {
  await publicationTx(register, { command: 'remindApprovers', due }, async (tx) => {
    const publication = await frozen(register, tx, due);
    const { submission } = await publicationFile(tx, publication);
    if (!submission || reminderOn(submission) > publication.today) noLongerDue();
    const ordinal = submission.reminded + 1;
    const { revision } = publication;
    await tx('reminders').insert({
      id: register.newId('event'),
      case_id: revision.id,
      step: 'rule_approval',
      due_on: reminderOn(submission),
      ordinal,
      role: 'rule_approver',
      person_id: null,
      object_id: revision.id,
      at: register.systemClock.now(),
    });
    await appendLeaf(tx, {
      kind: 'reminder_sent',
      object: { type: 'rule_revision', id: revision.id },
      body: { ordinal },
      collegeId: revision.college_id,
    });
  });
}

/** What nobody approved in time goes back to its editors as a draft. Key: `expire/{revision}`. */
export async function expireSubmission(register: Register, due: DueCall): Promise<void> {
  await publicationTx(register, { command: 'expireSubmission', due }, async (tx) => {
    const publication = await frozen(register, tx, due);
    const { submission } = await publicationFile(tx, publication);
    if (!submission || submission.expiresOn > publication.today) noLongerDue();
    await takeBack(register, tx, { revision: publication.revision, by: systemActor, reason: 'approval_overdue' });
  });
}

async function frozen(register: Register, tx: Tx, { caseId }: DueCall) {
  const revision = await revisionById(tx, caseId);
  if (!revision) noLongerDue();
  const publication = await loadPublication(register, tx, revision);
  if (publication.state !== 'frozen') noLongerDue();
  return publication;
}

interface Act {
  command: string;
  due: DueCall;
}

/** One due act of a publication: known or no longer due, and nothing is written and nothing fails. */
async function publicationTx(register: Register, { command, due }: Act, fn: (tx: Tx) => Promise<void>): Promise<void> {
  try {
    await writeTx(register.db, { command, key: due.opKey, by: systemActor, input: { ...due } }, async (tx) => {
      await fn(tx);
      return {};
    });
  } catch (error) {
    ifStale(error);
  }
}

function ifStale(error: unknown): undefined {
  if (error instanceof Problem && error.code === 'stale') return undefined;
  throw error;
}
