import { canonicalJson } from '../../schemas/canonical.ts';
import type { Certificate } from '../../schemas/certificate.ts';

/** The only bytes a certificate's signature stands for. */
export function canonicalPayload(payload: Certificate): Uint8Array {
  return new TextEncoder().encode(canonicalJson(payload));
}

/** What the QR holds. Certification will add the proof behind `#`; the path stays as it is for ever. */
export function verificationUrl(publicUrl: string, verificationId: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/v/${verificationId}`;
}

/** As a person types or a scanner reads it: lower case, spaces, O for 0, I or L for 1. */
export function readCode(typed: string): string {
  return typed.replace(/[\s-]/g, '').toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
}
