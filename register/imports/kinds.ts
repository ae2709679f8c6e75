import type { ImportKind } from '../../schemas/imports.ts';
import { anyKind } from './kind.ts';
import type { AnyKind } from './kind.ts';
import { mappingKind } from './mapping.ts';
import { outcomesKind } from './outcomes.ts';
import { planKind } from './plan.ts';
import { resultsKind } from './results.ts';
import { scoresKind } from './scores.ts';
import { studentsKind } from './students.ts';

export const kinds: Readonly<Record<ImportKind, AnyKind>> = {
  students: anyKind(studentsKind),
  plan: anyKind(planKind),
  mapping: anyKind(mappingKind),
  scores: anyKind(scoresKind),
  results: anyKind(resultsKind),
  outcomes: anyKind(outcomesKind),
};
