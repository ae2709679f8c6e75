export type Schooling =
  | 'none'
  | 'technical_school'
  | 'secondary_vocational'
  | 'senior_technical_class'
  | 'technician_class'
  | 'higher_vocational'
  | 'university';
export type EducationLevel = 'secondary_vocational' | 'higher_vocational' | 'vocational_bachelor' | 'technician';

const leadsTo: Readonly<Record<EducationLevel, Schooling>> = {
  secondary_vocational: 'secondary_vocational',
  higher_vocational: 'higher_vocational',
  vocational_bachelor: 'university',
  technician: 'technician_class',
};

export interface SchoolingInput {
  educationLevel: EducationLevel | null;
  /** In the last year of the programme on the day of application, or already graduated from it. */
  finalYear: boolean | null;
  priorSchooling: Schooling | null;
}

/**
 * `schoolingHeld@1`: a final-year student counts as holding the schooling of the programme (申报条件 "含尚未取得毕业证书的
 * 在校应届毕业生"); before that only what was finished earlier counts.
 */
export function schoolingHeld({ educationLevel, finalYear, priorSchooling }: SchoolingInput): Schooling | null {
  if (finalYear === null) return null;
  if (!finalYear) return priorSchooling;
  return educationLevel === null ? null : leadsTo[educationLevel];
}
