import { pagesOf } from '../../db/rows.ts';
import type { Tx } from '../../db/tx.ts';
import { isPast } from '../../rules/derived/dates.ts';
import type { Facts } from '../../rules/verdict.ts';
import { dateNumber } from '../../schemas/time.ts';
import type { OutcomeAsked } from './outcome-course.ts';
import { loadOutcomesById } from './rows.ts';
import type { OutcomeRow } from './rows.ts';

/** The facts of a learning outcome on its own (subject `outcome`): what title it gives or lets its holder apply for. */
export async function readOutcomeFacts(tx: Tx, { outcome, on }: { outcome: OutcomeAsked; on: string }): Promise<Facts> {
  const fields = await engineeringFields(tx, [outcome]);
  return outcomeFacts(outcome, { fields, on });
}

export interface OutcomeCase {
  outcome: OutcomeRow;
  facts: Facts;
}

/** The same for many stored outcomes, in the order of their ids. */
export async function readOutcomesFacts(
  tx: Tx,
  { outcomeIds, on }: { outcomeIds: readonly string[]; on: string },
): Promise<OutcomeCase[]> {
  const outcomes = await loadOutcomesById(tx, outcomeIds);
  const fields = await engineeringFields(tx, outcomes);
  return outcomes.map((outcome) => ({ outcome, facts: outcomeFacts(outcome, { fields, on }) }));
}

/** By occupation code, as the latest edition of its standard has it. */
async function engineeringFields(
  tx: Tx,
  outcomes: readonly Pick<OutcomeAsked, 'occupation_code'>[],
): Promise<Map<string, boolean>> {
  const codes = [...new Set(outcomes.flatMap(({ occupation_code: code }) => code ?? []))];
  const fields = new Map<string, boolean>();
  for (const page of pagesOf(codes, 900)) {
    const rows: { occupation_code: string; engineering: number }[] = await tx('standards')
      .whereIn('occupation_code', page)
      .orderBy('edition')
      .select('occupation_code', 'engineering');
    for (const { occupation_code: code, engineering } of rows) fields.set(code, Number(engineering) === 1);
  }
  return fields;
}

interface Known {
  fields: ReadonlyMap<string, boolean>;
  on: string;
}

function outcomeFacts(outcome: OutcomeAsked, { fields, on }: Known): Facts {
  return {
    outcomeKind: outcome.kind,
    outcomeVerified: outcome.verified === null ? null : outcome.verified === 1,
    outcomeIssuedOn: outcome.issued_on === null ? null : dateNumber(outcome.issued_on),
    outcomeExpired: isPast(outcome.expires_on, on),
    outcomeSkillLevel: outcome.kind === 'skill_certificate' ? outcome.level : 'none',
    appliedOn: dateNumber(on),
    qualification: outcome.name,
    contestTier: outcome.kind === 'contest_award' ? outcome.contest_tier : 'none',
    contestPrize: outcome.kind === 'contest_award' ? outcome.contest_prize : 'none',
    engineeringField: fields.get(outcome.occupation_code ?? '') ?? null,
    workMonthsAfterOutcome: outcome.work_months_after,
  };
}
