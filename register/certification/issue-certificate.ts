import { appendLeaf } from '../../db/audit.ts';
import type { Tx } from '../../db/tx.ts';
import { parseCertificate } from '../../schemas/certificate.ts';
import type { DueCall } from '../cases/due-call.ts';
import { dueTx, lastPart, noLongerDue, systemActor } from '../cases/due-call.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import type { CertificateRow } from './load.ts';
import { appendCertificateEvent, loadCertificateFor } from './load.ts';

/** A signed certificate takes effect: the skill certificate becomes a learning outcome of its holder, the diploma ends the enrolment. */
export async function issueCertificate(register: Register, due: DueCall): Promise<void> {
  const id = lastPart(due.opKey);
  await dueTx(register, { command: 'issueCertificate', due }, async (tx) => {
    const certificate = await loadCertificateFor(tx, due.caseId, id);
    if (certificate?.state !== 'signed') noLongerDue();
    const { now } = await collegeTime(tx, register.systemClock, certificate.college_id);
    await tx('certificates')
      .where({ id, state: 'signed' })
      .update({ state: 'issued', version: certificate.version + 1 });
    await appendCertificateEvent(tx, {
      id: register.newId('event'),
      certificateId: id,
      kind: 'issued',
      actorId: systemActor.userId,
      at: now,
    });
    if (certificate.type === 'skill') await becomeOutcome(register, tx, { certificate, now });
    else await graduate(register, tx, { certificate, now });
    await appendLeaf(tx, { kind: 'certificate_issued', object: { type: 'certificate', id } });
  });
}

interface Issued {
  certificate: CertificateRow;
  now: string;
}

async function becomeOutcome(register: Register, tx: Tx, { certificate, now }: Issued): Promise<void> {
  const payload = parseCertificate(JSON.parse(certificate.payload));
  if (payload.kind !== 'skill') return;
  await tx('learning_outcomes').insert({
    id: register.newId('outcome'),
    college_id: certificate.college_id,
    enrolment_id: certificate.enrolment_id,
    origin: 'own',
    kind: 'skill_certificate',
    name: payload.occupation.name['zh-CN'],
    occupation_code: payload.occupation.code,
    level: payload.level,
    number: certificate.number,
    issuer: payload.issuer.name['zh-CN'],
    issued_on: certificate.issued_on,
    verified: 1,
    certificate_id: certificate.id,
    created_at: now,
    version: 1,
  });
}

async function graduate(register: Register, tx: Tx, { certificate, now }: Issued): Promise<void> {
  await tx('enrolments')
    .where({ id: certificate.enrolment_id })
    .update({ status: 'graduated', version: tx.raw('version + 1') });
  await tx('enrolment_events').insert({
    id: register.newId('event'),
    enrolment_id: certificate.enrolment_id,
    kind: 'graduated',
    body: JSON.stringify({ certificate: certificate.id }),
    actor_id: systemActor.userId,
    at: now,
  });
}
