import { appendLeaf } from '../../../db/audit.ts';
import type { Call } from '../../../db/tx.ts';
import { writeTx } from '../../../db/write-tx.ts';
import { Problem } from '../../../schemas/problem.ts';
import type { Ruleset } from '../../../schemas/ruleset.ts';
import type { Register } from '../../register.ts';
import { approvalsNeeded } from '../publication.ts';
import { approversOf, frozenRevision, provedTuple } from './approve-revision.ts';
import { loadPublication } from './publication-file.ts';
import { refuseUndeclared } from './retroactive.ts';
import { noteRuleEvent } from './rule-events.ts';

/** The only way a revision comes into force: enough people approved this very hash with its proofs. Open cases look again; nothing restarts. */
export async function publishRevision(
  register: Register,
  call: Call<{ revisionId: string; hash: string }>,
): Promise<{ publishedAt: string; validFrom: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'publishRevision', ...call }, async (tx) => {
    const revision = await frozenRevision(tx, { id: input.revisionId, collegeId: by.collegeId, hash: input.hash });
    const publication = await loadPublication(register, tx, revision);
    const tuple = publication.gate ? await provedTuple(tx, publication) : null;
    const approvers = await approversOf(tx, revision, tuple);
    const needed = await approvalsNeeded(tx, revision, publication.now);
    if (approvers.length < needed)
      throw new Problem('approvals_missing', [
        { pointer: '', code: 'approvals_missing', detail: { have: approvers.length, needed } },
      ]);
    const { validity } = JSON.parse(revision.document) as Ruleset;
    await refuseUndeclared(register, tx, { collegeId: revision.college_id, validity });
    const at = await noteRuleEvent(register, tx, { revision, kind: 'published', by: by.userId, reason: null });
    await appendLeaf(tx, {
      kind: 'rule_published',
      object: { type: 'rule_revision', id: revision.id },
      body: { hash: revision.hash, approvers, ...(tuple && { difference: tuple.difference, preview: tuple.preview }) },
    });
    return { publishedAt: at, validFrom: revision.valid_from };
  });
}
