import type { Tx } from '../../db/tx.ts';
import type { StandingDocument } from '../../rules/regulation-coverage.ts';
import { groupBy } from '../facts/rows.ts';
import { documentsOf, loadedByHash } from '../rules/loaded.ts';

interface Head {
  id: string;
  rule_set: string;
  revision: number;
  hash: string;
  valid_from: string;
  valid_to: string | null;
}

/** What has been published and not withdrawn: of each rule set the revision of today, and those of later days. */
export async function standingDocuments(
  tx: Tx,
  { collegeId, now, today }: { collegeId: string; now: string; today: string },
): Promise<StandingDocument[]> {
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
  const standing = [...groupBy(heads, (head) => head.rule_set).values()].flatMap((own) => standingOf(own, today));
  const texts = await documentsOf(
    tx,
    standing.map(({ head }) => head),
  );
  return standing.map(({ head, ...rest }) => ({ ...rest, doc: loadedByHash(head.hash, texts.get(head.hash)!).doc }));
}

interface Standing {
  head: Head;
  standing: StandingDocument['standing'];
}

function standingOf(own: readonly Head[], today: string): Standing[] {
  const current = own.find(({ valid_from: from, valid_to: to }) => from <= today && (to === null || today < to));
  return own.flatMap((head): Standing[] => {
    if (head === current) return [{ head, standing: 'in_force' }];
    return head.valid_from > today ? [{ head, standing: 'scheduled' }] : [];
  });
}
