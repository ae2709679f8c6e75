import type { StageName } from './stage-tag.tsx';
import type { VerdictType } from './verdict-tag.tsx';

/** Worked out today and against the student, but nothing is final: a resit may still change it. */
export function isNotMetYet(type: VerdictType, stage: StageName): boolean {
  return type === 'deny' && stage !== 'closed' && stage !== 'issued';
}
