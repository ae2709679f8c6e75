/** What ties a person to a student's case. */
export interface Ties {
  /** The officer is the student. */
  self: boolean;
  /** The officer entered a score of this student that counts for the certificate. */
  enteredScores: boolean;
  /** The officer recorded the level result. */
  enteredResult: boolean;
  /** The officer teaches the student's class now. */
  teachesClass: boolean;
}

export type Bar = 'self' | 'entered_scores' | 'entered_result' | 'teaches_class';

/**
 * Why a person may not sign off a certificate: 回避 (人社厅函〔2012〕181号: 严格执行考评回避制度) and the separation of
 * teaching from certification (考培分离). Empty when nothing stands in the way.
 */
export function barsOnSignOff(ties: Ties): Bar[] {
  const bars: Bar[] = [];
  if (ties.self) bars.push('self');
  if (ties.enteredScores) bars.push('entered_scores');
  if (ties.enteredResult) bars.push('entered_result');
  if (ties.teachesClass) bars.push('teaches_class');
  return bars;
}
