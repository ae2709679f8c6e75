import { pagesOf } from '../../db/rows.ts';
import type { Tx } from '../../db/tx.ts';

const answers: Readonly<Record<string, 'granted' | 'denied' | 'referred'>> = {
  grant: 'granted',
  deny: 'denied',
  refer: 'referred',
};

/** What was last decided about the right to sit; undetermined counts as not decided. */
export async function readLatestEligibility(
  tx: Tx,
  pathwayIds: readonly string[],
): Promise<Map<string, 'granted' | 'denied' | 'referred'>> {
  const found = new Map<string, 'granted' | 'denied' | 'referred'>();
  for (const page of pagesOf(pathwayIds, 900)) {
    const rows: { pathway_id: string; outcome_type: string }[] = await tx('decisions')
      .whereIn('pathway_id', page)
      .andWhere({ purpose: 'eligibility' })
      .orderBy(['decided_at', 'id'])
      .select('pathway_id', 'outcome_type');
    for (const { pathway_id: id, outcome_type: type } of rows) {
      const answer = answers[type];
      if (answer) found.set(id, answer);
      else found.delete(id);
    }
  }
  return found;
}
