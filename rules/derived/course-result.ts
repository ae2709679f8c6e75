import { Problem } from '../../schemas/problem.ts';
import { halfUp } from './rounding.ts';

/** 缓考 免修 缺考 舞弊 取消资格: codes, never numbers. */
export type Mark = 'deferred' | 'waived' | 'absent' | 'cheated' | 'disqualified';
export type ZeroMark = 'absent' | 'cheated' | 'disqualified';

export interface ComponentScore {
  /** Hundredths of a percent; the components of a course sum to 10000. */
  weight: number;
  /** One decimal, out of `maxScore`. Null: nothing entered yet, which is not zero. */
  value: number | null;
  mark: Mark | null;
  /** One decimal; 1000 (a hundred points) unless the scheme says otherwise. */
  maxScore?: number;
}

/** Two decimals, out of 100.00. */
export type CourseResult =
  | { kind: 'result'; value: number; mark: ZeroMark | null }
  | { kind: 'waived' }
  | { kind: 'missing' };

const FULL = 10_000;
const HUNDRED_POINTS = 1_000;
const zeroMarks: readonly ZeroMark[] = ['disqualified', 'cheated', 'absent'];

/**
 * `weightedCourseResult@1`: weighted sum of the component scores, two decimals, rounded half up once at the end.
 * The gravest of 取消资格, 舞弊, 缺考 on any component makes the course 0 with that mark; else 免修 waives the course;
 * else 缓考 or a component without score leaves it missing (marks as in the college's score regulations, domain §6).
 */
export function weightedCourseResult(components: readonly ComponentScore[]): CourseResult {
  const weights = components.reduce((sum, { weight }) => sum + weight, 0);
  if (weights !== FULL)
    throw new Problem('invariant_broken', [{ pointer: '/weight', code: 'weights_not_whole', detail: { weights } }]);
  const zero = zeroMarks.find((mark) => components.some((component) => component.mark === mark));
  if (zero !== undefined) return { kind: 'result', value: 0, mark: zero };
  if (components.some(({ mark }) => mark === 'waived')) return { kind: 'waived' };
  return weigh(components);
}

function weigh(components: readonly ComponentScore[]): CourseResult {
  let [sum, over] = [0n, 1n]; // sum / over, exact: components may have different maxima
  for (const { weight, value, mark, maxScore = HUNDRED_POINTS } of components) {
    if (value === null || mark === 'deferred') return { kind: 'missing' };
    const share = BigInt(value * weight);
    const max = BigInt(maxScore);
    if (max === over) sum += share;
    else [sum, over] = [sum * max + share * over, over * max];
  }
  return { kind: 'result', value: halfUp(sum, over), mark: null };
}

/** `bestAttempt@1`: of several attempts (补考, 重修) the highest result on record; a waiver outranks all, what is still missing none. */
export function bestAttempt(attempts: readonly CourseResult[]): CourseResult {
  if (attempts.some(({ kind }) => kind === 'waived')) return { kind: 'waived' };
  let best: CourseResult = { kind: 'missing' };
  for (const attempt of attempts)
    if (attempt.kind === 'result' && (best.kind !== 'result' || attempt.value > best.value)) best = attempt;
  return best;
}
