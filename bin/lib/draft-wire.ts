import type { DraftAnswers } from '../../rules/drafts.ts';
import type { Fault, ProblemCode } from '../../schemas/problem.ts';

/** What the thread says. */
export type Said =
  | { say: 'ready' }
  | { say: 'answer'; answer: DraftAnswers[keyof DraftAnswers] }
  | { say: 'problem'; code: ProblemCode; errors: Fault[] }
  | { say: 'fault'; trace: string };

/** rules.md §1: an evaluation by its own thread, everything longer by another. */
export interface DraftLimits {
  evaluationMillis: number;
  evaluationMiB: number;
  jobMillis: number;
  jobMiB: number;
  /** Jobs that may wait for their turn. */
  waiting: number;
}

export const draftLimits: DraftLimits = {
  evaluationMillis: 200,
  evaluationMiB: 64,
  jobMillis: 10_000,
  jobMiB: 256,
  waiting: 64,
};
