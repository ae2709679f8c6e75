import type { Tx } from '../../db/tx.ts';
import type { Purpose } from '../rules/rule-book.ts';

/** Which questions a document can change the answers to. Scopes: `*`, editions of conditions, kinds of outcome; null: not at all. */
export interface Wanted {
  diploma: boolean;
  skill: boolean;
  eligibility: string[] | null;
  credit: string[] | null;
  title: string[] | null;
}

export interface Bound {
  purpose: Purpose;
  scope: string;
}

/** What a rule set is bound to on a day. */
export async function boundTo(
  tx: Tx,
  { collegeId, ruleSet, on }: { collegeId: string; ruleSet: string; on: string },
): Promise<Bound[]> {
  return tx('rule_bindings')
    .where({ college_id: collegeId, rule_set: ruleSet })
    .where('from_on', '<=', on)
    .distinct('purpose', 'scope')
    .orderBy(['purpose', 'scope']);
}

/** The policy stands behind facts, so that everything which rests on facts is asked again. */
export function wantedBy(bound: readonly Bound[]): Wanted {
  const scopes = (purpose: Purpose): string[] | null => {
    const found = bound.filter((one) => one.purpose === purpose || one.purpose === 'policy');
    if (found.length === 0) return null;
    return found.some((one) => one.purpose === 'policy' || one.scope === '*') ? ['*'] : found.map(({ scope }) => scope);
  };
  return {
    diploma: scopes('diploma_conclusion') !== null,
    skill: scopes('skill_conclusion') !== null,
    eligibility: scopes('eligibility'),
    credit: scopes('credit'),
    title: bound.some(({ purpose }) => purpose === 'title')
      ? scopesOf(bound.filter(({ purpose }) => purpose === 'title'))
      : null,
  };
}

function scopesOf(bound: readonly Bound[]): string[] {
  return bound.some(({ scope }) => scope === '*') ? ['*'] : bound.map(({ scope }) => scope);
}

export const wantsPathways = ({ diploma, skill, eligibility }: Wanted): boolean =>
  diploma || skill || eligibility !== null;

export const wantsOutcomes = ({ credit, title }: Wanted): boolean => credit !== null || title !== null;

export const isIn = (scopes: readonly string[] | null, scope: string): boolean =>
  scopes !== null && (scopes.includes('*') || scopes.includes(scope));
