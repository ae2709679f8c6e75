import { countStudent, emptyTally } from '../../rules/preview-tally.ts';
import type { Compared, Tally } from '../../rules/preview-tally.ts';
import { lowest, priorityOf } from '../../rules/preview-sample.ts';
import type { Drawn } from '../../rules/preview-sample.ts';
import type { Answer, Pair } from './compare.ts';
import { crossCheck } from './cross-check.ts';
import type { CrossCheck } from './cross-check.ts';
import { requestOf } from './preview-row.ts';
import type { PreviewRow } from './preview-row.ts';

/** Most verdicts of each kind that the second opinion is asked about. */
export const MOST_CHANGED = 500;
export const MOST_UNCHANGED = 500;

/** What a page hands on: its counts, the hash of its facts, and who may be drawn from it. */
export interface Part {
  tally: Tally;
  factsHash: string;
  crossCheck: CrossCheck;
  changed: Drawn[];
  unchanged: Drawn[];
}

interface Page {
  pairs: readonly Pair[];
  students: readonly string[];
  factsHash: string;
}

export function partOf(preview: PreviewRow, { pairs, students, factsHash }: Page): Part {
  const { seed } = requestOf(preview);
  const tally = emptyTally();
  const byStudent = new Map<string, Compared[]>(students.map((id) => [id, []]));
  for (const pair of pairs) byStudent.get(pair.studentId)!.push(comparedOf(pair));
  // a student with nothing to decide any more is none of the cohort
  for (const compared of byStudent.values()) if (compared.length > 0) countStudent(tally, compared);
  const changed: Drawn[] = [];
  const unchanged: Drawn[] = [];
  for (const pair of pairs) {
    const ref = refOf(pair);
    (pair.change === null ? unchanged : changed).push({
      stratum: stratumOf(pair),
      priority: priorityOf(seed, ref),
      ref,
    });
  }
  return {
    tally,
    factsHash,
    crossCheck: crossCheck(pairs),
    changed: lowest(changed, MOST_CHANGED),
    unchanged: lowest(unchanged, MOST_UNCHANGED),
  };
}

/** A verdict by name: student, purpose, subject, course. */
export function refOf({ studentId, purpose, subject, courseId }: Pair): string {
  return `${studentId}/${purpose}/${subject.id}/${courseId ?? ''}`;
}

/** Of a changed verdict its transition, of an unchanged one its outcome. */
export function stratumOf({ purpose, change, before, after }: Pair): string {
  return change === null ? `${purpose}:${after.side.type}` : `${purpose}:${before.side.type}>${after.side.type}`;
}

/** How many verdicts each stratum holds in all: those that stayed on one outcome count under that outcome. */
export function stratumSizes({ matrix }: Tally): Record<string, number> {
  const sizes: Record<string, number> = {};
  for (const [purpose, rows] of Object.entries(matrix))
    for (const [from, row] of Object.entries(rows))
      for (const [to, count] of Object.entries(row)) {
        sizes[`${purpose}:${from}>${to}`] = count;
        if (from === to) sizes[`${purpose}:${to}`] = count;
      }
  return sizes;
}

function comparedOf(pair: Pair): Compared {
  const { purpose, target, programmeId, classId, change, before, after } = pair;
  return {
    ...{ purpose, target, programmeId, classId, change },
    from: before.side.type,
    to: after.side.type,
    rulesBefore: change === null ? [] : rulesOf(before),
    rulesAfter: change === null ? [] : rulesOf(after),
  };
}

/** The rules a verdict rests on, with their rule set: `credit.x-certificate#X-02`. */
export function rulesOf({ selected, side }: Answer): string[] {
  if (!('loaded' in selected)) return [];
  return (side.verdict.because.rules ?? []).map((rule) => `${selected.ruleSet}#${rule}`);
}
