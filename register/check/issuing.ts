import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { hashOf } from '../../rules/canonical.ts';
import type { Certificate } from '../../schemas/certificate.ts';
import type { SignerKey } from '../../schemas/signer.ts';
import { check, everyRow, tally } from './check.ts';
import type { Row } from './check.ts';

export const issuerWasAuthorised = check(
  'I10',
  ['发证日在备案范围内', 'the issuer was authorised on the date of issue'],
  async ({ tx }) => {
    const { finding, look } = tally();
    const authorisations = new Map<unknown, Row>((await tx('issuing_authorisations')).map((row: Row) => [row.id, row]));
    for await (const row of everyRow(tx, 'certificates')) {
      look(`certificates ${row.id}`, outside(row, authorisations.get(row.authorisation_id)));
    }
    return finding;
  },
);

function outside(row: Row, authorisation: Row | undefined): string | null {
  if (authorisation === undefined || authorisation.college_id !== row.college_id || authorisation.type !== row.type)
    return 'no_authorisation';
  const on = String(row.issued_on);
  if (on < String(authorisation.from_on) || (authorisation.to_on !== null && on >= String(authorisation.to_on)))
    return 'authorisation_not_valid_then';
  const payload = JSON.parse(String(row.payload)) as Certificate; // its hash is checked with the signatures
  const same =
    payload.kind === 'diploma'
      ? payload.programme.code === authorisation.programme_code
      : payload.occupation.code === authorisation.occupation_code && payload.level === authorisation.level;
  return same ? null : 'authorised_for_something_else';
}

export const signaturesHold = check(
  'I15',
  ['签名全部验证通过，台账与证书一致', 'every signature verifies; the ledger equals the certificates'],
  async ({ tx, signer }) => {
    const { finding, look } = tally();
    const keys = new Map(signer?.keys.map((key) => [key.kid, { ...key, key: publicKey(key) }]));
    const ledger = new Map(signer?.entries.map((entry) => [entry.certificateId, entry]));
    const signatures = new Map<unknown, Row>(
      (await tx('certificate_signatures')).map((row: Row) => [row.certificate_id, row]),
    );
    for await (const row of everyRow(tx, 'certificates')) {
      const signature = signatures.get(row.id);
      const entry = ledger.get(row.id);
      const isRead = signature !== undefined && String(signature.signed_at) < (signer?.readAt ?? '');
      ledger.delete(row.id);
      look(
        `certificates ${row.id}`,
        payloadDiffers(row) ??
          signatureFault(row, signature, keys) ??
          ((isRead || entry) && entry?.payloadHash !== row.payload_hash ? 'ledger_differs' : null),
      );
    }
    for (const entry of ledger.values()) look(`ledger ${entry.seq}`, 'signed_but_not_in_register');
    return finding;
  },
);

interface Key extends SignerKey {
  key: KeyObject;
}

const publicKey = ({ x }: SignerKey): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });

function payloadDiffers(row: Row): string | null {
  const payload = JSON.parse(String(row.payload)) as Certificate; // checked here, field by field
  const same =
    hashOf(payload) === row.payload_hash &&
    payload.id === row.id &&
    payload.number === row.number &&
    payload.verificationId === row.verification_id &&
    payload.statusIndex === row.status_index &&
    payload.decisionId === row.decision_id &&
    payload.issuedOn === row.issued_on &&
    payload.collegeId === row.college_id;
  return same ? null : 'payload_differs_from_row';
}

const UNSIGNED = ['allocated', 'void'];

function signatureFault(row: Row, signature: Row | undefined, keys: ReadonlyMap<string, Key>): string | null {
  if (signature === undefined) return UNSIGNED.includes(String(row.state)) ? null : 'not_signed';
  const key = keys.get(String(signature.kid));
  if (key === undefined) return 'key_unknown';
  if (String(signature.signed_at) < key.notBefore) return 'key_not_valid_then';
  const holds = verify(
    null,
    Buffer.from(String(row.payload)),
    key.key,
    Buffer.from(String(signature.signature), 'base64url'),
  );
  return holds ? null : 'signature_wrong';
}
