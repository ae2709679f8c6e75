import type { Pathway } from '../../api/students.ts';

type NearMiss = Pick<Pathway['nearMisses'][number], 'changes'>;
/** With more than this to change, a refusal was not near. */
const NEAR = 2;

/** A fact nobody has recorded is missing, not nearly good enough. */
export function isNear({ changes }: NearMiss): boolean {
  return changes.length <= NEAR && changes.every(({ got }) => (got ?? null) !== null);
}
