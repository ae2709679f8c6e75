import { appendLeaf } from '../../db/audit.ts';
import { readTx } from '../../db/read-tx.ts';
import { parseCertificate } from '../../schemas/certificate.ts';
import type { DueCall } from '../cases/due-call.ts';
import { dueTx, lastPart, noLongerDue, systemActor } from '../cases/due-call.ts';
import type { Register } from '../register.ts';
import { appendCertificateEvent, loadCertificateFor } from './load.ts';
import { loadSignature } from './signature.ts';

/** Draws the PDF of an issued certificate once and files it by its hash. */
export async function renderCertificate(register: Register, due: DueCall): Promise<void> {
  const id = lastPart(due.opKey);
  const found = await readTx(register.db, async (tx) => {
    const certificate = await loadCertificateFor(tx, due.caseId, id);
    const rendered = await tx('certificate_events').where({ certificate_id: id, kind: 'rendered' }).first('id');
    return certificate?.state === 'issued' && !rendered
      ? { certificate, signature: await loadSignature(tx, id) }
      : null;
  });
  if (!found) return;
  const payload = parseCertificate(JSON.parse(found.certificate.payload));
  const { hash } = await register.documents.store(
    await register.documents.renderCertificate({ payload, signature: found.signature }),
  );
  await dueTx(register, { command: 'renderCertificate', due }, async (tx) => {
    const known = await tx('certificate_events').where({ certificate_id: id, kind: 'rendered' }).first('id');
    if (known) noLongerDue();
    const event = {
      id: register.newId('event'),
      certificateId: id,
      kind: 'rendered',
      body: { hash },
      actorId: systemActor.userId,
    };
    await appendCertificateEvent(tx, { ...event, at: register.systemClock.now() });
    await appendLeaf(tx, { kind: 'certificate_rendered', object: { type: 'certificate', id }, body: { hash } });
  });
}
