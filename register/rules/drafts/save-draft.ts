import { appendLeaf } from '../../../db/audit.ts';
import type { Call } from '../../../db/tx.ts';
import { expectVersion, updateVersioned } from '../../../db/versions.ts';
import { writeTx } from '../../../db/write-tx.ts';
import { lintRuleset } from '../../../rules/dialect.ts';
import { withTableRules } from '../../../rules/from-table.ts';
import type { Fault } from '../../../schemas/problem.ts';
import type { Register } from '../../register.ts';
import { harmless, noteEditor, openDraft, ruleSetOf } from './draft-rows.ts';

export interface SavedDraft {
  draft: string;
  version: number;
  /** All that is wrong with it at once; it is kept all the same. */
  faults: Fault[];
}

/** 暂存: what has been typed so far, faults and all. */
export async function saveRuleDraft(
  register: Register,
  call: Call<{ id: string; document: unknown }>,
): Promise<SavedDraft> {
  const { by, input } = call;
  const document = harmless(input.document);
  const faults = lintRuleset(withTableRules(input.document));
  const saved = await writeTx(register.db, { command: 'saveRuleDraft', ...call }, async (tx) => {
    const draft = await openDraft(tx, { id: input.id, collegeId: by.collegeId });
    expectVersion(draft, call.ifMatch);
    const patch = {
      document,
      rule_set: ruleSetOf(input.document) ?? draft.rule_set,
      updated_by: by.userId,
      updated_at: register.systemClock.now(),
    };
    const version = await updateVersioned(tx, 'rule_drafts', { id: draft.id, version: draft.version, patch });
    await noteEditor(tx, draft.id, by.userId);
    await appendLeaf(tx, {
      kind: 'rule_draft_saved',
      object: { type: 'rule_draft', id: draft.id },
      body: { version, faults: faults.length },
    });
    return { draft: draft.id, version };
  });
  return { ...saved, faults };
}

/** Puts a draft away; what was typed stays on record. */
export async function discardDraft(register: Register, call: Call<{ id: string }>): Promise<{ draft: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'discardDraft', ...call }, async (tx) => {
    const draft = await openDraft(tx, { id: input.id, collegeId: by.collegeId });
    const ended = { ended_at: register.systemClock.now(), ended_because: 'discarded' };
    await updateVersioned(tx, 'rule_drafts', { id: draft.id, version: draft.version, patch: ended });
    await appendLeaf(tx, { kind: 'rule_draft_discarded', object: { type: 'rule_draft', id: draft.id } });
    return { draft: draft.id };
  });
}
