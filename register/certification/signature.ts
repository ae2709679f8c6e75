import type { Tx } from '../../db/tx.ts';
import { Problem } from '../../schemas/problem.ts';
import type { CertificateSignature } from '../../schemas/signer.ts';

export async function loadSignature(tx: Tx, certificateId: string): Promise<CertificateSignature> {
  const row = await tx('certificate_signatures').where({ certificate_id: certificateId }).first();
  if (!row) throw new Problem('invariant_broken');
  return { kid: row.kid, alg: row.alg, signature: row.signature, signedAt: row.signed_at };
}
