import type { Query } from '../../db/tx.ts';
import type { Certificate } from '../../schemas/certificate.ts';
import { checkCodeOf, parseCertificate } from '../../schemas/certificate.ts';
import type { CertificateSignature } from '../../schemas/signer.ts';
import type { Register } from '../register.ts';

export interface VerifiedCertificate {
  status: 'valid' | 'suspended' | 'revoked' | 'superseded';
  certificate: Certificate;
  signature: CertificateSignature;
  supersededBy?: { number: string; verificationId: string };
}

interface Row {
  id: string;
  state: string;
  payload: string;
  verification_id: string;
  kid: string;
  signature: string;
  signed_at: string;
}

/** What stands in the register behind a verification id, for anyone; null for all that is not, or not yet, issued. */
export async function verifyById({ db }: Register, verificationId: string): Promise<VerifiedCertificate | null> {
  const row: Row | undefined = await selectIssued(db.reader).where('f.verification_id', verificationId).first();
  return row ? verified(db.reader, row) : null;
}

/** The verification id for a number, only for whoever also has the code printed beside it. */
export async function findVerificationId(
  { db }: Register,
  { number, checkCode }: { number: string; checkCode: string },
): Promise<string | null> {
  const row: Row | undefined = await selectIssued(db.reader).where('f.number', number).first();
  if (!row || checkCodeOf(row.verification_id) !== checkCode) return null;
  return row.verification_id;
}

const statuses: Record<string, VerifiedCertificate['status']> = {
  issued: 'valid',
  suspended: 'suspended',
  revoked: 'revoked',
  superseded: 'superseded',
};

function selectIssued(query: Query) {
  return query('certificates as f')
    .join('certificate_signatures as z', 'z.certificate_id', 'f.id')
    .whereIn('f.state', Object.keys(statuses))
    .select('f.id', 'f.state', 'f.payload', 'f.verification_id', 'z.kid', 'z.signature', 'z.signed_at');
}

async function verified(query: Query, row: Row): Promise<VerifiedCertificate> {
  const certificate = parseCertificate(JSON.parse(row.payload));
  const signature: CertificateSignature = {
    kid: row.kid,
    alg: 'Ed25519',
    signature: row.signature,
    signedAt: row.signed_at,
  };
  const found = { status: statuses[row.state]!, certificate, signature };
  if (found.status !== 'superseded') return found;
  const later: string[] = await query('certificates')
    .whereNot('id', row.id)
    .whereLike('payload', `%"${row.id}"%`)
    .pluck('payload');
  const newer = later
    .map((payload) => parseCertificate(JSON.parse(payload)))
    .find((one) => one.supersedes?.id === row.id);
  return newer ? { ...found, supersededBy: { number: newer.number, verificationId: newer.verificationId } } : found;
}
