import type { Tx } from '../../db/tx.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { groupBy } from '../facts/rows.ts';
import { documentsOf, loadedByHash } from './loaded.ts';

interface Head {
  id: string;
  rule_set: string;
  revision: number;
  hash: string;
  valid_from: string;
  valid_to: string | null;
}

/** A revision that answers today, will from a later date, or did until an earlier one. */
export interface StandingRevision {
  standing: 'in_force' | 'scheduled' | 'past';
  ruleSet: string;
  period: { from: string; to: string | null };
  loaded: LoadedRuleset;
}

/** What has been published in a college and not withdrawn, by rule set, the highest revision first. */
export async function standingRevisions(
  tx: Tx,
  { collegeId, now, today }: { collegeId: string; now: string; today: string },
): Promise<StandingRevision[]> {
  const happened = (kind: string) =>
    tx('rule_events')
      .whereRaw('rule_events.revision_id = rule_revisions.id')
      .where({ kind })
      .andWhere('at', '<=', now)
      .select('id');
  const heads: Head[] = await tx('rule_revisions')
    .where({ college_id: collegeId })
    .whereExists(happened('published'))
    .whereNotExists(happened('withdrawn'))
    .orderBy(['rule_set', { column: 'revision', order: 'desc' }])
    .select('id', 'rule_set', 'revision', 'hash', 'valid_from', 'valid_to');
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

const covers = ({ valid_from: from, valid_to: to }: Head, day: string): boolean =>
  from <= day && (to === null || day < to);
