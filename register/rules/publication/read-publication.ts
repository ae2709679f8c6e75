import { readTx } from '../../../db/read-tx.ts';
import type { Tx } from '../../../db/tx.ts';
import type { GateReport } from '../../../rules/gate-tests.ts';
import { reminderOn } from '../../../rules/publication-due.ts';
import type { PublicationView } from '../../../schemas/api/rule-publication.ts';
import { Problem } from '../../../schemas/problem.ts';
import { legalDateOf } from '../../../schemas/time.ts';
import type { Ruleset } from '../../../schemas/ruleset.ts';
import { collegeOf } from '../../accounts/in-scope.ts';
import type { Principal } from '../../accounts/principal.ts';
import { actingUnder } from '../../accounts/principal.ts';
import type { Register } from '../../register.ts';
import { testsShown } from '../drafts/check-draft.ts';
import { approvalsNeeded, editorsOf, isAmong } from '../publication.ts';
import { findRevision } from '../revision-row.ts';
import { approversOf, provedTuple } from './approve-revision.ts';
import type { Tuple } from './approve-revision.ts';
import { openFindings } from './proofs.ts';
import { loadPublication } from './publication-file.ts';
import type { Publication } from './publication-file.ts';

/** All an approver needs on one page: what was proved, for whom it changes something, who has agreed, and what they may do. */
export async function readPublication(register: Register, by: Principal, id: string): Promise<PublicationView> {
  return readTx(register.db, async (tx) => {
    const revision = await findRevision(tx, { id, college_id: collegeOf(by) });
    if (!revision) throw new Problem('not_found');
    const publication = await loadPublication(register, tx, revision);
    const named = await namesOf(tx);
    const { base, preview } = publication;
    const asked = askedAt(publication);
    const doc = JSON.parse(revision.document) as Ruleset;
    const waivers = await waiversOf(tx, id);
    const { tuple, blockers } = await standing(tx, publication);
    return {
      id,
      ruleSet: revision.rule_set,
      revision: revision.revision,
      hash: revision.hash,
      title: doc.title,
      state: publication.state,
      validFrom: revision.valid_from,
      validTo: revision.valid_to,
      retroactive: revision.valid_from < legalDateOf(asked),
      proofsAsked: publication.gate,
      base: base && { revision: base.revision, hash: base.hash },
      proofs: proofsShown(publication),
      waivers: waivers.map(({ finding, reason, waived_by, at }) => ({ finding, reason, by: named(waived_by), at })),
      openFindings: openNames(
        publication,
        waivers.map(({ finding }) => finding),
      ),
      preview: preview && {
        id: preview.id,
        hash: preview.hash,
        state: preview.state,
        fresh: preview.standing === 'holds',
        at: preview.at,
      },
      previewAsked: publication.previewAsked,
      approvals: await approvalsShown(tx, { publication, tuple, named }),
      approvalsNeeded: await approvalsNeeded(tx, revision, asked),
      editors: (await editorsOf(tx, revision)).map(named),
      submission: await submissionShown(tx, publication, named),
      events: publication.events.map(({ kind, actor_id, at, reason }) => ({ kind, by: named(actor_id), at, reason })),
      motions: await motionsShown(tx, publication, named),
      woken: await wokenShown(tx, publication),
      blockers,
      allowed: await allowed(tx, { by, publication, tuple, blockers }),
    };
  });
}

/** Once published, what was asked on that day. */
function askedAt({ events, now }: Publication): string {
  return events.find(({ kind }) => kind === 'published')?.at ?? now;
}

type Named = (id: string) => { id: string; name: string | null };

/** Users of a deployment are few: their names are read once. */
async function namesOf(tx: Tx): Promise<Named> {
  const rows: { id: string; display_name: string }[] = await tx('users').select('id', 'display_name');
  const names = new Map(rows.map((row) => [row.id, row.display_name]));
  return (id) => ({ id, name: names.get(id) ?? null });
}

interface WaiverRow {
  finding: string;
  reason: string;
  waived_by: string;
  at: string;
}

async function waiversOf(tx: Tx, revisionId: string): Promise<WaiverRow[]> {
  return tx('rule_waivers').where({ revision_id: revisionId }).orderBy('finding');
}

function proofsShown({ proof }: Publication): PublicationView['proofs'] {
  if (!proof) return null;
  const { tests, asked } = testsShown(JSON.parse(proof.tests) as GateReport);
  return {
    at: proof.at,
    differenceHash: proof.difference_hash,
    tests: tests ?? [],
    asked: asked!,
    analysis: JSON.parse(proof.analysis),
    difference: JSON.parse(proof.difference),
  };
}

