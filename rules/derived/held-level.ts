import type { SkillLevel } from '../../schemas/facts.ts';
import { skillLevels } from '../../schemas/facts.ts';
import type { OccupationRelation } from './occupation.ts';

export interface CertificateHeld {
  outcomeId: string;
  /** Null: the level is not on record. */
  level: SkillLevel | null;
  issuedOn: string | null;
  /** Null: nobody has checked it at its issuer yet. */
  verified: boolean | null;
  relation: OccupationRelation | null;
}

export interface HighestHeld {
  level: 'none' | SkillLevel;
  issuedOn: string | null;
  outcomeId: string | null;
}

/**
 * `highestLevelHeld@1`: the highest level held on `on` in this or a related occupation (申报条件 "取得本职业或相关职业…证书").
 * Of equal levels the one issued first counts: work after it is longest. A certificate whose level, date, issuer's word
 * or occupation is not on record leaves the answer missing if it could be the highest; one found false does not count.
 */
export function highestLevelHeld(outcomes: readonly CertificateHeld[] | null, on: string | null): HighestHeld | null {
  if (outcomes === null || on === null) return null;
  const possible = outcomes.filter((outcome) => couldCount(outcome, on)).sort(byLevelThenDate);
  const highest = possible[0];
  if (highest === undefined) return { level: 'none', issuedOn: null, outcomeId: null };
  const settled = possible.find((outcome) => outcome.level === highest.level && isSettled(outcome));
  if (settled === undefined || settled.level === null) return null;
  return { level: settled.level, issuedOn: settled.issuedOn, outcomeId: settled.outcomeId };
}

function couldCount({ verified, relation, issuedOn }: CertificateHeld, on: string): boolean {
  return verified !== false && relation !== 'other' && (issuedOn === null || issuedOn <= on);
}

const isSettled = ({ verified, relation, issuedOn }: CertificateHeld): boolean =>
  verified === true && relation !== null && issuedOn !== null;

/** An unknown level might be any: it stands first. */
const rankOf = ({ level }: CertificateHeld): number =>
  level === null ? skillLevels.length : skillLevels.indexOf(level);

function byLevelThenDate(a: CertificateHeld, b: CertificateHeld): number {
  const higher = rankOf(b) - rankOf(a);
  if (higher !== 0) return higher;
  const [left, right] = [`${a.issuedOn ?? '9'}/${a.outcomeId}`, `${b.issuedOn ?? '9'}/${b.outcomeId}`];
  return left < right ? -1 : Number(left > right);
}
