import { appendLeaf } from '../../../db/audit.ts';
import type { Actor, Call, Tx } from '../../../db/tx.ts';
import { writeTx } from '../../../db/write-tx.ts';
import type { Register } from '../../register.ts';
import { noteEditor } from '../drafts/draft-rows.ts';
import { insertDraft } from '../drafts/create-draft.ts';
import { inForce } from '../revision-row.ts';
import type { RevisionRow } from '../revision-row.ts';
import { collegeTime } from '../../college/clock.ts';
import { editorsOf } from '../publication.ts';
import { frozenRevision } from './approve-revision.ts';
import { noteRuleEvent } from './rule-events.ts';

export interface ReturnRevision {
  revisionId: string;
  hash: string;
  reason: string;
}

/** 退回: an approver sends it back, or its editor takes it back. Approvals are void; the text goes on as a new draft. */
export async function returnRevision(register: Register, call: Call<ReturnRevision>): Promise<{ draft: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'returnRevision', ...call }, async (tx) => {
    const revision = await frozenRevision(tx, { id: input.revisionId, collegeId: by.collegeId, hash: input.hash });
    return { draft: await takeBack(register, tx, { revision, by, reason: input.reason }) };
  });
}

interface Taking {
  revision: RevisionRow;
  by: Actor;
  reason: string;
}

export async function takeBack(register: Register, tx: Tx, { revision, by, reason }: Taking): Promise<string> {
  await noteRuleEvent(register, tx, { revision, kind: 'withdrawn', by: by.userId, reason });
  await appendLeaf(tx, {
    kind: 'rule_returned',
    object: { type: 'rule_revision', id: revision.id },
    reason,
    body: { hash: revision.hash },
    collegeId: revision.college_id,
  });
  const { today } = await collegeTime(tx, register.systemClock, revision.college_id);
  const place = { collegeId: revision.college_id, ruleSet: revision.rule_set, today };
  const author: Actor = { ...by, userId: revision.author_id, collegeId: revision.college_id };
  const draft = await insertDraft(register, tx, {
    ruleSet: revision.rule_set,
    document: revision.document,
    base: await inForce(tx, place),
    by: author,
  });
  // who edited it before has edited it still: the text is theirs
  for (const editor of await editorsOf(tx, revision)) await noteEditor(tx, draft, editor);
  return draft;
}
