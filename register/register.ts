import type { Database } from '../db/open.ts';
import type { Certificate } from '../schemas/certificate.ts';
import type { DraftRunner } from '../rules/drafts.ts';
import type { IdKind } from '../schemas/ids.ts';
import type { CertificateSignature, Signer } from '../schemas/signer.ts';
import type { Clock } from '../schemas/time.ts';

/** How a name is read aloud and ordered; made on the server, correctable by staff. */
export interface NameReading {
  pinyin: string;
  initials: string;
  sort: string;
}

/** argon2id or scrypt, as PHC strings; at most two hashes are computed at once. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  verify(phc: string, password: string): Promise<boolean>;
}

/** What is drawn and filed on disk: rendered documents are kept by their hash. */
export interface Documents {
  /** Characters no font of ours can draw; empty when the text can be printed whole. */
  missingGlyphs(text: string): string[];
  renderCertificate(input: { payload: Certificate; signature: CertificateSignature }): Promise<Uint8Array>;
  store(bytes: Uint8Array): Promise<{ hash: string }>;
  load(hash: string): Promise<Uint8Array>;
}

/** Everything a command or read needs, handed in by `bin/`. */
export interface Register {
  db: Database;
  newId(kind: IdKind): string;
  /** 16 bytes from a cryptographic generator. */
  randomBytes(count: number): Uint8Array;
  /** Sign-in, outbox, jobs, idempotency, audit. All that is legal reads the college's clock instead. */
  systemClock: Clock;
  signer: Signer;
  documents: Documents;
  /** Where documents that nobody has approved are read, tried and analysed. */
  drafts: DraftRunner;
  passwords: PasswordHasher;
  readName(name: string): NameReading;
}
