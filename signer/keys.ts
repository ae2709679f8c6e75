import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SignerKey } from '../schemas/signer.ts';
import { privateFolder, refuseLooseMode, writeOnce } from './files.ts';

export interface SigningKeys {
  publicKeys: SignerKey[];
  kid: string;
  sign(bytes: Uint8Array): string;
}

interface KeyFile extends SignerKey {
  format: 'signer-key/1';
  /** PKCS#8 in PEM, encrypted under the passphrase. */
  privateKey: string;
}

interface KeyOptions {
  folder: string;
  /** Where the passphrase lies; beside the keys it guards only against a copied key file, elsewhere against a copied disk. */
  passphraseFile: string;
  now: () => Date;
  /** A ledger that has signed before must find its key again: making a new one would hide the loss. */
  mayCreate: boolean;
}

const KEY_FILE = /^[\w-]{43}\.key$/;

/** Every key ever used stays in the folder; the newest one signs. */
export function openKeys({ folder, passphraseFile, now, mayCreate }: KeyOptions): SigningKeys {
  privateFolder(folder);
  const passphrase = readPassphrase(passphraseFile);
  if (!keyNames(folder).length) {
    if (!mayCreate)
      throw new Error(
        `${folder}: 签名密钥丢失而台账非空，请从备份恢复。The signing key is gone but the ledger is not empty: restore it.`,
      );
    createKey(folder, passphrase, now());
  }
  const files = keyNames(folder).map((name) => readKey(join(folder, name)));
  files.sort((a, b) => (a.notBefore < b.notBefore ? -1 : 1));
  const newest = files.at(-1)!;
  const privateKey = createPrivateKey({ key: newest.privateKey, passphrase });
  if (thumbprint(publicBytes(privateKey)) !== newest.kid) throw new Error(`${newest.kid}: key file altered`);
  return {
    publicKeys: files.map(({ kid, alg, x, notBefore }) => ({ kid, alg, x, notBefore })),
    kid: newest.kid,
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64url'),
  };
}

export function hasKeys(folder: string): boolean {
  return existsSync(folder) && keyNames(folder).length > 0;
}

const keyNames = (folder: string): string[] => readdirSync(folder).filter((name) => KEY_FILE.test(name));

function readPassphrase(path: string): string {
  if (!existsSync(path)) writeOnce(path, randomBytes(32).toString('base64url'));
  refuseLooseMode(path);
  return readFileSync(path, 'utf8').trim();
}

function createKey(folder: string, passphrase: string, now: Date): void {
  const { privateKey } = generateKeyPairSync('ed25519');
  const x = publicBytes(privateKey);
  const file: KeyFile = {
    format: 'signer-key/1',
    kid: thumbprint(x),
    alg: 'Ed25519',
    x,
    notBefore: now.toISOString(),
    privateKey: String(privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })),
  };
  writeOnce(join(folder, `${file.kid}.key`), `${JSON.stringify(file, null, 2)}\n`);
}

function readKey(path: string): KeyFile {
  refuseLooseMode(path);
  const file: KeyFile = JSON.parse(readFileSync(path, 'utf8'));
  if (file.format !== 'signer-key/1' || thumbprint(file.x) !== file.kid) throw new Error(`${path}: not a signer-key/1`);
  return file;
}

const publicBytes = (key: KeyObject): string => String(createPublicKey(key).export({ format: 'jwk' }).x);

/** RFC 7638: SHA-256 over the required members in order. */
function thumbprint(x: string): string {
  return createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url');
}
