import { readTx } from '../../../db/read-tx.ts';
import type { Tx } from '../../../db/tx.ts';
import { lintRuleset } from '../../../rules/dialect.ts';
import type { DraftItem, DraftView } from '../../../schemas/api/rule-drafts.ts';
import { Text } from '../../../schemas/text.ts';
import { collegeOf } from '../../accounts/in-scope.ts';
import type { Principal } from '../../accounts/principal.ts';
import { groupBy } from '../../facts/rows.ts';
import type { Register } from '../../register.ts';
import { findDraft } from './draft-rows.ts';
import type { DraftRow } from './draft-rows.ts';

/** Open drafts of the college, the last one touched first. */
export async function listDrafts(
  { db }: Register,
  by: Principal,
  { ruleSet }: { ruleSet?: string | undefined },
): Promise<{ items: DraftItem[] }> {
  return readTx(db, async (tx) => {
    const query = tx('rule_drafts')
      .where({ college_id: collegeOf(by) })
      .whereNull('ended_at')
      .orderBy([
        { column: 'updated_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ]);
    if (ruleSet !== undefined) void query.where({ rule_set: ruleSet });
    const rows: DraftRow[] = await query;
    const people = await peopleOf(tx, rows);
    return { items: rows.map((row) => draftItem(row, people)) };
  });
}

export async function readDraft({ db }: Register, by: Principal, id: string): Promise<DraftView> {
  return readTx(db, async (tx) => {
    const row = await findDraft(tx, { id, collegeId: collegeOf(by) });
    const document: unknown = JSON.parse(row.document);
    const item = draftItem(row, await peopleOf(tx, [row]));
    const ended = row.ended_because === null ? null : { at: row.ended_at ?? '', because: row.ended_because };
    return { ...item, document, faults: lintRuleset(document), ended, revisionId: row.revision_id };
  });
}

interface Person {
  id: string;
  name: string | null;
}

interface People {
  named(id: string): Person;
  editors(draft: string): Person[];
}

async function peopleOf(tx: Tx, rows: readonly DraftRow[]): Promise<People> {
  const edits: { draft_id: string; user_id: string }[] = await tx('rule_draft_editors')
    .whereIn(
      'draft_id',
      rows.map(({ id }) => id),
    )
    .orderBy(['draft_id', 'user_id'])
    .select('draft_id', 'user_id');
  const ids = new Set([
    ...edits.map((edit) => edit.user_id),
    ...rows.flatMap((row) => [row.created_by, row.updated_by]),
  ]);
  const users: { id: string; display_name: string }[] = await tx('users')
    .whereIn('id', [...ids])
    .select('id', 'display_name');
  const names = new Map(users.map((user) => [user.id, user.display_name]));
  const named = (id: string): Person => ({ id, name: names.get(id) ?? null });
  const byDraft = groupBy(edits, (edit) => edit.draft_id);
  return { named, editors: (draft) => (byDraft.get(draft) ?? []).map((edit) => named(edit.user_id)) };
}

function draftItem(row: DraftRow, people: People): DraftItem {
  const document: unknown = JSON.parse(row.document);
  return {
    id: row.id,
    ruleSet: row.rule_set,
    title: titleOf(document),
    base: row.base_revision === null ? null : { revision: Number(row.base_revision), hash: row.base_hash ?? '' },
    version: Number(row.version),
    faultCount: lintRuleset(document).length,
    editors: people.editors(row.id),
    createdBy: people.named(row.created_by),
    createdAt: row.created_at,
    updatedBy: people.named(row.updated_by),
    updatedAt: row.updated_at,
  };
}

/** A draft may have no title yet, or half of one. */
function titleOf(document: unknown): DraftItem['title'] {
  const given = typeof document === 'object' && document !== null && 'title' in document ? document.title : undefined;
  const title = Text.safeParse(given);
  return title.success ? title.data : null;
}
