/** One grant of a credit rule: this outcome may stand for this course. Credits in tenths, scores with one decimal. */
export interface Entitlement {
  outcomeId: string;
  courseId: string;
  /** What the course is worth: all of it is converted, or none. */
  credits: number;
  score: number;
  /** What the outcome is worth in all, over the courses it is spent on; what is left over lapses. */
  worth?: number;
  /** Outcomes of one group are similar (内容相同或相近): only one of them is spent. */
  similarGroup?: string;
}

export interface CreditCaps {
  /** Tenths a student may convert in all. */
  totalTenths: number;
  /** Tenths one outcome may bring, whatever it is worth. */
  perOutcomeTenths?: number;
}

export interface AllocationInput {
  entitlements: readonly Entitlement[];
  caps: CreditCaps;
  /** Tenths converted before; counted against the total. */
  alreadySpent: number;
}

interface Partial {
  /** Tenths spent by outcome. */
  spent: ReadonlyMap<string, number>;
  total: number;
  /** Σ credits × score. */
  grade: number;
  picks: readonly Entitlement[];
}

/**
 * The best legal spending: most credits, then the highest grades, then the fewest outcomes, then the first by ids.
 * Exact: every course is tried with every outcome, and of spendings that leave the same room only the better is kept.
 */
export function allocate({ entitlements, caps, alreadySpent }: AllocationInput): Entitlement[] {
  let reached = new Map<string, Partial>([['', { spent: new Map(), total: alreadySpent, grade: 0, picks: [] }]]);
  for (const options of byCourse(entitlements)) {
    const next = new Map(reached);
    for (const partial of reached.values())
      for (const option of options) if (isLegal(partial, option, caps)) keepBetter(next, spend(partial, option));
    reached = next;
  }
  return [...[...reached.values()].reduce((best, other) => (isBetter(other, best) ? other : best)).picks];
}

function byCourse(entitlements: readonly Entitlement[]): Entitlement[][] {
  const ordered = entitlements.filter(({ credits }) => credits > 0).sort((a, b) => compare(keyOf(a), keyOf(b)));
  const courses = new Map<string, Entitlement[]>();
  for (const option of ordered) courses.set(option.courseId, [...(courses.get(option.courseId) ?? []), option]);
  return [...courses.values()];
}

function isLegal({ spent, total, picks }: Partial, option: Entitlement, caps: CreditCaps): boolean {
  if (total + option.credits > caps.totalTenths) return false;
  const room = Math.min(option.worth ?? Infinity, caps.perOutcomeTenths ?? Infinity);
  if ((spent.get(option.outcomeId) ?? 0) + option.credits > room) return false;
  const group = option.similarGroup;
  return (
    group === undefined || picks.every((pick) => pick.similarGroup !== group || pick.outcomeId === option.outcomeId)
  );
}

function spend({ spent, total, grade, picks }: Partial, option: Entitlement): Partial {
  const before = spent.get(option.outcomeId) ?? 0;
  return {
    spent: new Map(spent).set(option.outcomeId, before + option.credits),
    total: total + option.credits,
    grade: grade + option.credits * option.score,
    picks: [...picks, option],
  };
}

/** Spendings that leave every outcome the same room have the same futures. */
function keepBetter(reached: Map<string, Partial>, partial: Partial): void {
  const state = JSON.stringify([...partial.spent].sort(([a], [b]) => compare(a, b)));
  const known = reached.get(state);
  if (known === undefined || isBetter(partial, known)) reached.set(state, partial);
}

function isBetter(a: Partial, b: Partial): boolean {
  if (a.total !== b.total) return a.total > b.total;
  if (a.grade !== b.grade) return a.grade > b.grade;
  if (a.spent.size !== b.spent.size) return a.spent.size < b.spent.size;
  return compare(a.picks.map(keyOf).join('\n'), b.picks.map(keyOf).join('\n')) < 0;
}

const keyOf = ({ courseId, outcomeId }: Entitlement): string => `${courseId} ${outcomeId}`;

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
