import type { Tx } from '../../db/tx.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { groupBy } from '../facts/rows.ts';
import { documentsOf, loadedByHash } from './loaded.ts';
import { covers, whatStands } from './revision-row.ts';
import type { RevisionRow } from './revision-row.ts';

type Head = Pick<RevisionRow, 'id' | 'rule_set' | 'hash' | 'valid_from' | 'valid_to'>;

/** A revision that answers today, will from a later date, or did until an earlier one. */
export interface StandingRevision {
  standing: 'in_force' | 'scheduled' | 'past';
  ruleSet: string;
  period: { from: string; to: string | null };
  loaded: LoadedRuleset;
}

/** What has been published in a college and not withdrawn, by rule set, the highest revision first; documents from memory. */
export async function standingDocuments(
  tx: Tx,
  { collegeId, today }: { collegeId: string; today: string },
): Promise<StandingRevision[]> {
  const heads: Head[] = await whatStands(tx, { collegeId }).select(
    'r.id',
    'r.rule_set',
    'r.hash',
    'r.valid_from',
    'r.valid_to',
  );
  const texts = await documentsOf(tx, heads);
  return [...groupBy(heads, (head) => head.rule_set).values()].flatMap((own) => {
    const current = own.find((head) => covers(head, today));
    return own.map((head) => ({
      standing: head === current ? ('in_force' as const) : head.valid_from > today ? 'scheduled' : 'past',
      ruleSet: head.rule_set,
      period: { from: head.valid_from, to: head.valid_to },
      loaded: loadedByHash(head.hash, texts.get(head.hash)!),
    }));
  });
}
