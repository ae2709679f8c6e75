import { bestAttempt, weightedCourseResult } from './course-result.ts';
import { convertedCourseShare, creditsSurplus, dayOfTerm } from './conversion.ts';
import { creditsShort, electiveCreditsShort } from './credits-short.ts';
import { isPast, wholeMonths, wholeYears } from './dates.ts';
import { highestLevelHeld } from './held-level.ts';
import { occupationRelation } from './occupation.ts';
import { schoolingHeld } from './schooling.ts';
import { coursePassed, coursesFailed, courseStanding } from './standing.ts';
import { weightedUnitScore } from './unit-score.ts';

/** Every derived fact by `name@version`, as `facts.*.source` names it. A change is a new version; old ones stay for replay. */
export const derivedFacts = {
  'wholeMonths@1': wholeMonths,
  'wholeYears@1': wholeYears,
  'isPast@1': isPast,
  'occupationRelation@1': occupationRelation,
  'highestLevelHeld@1': highestLevelHeld,
  'schoolingHeld@1': schoolingHeld,
  'weightedCourseResult@1': weightedCourseResult,
  'bestAttempt@1': bestAttempt,
  'courseStanding@1': courseStanding,
  'coursePassed@1': coursePassed,
  'coursesFailed@1': coursesFailed,
  'creditsShort@1': creditsShort,
  'electiveCreditsShort@1': electiveCreditsShort,
  'weightedUnitScore@1': weightedUnitScore,
  'creditsSurplus@1': creditsSurplus,
  'dayOfTerm@1': dayOfTerm,
  'convertedCourseShare@1': convertedCourseShare,
} as const;
export type DerivedFact = keyof typeof derivedFacts;
