import type { Call } from '../../db/tx.ts';
import { signOff } from '../certification/sign-off.ts';
import { auditPathway } from '../decisions/audit-pathway.ts';
import { applyForAssessment } from '../enrolments/apply-for-assessment.ts';
import { runPreviewItem } from '../previews/run-item.ts';
import type { Register } from '../register.ts';

export const bulkKinds = ['apply', 'audit', 'sign_off'] as const;
/** Bulk acts on pathways, asked for as such. */
export type BulkKind = (typeof bulkKinds)[number];
/** `preview`: its items are pages of students; started by `startPreview`. */
export type OperationKind = BulkKind | 'preview';

/** An item is a pathway; of a preview, a page by its first student, and last the preview itself. */
type ItemCommand = (register: Register, call: Call<{ pathwayId: string }>, operationId: string) => Promise<unknown>;

/** Bulk work calls the same commands as a single act, one item at a time: what a person may not do, their bulk act may not either. */
export const itemCommands: Record<OperationKind, ItemCommand> = {
  apply: applyForAssessment,
  audit: auditPathway,
  sign_off: (register, call) => signOff(register, { ...call, input: { ...call.input, answer: 'approved' } }),
  preview: (register, { input }, operationId) => runPreviewItem(register, { operationId, item: input.pathwayId }),
};
