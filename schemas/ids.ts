import { z } from 'zod';

/**
 * Prefixes of the opaque ids (architecture §9.8): prefix, `_`, and 26 characters of a UUIDv7 in base32.
 * An id says what it names and nothing else; it never carries personal data.
 */
export const idPrefixes = {
  application: 'app',
  approval: 'apr',
  authorisation: 'aut',
  batch: 'bat',
  certificate: 'crt',
  college: 'col',
  component: 'cmp',
  course: 'crs',
  creditEntry: 'cre',
  decision: 'dec',
  draft: 'drf',
  enrolment: 'enr',
  event: 'evt',
  leaf: 'lef',
  motion: 'mot',
  notice: 'ntc',
  offering: 'off',
  operation: 'opn',
  orgUnit: 'org',
  outcome: 'out',
  outcomeCourse: 'oco',
  pathway: 'pth',
  person: 'per',
  plan: 'pln',
  preview: 'prv',
  programme: 'prg',
  proof: 'prf',
  regulation: 'reg',
  result: 'res',
  role: 'rol',
  ruleRevision: 'rrv',
  scheme: 'sch',
  series: 'ser',
  session: 'ses',
  sheet: 'sht',
  signOff: 'sgn',
  standard: 'std',
  standardUnit: 'sun',
  term: 'trm',
  token: 'tok',
  user: 'usr',
  waiver: 'wvr',
} as const;

export type IdKind = keyof typeof idPrefixes;

const ID = /^[a-z]{3}_[0-9a-hjkmnp-tv-z]{26}$/;
export const Id = z.string().regex(ID, { error: 'id_malformed' });
export type Id = z.infer<typeof Id>;

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Crockford base32, as of one whole number: 16 bytes give 26 characters, the first two bits of which are padding. */
export function base32(bytes: Uint8Array): string {
  const length = Math.ceil((bytes.length * 8) / 5);
  let text = '';
  let bits = 0;
  let held = length * 5 - bytes.length * 8; // padding in front
  for (const byte of bytes) {
    bits = (bits << 8) | byte;
    held += 8;
    while (held >= 5) {
      held -= 5;
      text += ALPHABET[bits >> held];
      bits &= (1 << held) - 1;
    }
  }
  return text;
}

/** UUIDv7 bytes from a system instant in milliseconds and ten random bytes. */
export function uuidV7Bytes(millis: number, random: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16);
  let left = BigInt(millis);
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = Number(left & 255n);
    left >>= 8n;
  }
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes;
}
