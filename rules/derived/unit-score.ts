import type { CourseResult } from './course-result.ts';
import { halfUp } from './rounding.ts';

export interface StandardUnit {
  unitId: string;
  /** Hundredths of a percent, from the weight table of the standard at the level applied for. */
  weight: number;
}

/** A course, or one component of it, that covers a share of a unit (职业功能). */
export interface UnitEvidence {
  unitId: string;
  /** Hundredths of a percent. */
  coverage: number;
  result: CourseResult;
}

interface Fraction {
  over: bigint;
  sum: bigint;
}

/**
 * `weightedUnitScore@1`: process assessment by standard unit (人社厅函〔2012〕181号, 过程化考核): within a unit the results
 * weigh by coverage, the units by the standard's weight table; two decimals, rounded half up once at the end.
 * Waived courses carry no number and are left out, as are units nothing covers (the plan's gap is shown elsewhere):
 * the others' weights are scaled up. One mapped result missing, or nothing to weigh, leaves the score missing.
 */
export function weightedUnitScore(units: readonly StandardUnit[], evidence: readonly UnitEvidence[]): number | null {
  const total: Fraction = { sum: 0n, over: 1n };
  let weights = 0n;
  for (const { unitId, weight } of units) {
    const unit = unitMean(evidence.filter((item) => item.unitId === unitId));
    if (unit === 'missing' && weight > 0) return null;
    if (unit === 'missing' || unit === 'uncovered') continue;
    total.sum = total.sum * unit.over + BigInt(weight) * unit.sum * total.over;
    total.over *= unit.over;
    weights += BigInt(weight);
  }
  return weights === 0n ? null : halfUp(total.sum, total.over * weights);
}

function unitMean(evidence: readonly UnitEvidence[]): Fraction | 'missing' | 'uncovered' {
  const mean: Fraction = { sum: 0n, over: 0n };
  for (const { coverage, result } of evidence) {
    if (result.kind === 'missing') return 'missing';
    if (result.kind === 'waived') continue;
    mean.sum += BigInt(coverage) * BigInt(result.value);
    mean.over += BigInt(coverage);
  }
  return mean.over === 0n ? 'uncovered' : mean;
}
