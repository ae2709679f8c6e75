import type { Tx } from '../../db/tx.ts';
import { isPast } from '../../rules/derived/dates.ts';
import type { Facts } from '../../rules/verdict.ts';
import { dateNumber } from '../../schemas/time.ts';
import type { OutcomeAsked } from './outcome-course.ts';

/** The facts of a learning outcome on its own (subject `outcome`): what title it gives or lets its holder apply for. */
export async function readOutcomeFacts(tx: Tx, { outcome, on }: { outcome: OutcomeAsked; on: string }): Promise<Facts> {
  const standard = outcome.occupation_code
    ? await tx('standards')
        .where({ occupation_code: outcome.occupation_code })
        .orderBy('edition', 'desc')
        .first('engineering')
    : undefined;
  return {
    outcomeKind: outcome.kind,
    outcomeVerified: outcome.verified === null ? null : outcome.verified === 1,
    outcomeIssuedOn: outcome.issued_on === null ? null : dateNumber(outcome.issued_on),
    outcomeExpired: isPast(outcome.expires_on, on),
    outcomeSkillLevel: outcome.kind === 'skill_certificate' ? outcome.level : 'none',
    appliedOn: dateNumber(on),
    qualification: outcome.name,
    engineeringField: standard ? Number(standard.engineering) === 1 : null,
    workMonthsAfterOutcome: outcome.work_months_after,
  };
}
