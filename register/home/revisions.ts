import type { Rows } from '../../db/keyset.ts';
import type { Tx } from '../../db/tx.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Text } from '../../schemas/text.ts';
import { firstOf } from './page.ts';
import type { Waiting } from './read-home.ts';

/** Frozen and not yet published: those this person may still approve, or those somebody has approved. */
export function revisionsWaiting(what: 'approval' | 'publication') {
  return (tx: Tx, by: Principal): Promise<Waiting> => {
    const rows = tx('rule_revisions as r')
      .join('rule_sets as t', (on) => void on.on('t.college_id', 'r.college_id').andOn('t.id', 'r.rule_set'))
      .leftJoin('rule_submissions as s', 's.revision_id', 'r.id')
      .where('r.college_id', by.collegeId)
      .whereNotExists(
        (known: Rows) =>
          void known.from('rule_events').whereRaw('rule_events.revision_id = r.id').select('rule_events.id'),
      )
      .select('r.id', 'r.rule_set', 'r.revision', 'r.frozen_at', 's.expires_on', { rule_title: 't.title' });
    const approved = (known: Rows) =>
      void known.from('rule_approvals as a').whereRaw('a.revision_id = r.id').select('a.id');
    const approvedByMe = (known: Rows) =>
      void known
        .from('rule_approvals as a')
        .whereRaw('a.revision_id = r.id')
        .where('a.approver_id', by.userId)
        .select('a.id');
    if (what === 'publication') void rows.whereExists(approved);
    else
      void rows
        .whereNot('r.author_id', by.userId)
        .whereNotExists(
          (own: Rows) =>
            void own
              .from('rule_revision_editors as d')
              .whereRaw('d.revision_id = r.id')
              .where('d.user_id', by.userId)
              .select('d.user_id'),
        )
        .whereNotExists(approvedByMe);
    return firstOf<{
      id: string;
      rule_set: string;
      revision: number;
      frozen_at: string;
      expires_on: string | null;
      rule_title: string;
    }>(rows, ['r.frozen_at', 'r.id'], (row) => ({
      id: row.id,
      title: row.rule_set,
      text: JSON.parse(row.rule_title) as Text,
      detail: String(row.revision),
      studentId: null,
      since: row.frozen_at,
      until: row.expires_on,
    }));
  };
}
