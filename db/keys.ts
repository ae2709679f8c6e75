import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { canonicalJson } from '../schemas/canonical.ts';
import { StartupFault } from './faults.ts';
import { readOrCreateKey, refuseLooseFolder } from './key-files.ts';

export interface SubjectKey {
  key: Buffer;
  /** What is stored with the person; useless without the master key. */
  wrapped: string;
}

/** The keys of a deployment (architecture §9.9). They live in files beside the database, never in it. */
export interface Keyring {
  newSubjectKey(): SubjectKey;
  unwrapSubjectKey(wrapped: string): Buffer;
  /** `hmac-sha256:…` of a value under a person's key: says nothing once that key is destroyed. */
  commitment(subjectKey: Buffer, value: unknown): string;
  /** Binds every column of an append-only row but `mac` itself; undefined counts as null. */
  rowMac(table: string, row: Readonly<Record<string, unknown>>): string;
  encryptIdNumber(idNumber: string): string;
  decryptIdNumber(encrypted: string): string;
  /** Equal numbers give equal indexes, so duplicates are found without decrypting. */
  idNumberIndex(idNumber: string): string;
}

const KEY_BYTES = 32;
const IV_BYTES = 12;
const POOL_BYTES = 8192;

/** Reads the keys of the folder, making what is missing. Anything others could read is refused. */
export function openKeyring(folder: string): Keyring {
  refuseLooseFolder(folder);
  return keyringOf({
    master: readOrCreateKey(folder, 'master.key'),
    rowMac: readOrCreateKey(folder, 'row-mac.key'),
    idNumber: readOrCreateKey(folder, 'id-number.key'),
  });
}

interface Secrets {
  master: Buffer;
  rowMac: Buffer;
  idNumber: Buffer;
}

export function keyringOf({ master, rowMac, idNumber }: Secrets): Keyring {
  const idCipher = derive(idNumber, 'id-number/encrypt');
  const idIndex = derive(idNumber, 'id-number/index');
  return {
    newSubjectKey() {
      const key = Buffer.from(randomPart(KEY_BYTES));
      return { key, wrapped: seal(master, 'subject-key', key) };
    },
    unwrapSubjectKey: (wrapped) => unseal(master, 'subject-key', wrapped),
    commitment: (key, value) => `hmac-sha256:${hmac(key, canonicalJson(value))}`,
    rowMac: (table, row) => `hmac-sha256:${hmac(rowMac, canonicalJson([table, { ...withNulls(row), mac: null }]))}`,
    encryptIdNumber: (number) => seal(idCipher, 'id-number', Buffer.from(number.toUpperCase(), 'utf8')),
    decryptIdNumber: (encrypted) => unseal(idCipher, 'id-number', encrypted).toString('utf8'),
    idNumberIndex: (number) => hmac(idIndex, number.toUpperCase()),
  };
}

let pool = Buffer.alloc(0);

/** An import makes keys by the ten thousand: one call of the generator serves hundreds of them. No byte is given twice. */
function randomPart(bytes: number): Buffer {
  if (pool.length < bytes) pool = randomBytes(POOL_BYTES);
  const part = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return part;
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), purpose, KEY_BYTES));
}

function hmac(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('hex');
}

function withNulls(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, value ?? null]));
}

/** AES-256-GCM as `v1.<iv>.<ciphertext and tag>`; the purpose is authenticated, so one kind cannot pass for another. */
function seal(key: Buffer, purpose: string, plain: Buffer): string {
  const iv = randomPart(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return `v1.${iv.toString('base64url')}.${sealed.toString('base64url')}`;
}

function unseal(key: Buffer, purpose: string, text: string): Buffer {
  const [version, iv, body] = text.split('.');
  const sealed = Buffer.from(body ?? '', 'base64url');
  if (version !== 'v1' || iv === undefined || sealed.length < 16) throw new StartupFault('key_damaged', purpose);
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}
