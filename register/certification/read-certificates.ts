import type { Rows } from '../../db/keyset.ts';
import { keysetPage } from '../../db/keyset.ts';
import type { Query } from '../../db/tx.ts';
import type { CertificateItem, CertificateView, ListCertificatesInput } from '../../schemas/api/certificates.ts';
import { checkCodeOf } from '../../schemas/certificate.ts';
import { Problem } from '../../schemas/problem.ts';
import { inScope, oneInScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { fromStudents, studentScope } from '../students/select-students.ts';

interface CertificateRow {
  id: string;
  type: 'diploma' | 'skill';
  level: CertificateItem['level'];
  standard_name: string | null;
  standard_name_en: string | null;
  number: string;
  state: CertificateItem['state'];
  issued_on: string;
  student: string;
  student_no: string;
  name: string;
  pathway_id: string;
  rendered: string | null;
  version: number;
}

function selectCertificates(query: Query): Rows {
  return fromStudents(query)
    .join('certificates as f', 'f.enrolment_id', 'e.id')
    .join('pathways as w', 'w.id', 'f.pathway_id')
    .leftJoin('standards as s', 's.id', 'w.standard_id')
    .select(
      'f.id',
      'f.type',
      'f.number',
      'f.state',
      'f.issued_on',
      'f.pathway_id',
      'f.version',
      'w.level',
      'e.student_no',
      'p.name',
    )
    .select({ student: 'e.id', standard_name: 's.name', standard_name_en: 's.name_en' })
    .select({
      rendered: query('certificate_events').whereRaw('certificate_id = f.id').where({ kind: 'rendered' }).max('body'),
    });
}

/** Certificates in scope, by number. */
export async function listCertificates(
  { db }: Register,
  by: Principal,
  input: ListCertificatesInput,
): Promise<{ items: CertificateItem[]; next: string | null }> {
  const query = inScope(selectCertificates(db.reader), by, studentScope);
  const wanted = { 'f.type': input.type, 'w.level': input.level, 'f.state': input.state, 'e.id': input.studentId };
  void query.where(Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)));
  const { cursor, limit } = input;
  const page = await keysetPage<CertificateRow>(query, { id: 'f.id', order: ['f.number'], cursor, limit });
  return { items: page.rows.map(itemOf), next: page.next };
}

interface WholeRow extends CertificateRow {
  verification_id: string;
  payload: string;
  payload_hash: string;
  decision_id: string;
  kid: string | null;
  alg: string;
  signature: string;
  signed_at: string;
}

async function certificateInScope(query: Query, by: Principal, id: string): Promise<WholeRow> {
  const rows = selectCertificates(query)
    .leftJoin('certificate_signatures as z', 'z.certificate_id', 'f.id')
    .where('f.id', id)
    .select(
      'f.verification_id',
      'f.payload',
      'f.payload_hash',
      'f.decision_id',
      'z.kid',
      'z.alg',
      'z.signature',
      'z.signed_at',
    );
  return oneInScope<WholeRow>(rows, by, studentScope);
}

export interface OneCertificate {
  id: string;
  verificationUrl(verificationId: string): string;
}

/** One certificate with its payload, its signature and what has happened to it. */
export async function readCertificate(
  { db }: Register,
  by: Principal,
  { id, verificationUrl }: OneCertificate,
): Promise<CertificateView> {
  const row = await certificateInScope(db.reader, by, id);
  const events: CertificateView['events'] = await db
    .reader('certificate_events')
    .where({ certificate_id: id })
    .orderBy('ordinal')
    .select('kind', 'at', 'reason');
  return {
    ...itemOf(row),
    verificationId: row.verification_id,
    checkCode: checkCodeOf(row.verification_id),
    verificationUrl: verificationUrl(row.verification_id),
    payload: JSON.parse(row.payload),
    payloadHash: row.payload_hash,
    signature:
      row.kid === null ? null : { kid: row.kid, alg: row.alg, signature: row.signature, signedAt: row.signed_at },
    decisionId: row.decision_id,
    events,
  };
}

/** The PDF as it was drawn and filed; `not_found` until then. */
export async function readCertificatePdf(
  register: Register,
  by: Principal,
  id: string,
): Promise<{ bytes: Uint8Array; hash: string; number: string }> {
  const row = await certificateInScope(register.db.reader, by, id);
  if (row.rendered === null) throw new Problem('not_found');
  const { hash } = JSON.parse(row.rendered) as { hash: string };
  return { bytes: await register.documents.load(hash), hash, number: row.number };
}

function itemOf(row: CertificateRow): CertificateItem {
  const { standard_name: zh, standard_name_en: en } = row;
  return {
    id: row.id,
    type: row.type,
    level: row.level,
    occupation: zh === null ? null : { 'zh-CN': zh, en: en ?? zh },
    number: row.number,
    state: row.state,
    issuedOn: row.issued_on,
    studentId: row.student,
    studentNo: row.student_no,
    studentName: row.name,
    pathwayId: row.pathway_id,
    printable: row.rendered !== null,
    version: Number(row.version),
  };
}