function openNames({ proof }: Publication, waived: readonly string[]): string[] {
  if (!proof) return [];
  const found = openFindings({ tests: JSON.parse(proof.tests), analysis: JSON.parse(proof.analysis) });
  return found.map(({ name }) => name).filter((name) => !waived.includes(name));
}

interface Standing {
  /** What an approval given now is bound to; null where nothing is asked, or not all is there. */
  tuple: Tuple | null;
  blockers: string[];
}

async function standing(tx: Tx, publication: Publication): Promise<Standing> {
  if (publication.state !== 'frozen' || !publication.gate) return { tuple: null, blockers: [] };
  try {
    return { tuple: await provedTuple(tx, publication), blockers: [] };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { tuple: null, blockers: [error.code] };
  }
}

interface Approving {
  publication: Publication;
  tuple: Tuple | null;
  named: Named;
}

async function approvalsShown(tx: Tx, { publication, tuple, named }: Approving): Promise<PublicationView['approvals']> {
  const { revision, gate } = publication;
  const rows: { approver_id: string; at: string }[] = await tx('rule_approvals')
    .where({ revision_id: revision.id, hash: revision.hash })
    .orderBy(['at', 'id']);
  // once it is published, what they approved was what was published
  const settled = publication.events.some(({ kind }) => kind === 'published') || !gate;
  const counting = settled ? null : new Set(tuple ? await approversOf(tx, revision, tuple) : []);
  return rows.map(({ approver_id, at }) => ({
    approver: named(approver_id),
    at,
    counts: counting === null || counting.has(approver_id),
  }));
}

async function submissionShown(
  tx: Tx,
  { revision, today, state }: Publication,
  named: Named,
): Promise<PublicationView['submission']> {
  const row = await tx('rule_submissions').where({ revision_id: revision.id }).first();
  if (!row) return null;
  const count = await tx('reminders').where({ object_id: revision.id }).count({ n: '*' }).first();
  const reminded = Number(count?.n ?? 0);
  return {
    by: named(row.submitted_by),
    at: row.at,
    remindOn: reminderOn({ remindOn: row.remind_on, reminded }),
    expiresOn: row.expires_on,
    reminded,
    overdue: state === 'frozen' && row.remind_on <= today,
  };
}

async function motionsShown(tx: Tx, { events }: Publication, named: Named): Promise<PublicationView['motions']> {
  const last = events.at(-1);
  if (!last) return [];
  const rows: { kind: 'resume' | 'withdraw'; user_id: string; at: string; reason: string }[] = await tx('rule_motions')
    .where({ after_event: last.id })
    .orderBy(['at', 'id']);
  return rows.map(({ kind, user_id, at, reason }) => ({ kind, by: named(user_id), at, reason }));
}

async function wokenShown(tx: Tx, { events }: Publication): Promise<PublicationView['woken']> {
  const last = events.at(-1);
  const row = last && (await tx('rule_rollouts').where({ event_id: last.id }).first());
  return row ? { cases: Number(row.woken), dueOn: row.due_on, finished: row.finished_at !== null } : null;
}

interface Allowing extends Standing {
  by: Principal;
  publication: Publication;
}

/** The console offers only what this lists; each command checks again. */
async function allowed(tx: Tx, { by, publication, tuple, blockers }: Allowing): Promise<PublicationView['allowed']> {
  const { revision, state, now } = publication;
  const may = (permission: Parameters<typeof actingUnder>[1]): boolean => actingUnder(by, permission) !== null;
  const list: PublicationView['allowed'] = [];
  if (state === 'frozen') {
    const approvers = await approversOf(tx, revision, tuple);
    const barred = await isAmong(tx, by.userId, [...(await editorsOf(tx, revision)), ...approvers]);
    if (may('rules.approve') && !barred && blockers.length === 0) list.push('approve');
    if (may('rules.approve') || may('rules.edit')) list.push('return');
    const enough = blockers.length === 0 && approvers.length >= (await approvalsNeeded(tx, revision, now));
    if (may('rules.publish') && enough) list.push('publish');
    if (may('rules.edit') || may('rules.approve')) list.push('preview');
  }
  if (!may('rules.suspend')) return list;
  if (state === 'published') list.push('suspend', 'withdraw');
  if (state === 'suspended') list.push('resume', 'withdraw');
  return list;
}
