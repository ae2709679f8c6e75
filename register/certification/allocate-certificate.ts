import { appendLeaf } from '../../db/audit.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import { hashOf } from '../../rules/canonical.ts';
import type { Certificate } from '../../schemas/certificate.ts';
import { buildCertificatePayload, verificationIdOf } from '../../schemas/certificate.ts';
import { canonicalJson } from '../../schemas/canonical.ts';
import { Problem } from '../../schemas/problem.ts';
import type { DueCall } from '../cases/due-call.ts';
import { dueTx, lastPart, noLongerDue, systemActor } from '../cases/due-call.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import type { DecisionRow } from './load.ts';
import { appendCertificateEvent, loadDecisionFor } from './load.ts';
import type { Holder } from './payload-input.ts';
import { loadHolder, payloadInput } from './payload-input.ts';
import { takeNumber } from './take-number.ts';

/**
 * Takes the next number of the series and fixes the payload in the same transaction (architecture §4): a crash goes on with the
 * same bytes, a roll-back gives the number back. A name that cannot be printed whole is refused before a number is taken.
 */
export async function allocateCertificate(register: Register, due: DueCall): Promise<void> {
  const decisionId = lastPart(due.opKey);
  await refuseMissingGlyphs(register, due, decisionId);
  await dueTx(register, { command: 'allocateCertificate', due }, async (tx) => {
    const decision = await loadDecisionFor(tx, due.caseId, decisionId);
    const signOff = await tx('sign_offs').where({ decision_id: decisionId, answer: 'approved' }).first('id');
    const known = await tx('certificates').where({ decision_id: decisionId }).first('id');
    if (!decision || decision.superseded || !signOff || known) noLongerDue();
    await allocate(register, tx, decision);
  });
}

async function refuseMissingGlyphs(register: Register, due: DueCall, decisionId: string): Promise<void> {
  const holder = await readTx(register.db, async (tx) => {
    const decision = await loadDecisionFor(tx, due.caseId, decisionId);
    return decision && loadHolder(tx, decision.pathway_id);
  });
  if (!holder) return;
  const missing = register.documents.missingGlyphs(printedTexts(holder).join(''));
  if (missing.length > 0)
    throw new Problem('glyph_missing', [{ pointer: '/holder', code: 'glyph_missing', detail: { case: due.caseId } }]);
}

/** Every text of the certificate that does not come from our own words. */
function printedTexts(holder: Holder): string[] {
  const { name, collegeName, collegeNameEn, programmeName, programmeNameEn, standardName, standardNameEn } = holder;
  return [name, collegeName, collegeNameEn, programmeName, programmeNameEn, standardName ?? '', standardNameEn ?? ''];
}

async function allocate(register: Register, tx: Tx, decision: DecisionRow): Promise<void> {
  const { today } = await collegeTime(tx, register.systemClock, decision.college_id);
  const holder = await loadHolder(tx, decision.pathway_id);
  const taken = await takeNumber(register, tx, { holder, issuedOn: today });
  const id = register.newId('certificate');
  const payload = buildCertificatePayload(
    payloadInput({
      id,
      holder,
      taken,
      issuedOn: today,
      decision,
      verificationId: verificationIdOf(register.randomBytes(16)),
      statusIndex: await freeStatusIndex(register, tx),
      allocatedAt: register.systemClock.now(),
    }),
  );
  await insertCertificate(tx, { holder, payload, seriesId: taken.seriesId, serial: taken.serial });
  await appendCertificateEvent(tx, {
    id: register.newId('event'),
    certificateId: id,
    kind: 'allocated',
    actorId: systemActor.userId,
    at: payload.allocatedAt,
  });
  await appendLeaf(tx, {
    kind: 'certificate_allocated',
    object: { type: 'certificate', id },
    body: { decision: decision.id, payload: hashOf(payload) },
  });
}

interface NewCertificate {
  holder: Holder;
  payload: Certificate;
  seriesId: string;
  serial: number;
}

async function insertCertificate(tx: Tx, { holder, payload, seriesId, serial }: NewCertificate): Promise<void> {
  await tx('certificates').insert({
    id: payload.id,
    college_id: holder.collegeId,
    person_id: holder.personId,
    enrolment_id: holder.enrolmentId,
    pathway_id: holder.pathwayId,
    type: holder.type,
    type_key: typeKey(holder),
    series_id: seriesId,
    serial,
    number: payload.number,
    verification_id: payload.verificationId,
    status_index: payload.statusIndex,
    decision_id: payload.decisionId,
    authorisation_id: payload.authorisationId ?? null,
    issued_on: payload.issuedOn,
    payload: canonicalJson(payload),
    payload_hash: hashOf(payload),
    state: 'allocated',
    allocated_at: payload.allocatedAt,
    version: 1,
  });
}

/** One live certificate per person and type; a skill type includes occupation and level, a diploma the programme. */
function typeKey(holder: Holder): string {
  return holder.type === 'diploma'
    ? `diploma/${holder.programmeCode}`
    : `skill/${holder.occupationCode}/${holder.level}`;
}

/** Random, so that neighbours in the status list say nothing about each other; the unique constraint has the last word. */
async function freeStatusIndex(register: Register, tx: Tx): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const [a = 0, b = 0, c = 0] = register.randomBytes(3);
    const index = ((a << 16) | (b << 8) | c) & 0x1ffff;
    const taken = await tx('certificates').where({ status_index: index }).first('id');
    if (!taken) return index;
  }
  throw new Problem('status_list_full');
}
