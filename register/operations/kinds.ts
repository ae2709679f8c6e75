import type { Call } from '../../db/tx.ts';
import { signOff } from '../certification/sign-off.ts';
import { auditPathway } from '../decisions/audit-pathway.ts';
import { applyForAssessment } from '../enrolments/apply-for-assessment.ts';
import type { Register } from '../register.ts';

export const operationKinds = ['apply', 'audit', 'sign_off'] as const;
export type OperationKind = (typeof operationKinds)[number];

type ItemCommand = (register: Register, call: Call<{ pathwayId: string }>) => Promise<unknown>;

/** Bulk work calls the same commands as a single act, one item at a time: what a person may not do, their bulk act may not either. */
export const itemCommands: Record<OperationKind, ItemCommand> = {
  apply: applyForAssessment,
  audit: auditPathway,
  sign_off: (register, call) => signOff(register, { ...call, input: { ...call.input, answer: 'approved' } }),
};
