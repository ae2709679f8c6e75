import { appendLeaf } from '../../db/audit.ts';
import type { Call } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { wakeOpenCases } from '../cases/wake.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { approvalsNeeded, findRevision, isPublished, personsBehind } from './publication.ts';

/** Approval of one frozen hash by a person who is not its author. */
export async function approveRevision(
  register: Register,
  call: Call<{ revisionId: string; hash: string }>,
): Promise<{ approvals: number; needed: number }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'approveRevision', ...call }, async (tx) => {
    const revision = await findRevision(tx, { id: input.revisionId, college_id: by.collegeId });
    if (!revision) throw new Problem('not_found');
    if (revision.hash !== input.hash) throw new Problem('rule_hash_mismatch');
    if (await isPublished(tx, revision.id)) throw new Problem('rule_already_published');
    const before: string[] = await tx('rule_approvals').where({ revision_id: revision.id }).pluck('approver_id');
    const persons = await personsBehind(tx, [revision.author_id, ...before]);
    if ((await personsBehind(tx, [revision.author_id, ...before, by.userId])).size === persons.size)
      throw new Problem('second_person_required');
    const { now } = await collegeTime(tx, register.systemClock, revision.college_id);
    const row = {
      id: register.newId('approval'),
      revision_id: revision.id,
      hash: revision.hash,
      approver_id: by.userId,
      at: now,
    };
    await tx('rule_approvals').insert({ ...row, mac: register.db.keys.rowMac('rule_approvals', row) });
    await appendLeaf(tx, {
      kind: 'rule_approved',
      object: { type: 'rule_revision', id: revision.id },
      body: { hash: revision.hash },
    });
    return { approvals: before.length + 1, needed: await approvalsNeeded(tx, revision, now) };
  });
}

/** The only way a revision comes into force: enough people approved this very hash. Open cases look again; nothing restarts. */
export async function publishRevision(
  register: Register,
  call: Call<{ revisionId: string; hash: string }>,
): Promise<{ publishedAt: string; validFrom: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'publishRevision', ...call }, async (tx) => {
    const revision = await findRevision(tx, { id: input.revisionId, college_id: by.collegeId });
    if (!revision) throw new Problem('not_found');
    if (revision.hash !== input.hash) throw new Problem('rule_hash_mismatch');
    if (await isPublished(tx, revision.id)) throw new Problem('rule_already_published');
    const { now } = await collegeTime(tx, register.systemClock, revision.college_id);
    const approvers: string[] = await tx('rule_approvals')
      .where({ revision_id: revision.id, hash: revision.hash })
      .pluck('approver_id');
    const needed = await approvalsNeeded(tx, revision, now);
    if (approvers.length < needed)
      throw new Problem('approvals_missing', [
        { pointer: '', code: 'approvals_missing', detail: { have: approvers.length, needed } },
      ]);
    await tx('rule_events').insert({
      id: register.newId('event'),
      revision_id: revision.id,
      kind: 'published',
      reason: null,
      actor_id: by.userId,
      at: now,
    });
    await appendLeaf(tx, {
      kind: 'rule_published',
      object: { type: 'rule_revision', id: revision.id },
      body: { hash: revision.hash, approvers },
    });
    await wakeOpenCases(register, tx, revision.college_id);
    return { publishedAt: now, validFrom: revision.valid_from };
  });
}

export interface BindRuleSet {
  purpose: string;
  scope: string;
  ruleSet: string;
  fromOn: string;
}

/** Says which rule set answers a purpose from a date on. */
export async function bindRuleSet(register: Register, call: Call<BindRuleSet>): Promise<{ binding: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'bindRuleSet', ...call }, async (tx) => {
    const known = await tx('rule_sets').where({ college_id: by.collegeId, id: input.ruleSet }).first('id');
    if (!known) throw new Problem('not_found');
    const id = register.newId('event');
    const row = {
      id,
      college_id: by.collegeId,
      purpose: input.purpose,
      scope: input.scope,
      rule_set: input.ruleSet,
      from_on: input.fromOn,
    };
    await tx('rule_bindings').insert(row);
    await appendLeaf(tx, {
      kind: 'rule_bound',
      object: { type: 'rule_binding', id },
      body: { purpose: input.purpose, ruleSet: input.ruleSet },
    });
    return { binding: id };
  });
}
