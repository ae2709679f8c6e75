import { appendLeaf } from '../../db/audit.ts';
import type { DueCall } from '../cases/due-call.ts';
import { dueTx, noLongerDue } from '../cases/due-call.ts';
import { viewCase } from '../cases/load-case.ts';
import type { Register } from '../register.ts';

/** The longest time to study is over: the pathways still open close; what was issued stays. Key: `lapse/{enrolment}`. */
export async function recordLapse(register: Register, due: DueCall): Promise<void> {
  const view = await viewCase(register, due.caseId);
  if (!view || view.file.lapsesAt > view.file.now) return;
  await dueTx(register, { command: 'recordLapse', due }, async (tx) => {
    const open: string[] = await tx('pathways')
      .where({ enrolment_id: due.caseId })
      .whereNull('closed_at')
      .whereNotExists(
        tx('certificates')
          .whereRaw('certificates.pathway_id = pathways.id')
          .whereNotIn('state', ['void'])
          .select('certificates.id'),
      )
      .pluck('id');
    if (open.length === 0) noLongerDue();
    await tx('pathways').whereIn('id', open).update({ closed_at: view.file.now, closed_reason: 'lapsed' });
    await appendLeaf(tx, {
      kind: 'pathways_lapsed',
      object: { type: 'enrolment', id: due.caseId },
      body: { pathways: open },
    });
  });
}
