import { appendLeaf } from '../../../db/audit.ts';
import type { Call, Tx } from '../../../db/tx.ts';
import { writeTx } from '../../../db/write-tx.ts';
import { Problem } from '../../../schemas/problem.ts';
import type { Text } from '../../../schemas/text.ts';
import { collegeTime } from '../../college/clock.ts';
import type { Register } from '../../register.ts';
import { inForce } from '../revision-row.ts';
import type { RevisionRow } from '../revision-row.ts';
import { harmless, noteEditor, ruleSetOf } from './draft-rows.ts';
import { emptyDocument } from './empty-document.ts';
import { again, changeFromToday } from './fresh-document.ts';

export interface CreateDraft {
  /** `in_force`: change what answers today; `revision`: an older one again (roll back); a document brought along; or from nothing. */
  from: 'in_force' | 'revision' | 'document' | 'scratch';
  ruleSet?: string | undefined;
  revision?: number | undefined;
  document?: unknown;
  title?: Text | undefined;
  subject?: string | undefined;
}

/** Opens a draft: a document somebody may change without anything changing for anyone. */
export async function createDraft(register: Register, call: Call<CreateDraft>): Promise<{ draft: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'createDraft', ...call }, async (tx) => {
    const { document, ruleSet, base } = await contentOf(register, tx, { input, collegeId: by.collegeId });
    const id = await insertDraft(register, tx, { ruleSet, document, base, by });
    await appendLeaf(tx, {
      kind: 'rule_draft_created',
      object: { type: 'rule_draft', id },
      body: { ruleSet, from: input.from, base: base?.hash ?? null },
    });
    return { draft: id };
  });
}

interface NewDraft {
  ruleSet: string;
  document: string;
  base: Pick<RevisionRow, 'revision' | 'hash'> | undefined;
  by: Call<unknown>['by'];
}

export async function insertDraft(
  register: Register,
  tx: Tx,
  { ruleSet, document, base, by }: NewDraft,
): Promise<string> {
  const id = register.newId('draft');
  const now = register.systemClock.now();
  await tx('rule_drafts').insert({
    id,
    college_id: by.collegeId,
    rule_set: ruleSet,
    document,
    base_revision: base?.revision ?? null,
    base_hash: base?.hash ?? null,
    version: 1,
    created_by: by.userId,
    created_at: now,
    updated_by: by.userId,
    updated_at: now,
  });
  await noteEditor(tx, id, by.userId);
  return id;
}

interface Asked {
  input: CreateDraft;
  collegeId: string | null;
}

async function contentOf(register: Register, tx: Tx, { input, collegeId }: Asked): Promise<Omit<NewDraft, 'by'>> {
  if (collegeId === null) throw new Problem('not_found');
  const { today } = await collegeTime(tx, register.systemClock, collegeId);
  const answering = (ruleSet: string) => inForce(tx, { collegeId, ruleSet, today });
  if (input.from === 'document') {
    const document = harmless(given(input.document, '/document'));
    const ruleSet = given(ruleSetOf(input.document) ?? input.ruleSet, '/ruleSet');
    return { document, ruleSet, base: await answering(ruleSet) };
  }
  const ruleSet = given(input.ruleSet, '/ruleSet');
  if (input.from === 'scratch') {
    const known = await tx('rule_sets').where({ college_id: collegeId, id: ruleSet }).first('id');
    if (known) throw new Problem('rule_set_exists', [{ pointer: '/ruleSet', code: 'rule_set_exists' }]);
    const document = emptyDocument({ ruleSet, title: given(input.title, '/title'), subject: input.subject, today });
    return { document: harmless(document), ruleSet, base: undefined };
  }
  const base = await answering(ruleSet);
  const row =
    input.from === 'in_force'
      ? base
      : await tx('rule_revisions')
          .where({ college_id: collegeId, rule_set: ruleSet, revision: given(input.revision, '/revision') })
          .first();
  if (!row) throw new Problem('not_found');
  const document = input.from === 'in_force' ? changeFromToday(row.document, today) : again(row.document);
  return { document, ruleSet, base: base ?? row };
}

function given<T>(value: T | undefined | null, pointer: string): T {
  if (value === undefined || value === null) throw new Problem('bad_input', [{ pointer, code: 'required' }]);
  return value;
}
