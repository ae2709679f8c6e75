import { pagesOf } from '../../db/rows.ts';
import type { Tx } from '../../db/tx.ts';
import { isPast } from '../../rules/derived/dates.ts';
import { highestLevelHeld } from '../../rules/derived/held-level.ts';
import { occupationRelation } from '../../rules/derived/occupation.ts';
import type { Facts } from '../../rules/verdict.ts';
import type { SkillLevel } from '../../schemas/facts.ts';
import { dateNumber } from '../../schemas/time.ts';
import type { OutcomeAsked } from './outcome-course.ts';
import { loadOutcomes, loadOutcomesById } from './rows.ts';
import type { OutcomeRow } from './rows.ts';

/** The facts of a learning outcome on its own (subject `outcome`): what title it gives or lets its holder apply for. */
export async function readOutcomeFacts(tx: Tx, { outcome, on }: { outcome: OutcomeAsked; on: string }): Promise<Facts> {
  const fields = await engineeringFields(tx, [outcome]);
  return outcomeFacts(outcome, { fields, besides: await outcomesBeside(tx, [outcome]), on });
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
  const besides = await outcomesBeside(tx, outcomes);
  return outcomes.map((outcome) => ({ outcome, facts: outcomeFacts(outcome, { fields, besides, on }) }));
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

/** By enrolment, all outcomes of the students these are of. */
const outcomesBeside = (tx: Tx, outcomes: readonly OutcomeAsked[]): Promise<Map<string, OutcomeRow[]>> =>
  loadOutcomes(tx, [...new Set(outcomes.flatMap(({ enrolment_id: id }) => id ?? []))]);

/** Missing for an outcome nobody has recorded: what its holder holds besides is not known. */
function heldBesides(outcome: OutcomeAsked, { besides, on }: Known): string | null {
  if (outcome.enrolment_id === undefined) return null;
  const occupation = outcome.occupation_code;
  const own = occupation === null ? null : [{ codes: [occupation], relation: 'same' as const }];
  const certificates = (besides.get(outcome.enrolment_id) ?? [])
    .filter(({ id, kind, level }) => kind === 'skill_certificate' && level !== 'none' && id !== outcome.id)
    .map((held) => ({
      outcomeId: held.id,
      level: held.level as SkillLevel | null,
      issuedOn: held.issued_on,
      verified: held.verified === null ? null : held.verified === 1,
      relation: occupationRelation(held.occupation_code, own),
    }));
  return highestLevelHeld(certificates, on)?.level ?? null;
}

interface Known {
  fields: ReadonlyMap<string, boolean>;
  besides: ReadonlyMap<string, readonly OutcomeRow[]>;
  on: string;
}

function outcomeFacts(outcome: OutcomeAsked, known: Known): Facts {
  const { fields, on } = known;
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
    heldLevel: heldBesides(outcome, known),
    engineeringField: fields.get(outcome.occupation_code ?? '') ?? null,
    workMonthsAfterOutcome: outcome.work_months_after,
  };
}
