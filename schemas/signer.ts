import { z } from 'zod';
import { Certificate } from './certificate.ts';
import type { Fault } from './problem.ts';

/** A detached Ed25519 signature over the RFC 8785 form of a `certificate/1`. */
export interface CertificateSignature {
  /** RFC 7638 thumbprint of the key. */
  kid: string;
  alg: 'Ed25519';
  /** 64 bytes in base64url. */
  signature: string;
  signedAt: string;
}

export interface SignerKey {
  kid: string;
  alg: 'Ed25519';
  /** The 32 public bytes in base64url (JWK `x`). */
  x: string;
  notBefore: string;
}

export interface SeriesMark {
  seriesId: string;
  highest: number;
  count: number;
}

export interface LedgerEntry {
  seq: number;
  number: string;
  certificateId: string;
  decisionId: string;
  seriesId: string | null;
  serial: number | null;
  payloadHash: string;
  recordedAt: string;
  kid: string | null;
  signature: string | null;
  signedAt: string | null;
}

/** What `check-register` compares with the certificate table. */
export interface LedgerSummary {
  entries: number;
  signatures: number;
  lastHour: number;
  hourlyLimit: number;
  alarms: number;
  series: SeriesMark[];
}

export interface SignerHealth {
  kid: string;
  entries: number;
  alarms: number;
  /** True where the signer runs as the same system user as the API, as `npm start` does. */
  sharedUser: boolean;
}

/** The port of the register and of `check-register`. Throws `signer_unavailable`, `signer_limit_reached` or `signer_refused`. */
export interface Signer {
  sign(payload: Certificate): Promise<CertificateSignature>;
  publicKeys(): Promise<SignerKey[]>;
  ledger(): Promise<LedgerSummary>;
  /** A page of the ledger in its own order, after `seq`. */
  ledgerEntries(after: number): Promise<LedgerEntry[]>;
  health(): Promise<SignerHealth>;
}

const id = z.int().min(0);
/** One line of JSON a request; `payloadHash` is what the caller believes it asks to have signed. */
export const SignerRequest = z.discriminatedUnion('op', [
  z.strictObject({
    id,
    op: z.literal('sign'),
    payload: Certificate,
    payloadHash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  }),
  z.strictObject({ id, op: z.literal('publicKeys') }),
  z.strictObject({ id, op: z.literal('health') }),
  z.strictObject({ id, op: z.literal('ledgerSummary') }),
  z.strictObject({ id, op: z.literal('ledgerEntries'), after: z.int().min(0) }),
]);
export type SignerRequest = z.infer<typeof SignerRequest>;

export type SignerCode = 'signer_refused' | 'signer_limit_reached' | 'signer_unavailable';
export type SignerAnswer =
  | { id: number | null; ok: true; result: unknown }
  | { id: number | null; ok: false; code: SignerCode; errors: Fault[] };
