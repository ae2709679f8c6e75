import type { Tx } from '../../db/tx.ts';
import { factCatalogue, skillLevels } from '../../schemas/facts.ts';
import { Problem } from '../../schemas/problem.ts';

/** What makes outcomes alike and ranks them. */
interface Ranked {
  kind: string;
  name: string;
  occupation_code: string | null;
  level: string | null;
  contest_tier: string | null;
  contest_prize: string | null;
}

interface Asked {
  enrolmentId: string;
  outcome: Ranked & { id: string };
}

const { xLevel, contestTier, contestPrize } = factCatalogue.outcome_course;

/**
 * 相同或相近成果只计最高: of outcomes of one kind with the same name, skill certificates of one occupation, a second one is not
 * converted where one as high or higher has been spent.
 */
export async function refuseSimilarSpent(tx: Tx, { enrolmentId, outcome }: Asked): Promise<void> {
  const spent: (Ranked & { id: string })[] = await tx('learning_outcomes')
    .join('credit_spendings', 'credit_spendings.outcome_id', 'learning_outcomes.id')
    .where({ enrolment_id: enrolmentId, kind: outcome.kind })
    .whereNot('learning_outcomes.id', outcome.id)
    .select('learning_outcomes.id', 'kind', 'name', 'occupation_code', 'level', 'contest_tier', 'contest_prize');
  if (spent.length === 0) return;
  const occupations = await occupationsByCode(tx);
  const alike = spent.filter((other) => groupOf(other, occupations) === groupOf(outcome, occupations));
  const higher = alike.find((other) => isAsHigh(rankOf(other), rankOf(outcome)));
  if (higher)
    throw new Problem('similar_outcome_spent', [
      { pointer: '/outcomeId', code: 'similar_outcome_spent', detail: { spent: higher.id } },
    ]);
}

/** A code may move between editions: what stands for an occupation is its standard's code. */
async function occupationsByCode(tx: Tx): Promise<Map<string, string>> {
  const rows: { alias_code: string; occupation_code: string }[] = await tx('standard_aliases')
    .join('standards', 'standards.id', 'standard_aliases.standard_id')
    .orderBy('standards.edition')
    .select('alias_code', 'occupation_code');
  return new Map(rows.map((row) => [row.alias_code, row.occupation_code]));
}

function groupOf({ kind, name, occupation_code: code }: Ranked, occupations: ReadonlyMap<string, string>): string {
  if (kind !== 'skill_certificate' || code === null) return `name/${name}`;
  const occupation = code.split('-').slice(0, 4).join('-'); // 6-31-01-03-001 is a trade of 6-31-01-03
  return `occupation/${occupations.get(occupation) ?? occupation}`;
}

/** Most weighty first; what has no degrees is all of one rank. */
function rankOf({ kind, level, contest_tier: tier, contest_prize: prize }: Ranked): number[] {
  const place = (values: readonly string[], value: string | null): number => values.indexOf(value ?? '');
  if (kind === 'contest_award') return [place(contestTier.values, tier), place(contestPrize.values, prize)];
  if (kind === 'x_certificate') return [place(xLevel.values, level)];
  return [place(skillLevels, level)];
}

function isAsHigh(one: readonly number[], other: readonly number[]): boolean {
  const differs = one.findIndex((place, index) => place !== other[index]);
  return differs === -1 || one[differs]! > other[differs]!;
}
