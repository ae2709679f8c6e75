import { createHash } from 'node:crypto';
import { canonicalPayload } from '../documents/payload/certificate.ts';
import type { Certificate } from '../schemas/certificate.ts';
import { Problem } from '../schemas/problem.ts';
import type { CertificateSignature } from '../schemas/signer.ts';
import type { SigningKeys } from './keys.ts';
import type { Known, Ledger } from './ledger.ts';

export const HOURLY_LIMIT = 2000;
const HOUR = 3_600_000;

export interface SignerParts {
  ledger: Ledger;
  keys: SigningKeys;
  now: () => Date;
  /** Told of each refusal that someone should look into; ids and codes only. */
  onAlarm: (code: string, certificateId: string) => void;
}

/**
 * Compare, enter in the ledger, only then sign (reliability.md §5). A kill between any two steps is cured by asking
 * again: the entry is found, and Ed25519 gives the same signature for the same bytes.
 */
export async function signCertificate(
  parts: SignerParts,
  asked: { payload: Certificate; payloadHash: string },
): Promise<CertificateSignature> {
  const { ledger, now } = parts;
  const { payload } = asked;
  const bytes = canonicalPayload(payload);
  const payloadHash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (payloadHash !== asked.payloadHash) await refuse(parts, { payload, payloadHash, code: 'payload_hash_mismatch' });

  const known = await ledger.find(payload);
  const same = known.find((entry) => entry.payloadHash === payloadHash);
  const other = known.find((entry) => entry.payloadHash !== payloadHash);
  if (other) await refuse(parts, { payload, payloadHash, code: 'bound_to_another_payload', other });
  if (same?.signature) return same.signature;

  if (!same) await refuseOverLimit(parts);
  const seq = same?.seq ?? (await ledger.record({ payload, payloadHash, at: now().toISOString() }));
  return signEntry(parts, seq, bytes);
}

async function signEntry(
  { ledger, keys, now }: SignerParts,
  seq: number,
  bytes: Uint8Array,
): Promise<CertificateSignature> {
  const signed: CertificateSignature = {
    kid: keys.kid,
    alg: 'Ed25519',
    signature: keys.sign(bytes),
    signedAt: now().toISOString(),
  };
  await ledger.storeSignature(seq, signed);
  return signed;
}

interface Refusal {
  payload: Certificate;
  payloadHash: string;
  code: string;
  other?: Known;
}

async function refuse(
  { ledger, now, onAlarm }: SignerParts,
  { payload, payloadHash, code, other }: Refusal,
): Promise<never> {
  await ledger.raise({ code, payload, payloadHash, knownSeq: other?.seq ?? null, at: now().toISOString() });
  onAlarm(code, payload.id);
  throw new Problem('signer_refused', [
    { pointer: '/payload', code, ...(other ? { detail: { shared: other.shared } } : {}) },
  ]);
}

async function refuseOverLimit({ ledger, now }: SignerParts): Promise<void> {
  const signedLately = await ledger.countSince(new Date(now().getTime() - HOUR).toISOString());
  if (signedLately >= HOURLY_LIMIT) throw new Problem('signer_limit_reached', [], { limit: HOURLY_LIMIT });
}
