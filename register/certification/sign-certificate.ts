import { appendLeaf } from '../../db/audit.ts';
import { readTx } from '../../db/read-tx.ts';
import { parseCertificate } from '../../schemas/certificate.ts';
import type { DueCall } from '../cases/due-call.ts';
import { dueTx, noLongerDue, systemActor } from '../cases/due-call.ts';
import type { Register } from '../register.ts';
import { appendCertificateEvent, loadCertificateFor } from './load.ts';

/** The signer checks and signs the payload fixed at allocation; asking twice gives the same signature. Key: `sign/{certificate}/{payload hash}`. */
export async function signCertificate(register: Register, due: DueCall): Promise<void> {
  const [, id = ''] = due.opKey.split('/');
  const certificate = await readTx(register.db, (tx) => loadCertificateFor(tx, due.caseId, id));
  if (certificate?.state !== 'allocated') return;
  const signed = await register.signer.sign(parseCertificate(JSON.parse(certificate.payload)));
  await dueTx(register, { command: 'signCertificate', due }, async (tx) => {
    const changed = await tx('certificates')
      .where({ id, state: 'allocated' })
      .update({ state: 'signed', version: certificate.version + 1 });
    if (changed !== 1) noLongerDue();
    const { kid, alg, signature, signedAt } = signed;
    await tx('certificate_signatures').insert({ certificate_id: id, kid, alg, signature, signed_at: signedAt });
    const event = {
      id: register.newId('event'),
      certificateId: id,
      kind: 'signed',
      body: { kid },
      actorId: systemActor.userId,
    };
    await appendCertificateEvent(tx, { ...event, at: register.systemClock.now() });
    await appendLeaf(tx, { kind: 'certificate_signed', object: { type: 'certificate', id }, body: { kid } });
  });
}
