export type OccupationRelation = 'same' | 'related' | 'other';

export interface ProgrammeOccupation {
  /** Codes of one occupation as of the standard's edition, aliases included: a code may move between editions. */
  codes: readonly string[];
  /** The occupation the programme trains for, or one the college lists as related to it. */
  relation: 'same' | 'related';
}

/** The occupation of `6-31-01-03-001` (a trade, 工种) is `6-31-01-03` (大典 numbering). */
const occupationOf = (code: string): string => code.split('-').slice(0, 4).join('-');

/** `occupationRelation@1`: how an outcome's occupation stands to those of the programme. Missing when either side is. */
export function occupationRelation(
  outcomeOccupation: string | null,
  programmeOccupations: readonly ProgrammeOccupation[] | null,
): OccupationRelation | null {
  if (outcomeOccupation === null || programmeOccupations === null) return null;
  const asked = occupationOf(outcomeOccupation);
  const met = programmeOccupations.filter(({ codes }) => codes.some((code) => occupationOf(code) === asked));
  if (met.some(({ relation }) => relation === 'same')) return 'same';
  return met.length > 0 ? 'related' : 'other';
}
