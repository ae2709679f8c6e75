import type { ChangeKind, SideType } from './preview.ts';

/** One verdict of one student, compared. */
export interface Compared {
  purpose: string;
  /** What it is about: `diploma`, `skill/four`, `credit`, `title`. */
  target: string;
  programmeId: string;
  classId: string;
  from: SideType;
  to: SideType;
  change: ChangeKind | null;
  /** Rules that decided it before, and now. */
  rulesBefore: readonly string[];
  rulesAfter: readonly string[];
}

export type ChangeCounts = Record<ChangeKind, number>;
type Counted = Record<string, ChangeCounts>;

/** Both certificates of a student side by side: the worst that happens to each. */
export type SideChange = ChangeKind | 'none';

export interface Tally {
  students: number;
  /** Students with at least one verdict changed. */
  studentsChanged: number;
  /** Verdicts compared. */
  subjects: number;
  changes: ChangeCounts;
  /** Purpose → before → after → verdicts. */
  matrix: Record<string, Record<string, Record<string, number>>>;
  /** Verdicts a rule now decides and did not, and those it no longer decides. */
  rules: Record<string, { gained: number; lost: number }>;
  programmes: Counted;
  classes: Counted;
  targets: Counted;
  /** Diploma → skill certificates → students, where either changes. */
  certificates: Record<string, Record<string, number>>;
}

export function emptyTally(): Tally {
  return {
    students: 0,
    studentsChanged: 0,
    subjects: 0,
    changes: noChanges(),
    matrix: {},
    rules: {},
    programmes: {},
    classes: {},
    targets: {},
    certificates: {},
  };
}

const noChanges = (): ChangeCounts => ({ gain: 0, lose: 0, other: 0, reason: 0 });

/** All compared verdicts of one student. */
export function countStudent(tally: Tally, compared: readonly Compared[]): void {
  tally.students += 1;
  for (const one of compared) countOne(tally, one);
  const changed = compared.filter(({ change }) => change !== null);
  if (changed.length === 0) return;
  tally.studentsChanged += 1;
  const diploma = worst(changed.filter(({ target }) => target === 'diploma'));
  const skill = worst(changed.filter(({ target }) => target.startsWith('skill/')));
  if (diploma !== 'none' || skill !== 'none') add(at(tally.certificates, diploma, {}), skill, 1);
}

function countOne(tally: Tally, one: Compared): void {
  tally.subjects += 1;
  add(at(at(tally.matrix, one.purpose, {}), one.from, {}), one.to, 1);
  if (one.change === null) return;
  tally.changes[one.change] += 1;
  at(tally.programmes, one.programmeId, noChanges())[one.change] += 1;
  at(tally.classes, one.classId, noChanges())[one.change] += 1;
  at(tally.targets, one.target, noChanges())[one.change] += 1;
  for (const rule of one.rulesAfter)
    if (!one.rulesBefore.includes(rule)) at(tally.rules, rule, { gained: 0, lost: 0 }).gained += 1;
  for (const rule of one.rulesBefore)
    if (!one.rulesAfter.includes(rule)) at(tally.rules, rule, { gained: 0, lost: 0 }).lost += 1;
}

const fromWorst: readonly ChangeKind[] = ['lose', 'gain', 'other', 'reason'];

function worst(changed: readonly Compared[]): SideChange {
  return fromWorst.find((kind) => changed.some(({ change }) => change === kind)) ?? 'none';
}

/** Students lie in one part each, so parts simply add up. */
export function mergeTallies(parts: readonly Tally[]): Tally {
  const sum = emptyTally() as unknown as Numbers;
  for (const part of parts) addAll(sum, part as unknown as Numbers);
  return sum as unknown as Tally;
}

interface Numbers {
  [key: string]: number | Numbers;
}

function addAll(sum: Numbers, part: Numbers): void {
  for (const [key, value] of Object.entries(part)) {
    if (typeof value === 'number') add(sum as Record<string, number>, key, value);
    else addAll(at(sum, key, {}) as Numbers, value);
  }
}

/** What stands there; put there when nothing does. */
function at<T>(group: Record<string, T>, key: string, fresh: T): T {
  const known = group[key] ?? fresh;
  group[key] = known;
  return known;
}

function add(counts: Record<string, number>, key: string, by: number): void {
  counts[key] = (counts[key] ?? 0) + by;
}
