import type { Tx } from '../../../db/tx.ts';
import type { PublicationFile } from '../../../rules/publication-due.ts';
import { collegeTime } from '../../college/clock.ts';
import type { Register } from '../../register.ts';
import { eventsOf, inForce } from '../revision-row.ts';
import type { RevisionRow, RuleEventKind, RuleEventRow } from '../revision-row.ts';
import { gateAsked, previewAsked, previewOfRevision } from './gate.ts';
import type { PreviewProof } from './gate.ts';
import { lastProofOf, proofOf } from './proofs.ts';
import type { StoredProof } from './proofs.ts';

/** A revision in its publication, read in one snapshot: what is asked of it, and what is there. */
export interface Publication {
  revision: RevisionRow;
  events: RuleEventRow[];
  now: string;
  today: string;
  state: PublicationFile['state'];
  gate: boolean;
  /** What it is compared with; once published, what it was compared with. */
  base: RevisionRow | null;
  proof: StoredProof | null;
  previewAsked: boolean;
  preview: PreviewProof | null;
}

export async function loadPublication(register: Register, tx: Tx, revision: RevisionRow): Promise<Publication> {
  const { now, today } = await collegeTime(tx, register.systemClock, revision.college_id);
  const { college_id: collegeId, rule_set: ruleSet } = revision;
  const events = await eventsOf(tx, [revision.id]);
  const state = stateAfter(events);
  const frozen = state === 'frozen';
  const current = frozen ? await inForce(tx, { collegeId, ruleSet, today }) : undefined;
  const proof = frozen
    ? await proofOf(tx, { revisionId: revision.id, base: current?.hash ?? null })
    : await lastProofOf(tx, revision.id);
  const base = frozen ? current : await byHash(tx, collegeId, proof?.base_hash ?? null);
  return {
    revision,
    events,
    now,
    today,
    state,
    gate: await gateAsked(tx, collegeId),
    base: base ?? null,
    proof: proof ?? null,
    previewAsked: await previewAsked(tx, revision),
    preview: await previewOfRevision(tx, { revision, now }),
  };
}

async function byHash(tx: Tx, collegeId: string, hash: string | null): Promise<RevisionRow | undefined> {
  const row: RevisionRow | undefined = await tx('rule_revisions').where({ college_id: collegeId, hash }).first();
  return row && { ...row, revision: Number(row.revision) };
}

export function stateAfter(events: readonly { kind: RuleEventKind }[]): PublicationFile['state'] {
  if (events.some(({ kind }) => kind === 'withdrawn')) return 'withdrawn';
  const last = events.at(-1)?.kind;
  if (last === undefined) return 'frozen';
  return last === 'suspended' ? 'suspended' : 'published';
}

/** As the conductor sees it. */
export async function publicationFile(
  tx: Tx,
  { revision, now, state, gate, base, proof, previewAsked: asked, preview }: Publication,
): Promise<PublicationFile> {
  const submission = await tx('rule_submissions').where({ revision_id: revision.id }).first('remind_on', 'expires_on');
  const reminded = await tx('reminders').where({ object_id: revision.id }).count({ n: '*' }).first();
  const rollouts: { event_id: string; due_on: string; after_case: string }[] = await tx('rule_rollouts')
    .where({ revision_id: revision.id })
    .whereNull('finished_at')
    .orderBy('event_id')
    .select('event_id', 'due_on', 'after_case');
  const moved = preview === null || (preview.state === 'done' && preview.standing === 'base_moved');
  return {
    revisionId: revision.id,
    now,
    state,
    base: base?.hash ?? 'none',
    gate,
    proved: proof !== null,
    preview: !asked ? 'not_asked' : moved ? 'none' : preview.state,
    previewsMade: preview?.made ?? 0,
    submission: submission
      ? { remindOn: submission.remind_on, expiresOn: submission.expires_on, reminded: Number(reminded?.n ?? 0) }
      : null,
    rollouts: rollouts.map((one) => ({ eventId: one.event_id, dueOn: one.due_on, afterCase: one.after_case })),
  };
}
