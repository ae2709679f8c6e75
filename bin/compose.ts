import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { openKeyring } from '../db/keys.ts';
import { demandMigrated } from '../db/migrate.ts';
import { openDatabase } from '../db/open.ts';
import type { Database } from '../db/open.ts';
import { renderCertificate } from '../documents/pdf/certificate.ts';
import { missingGlyphs } from '../documents/pdf/fonts.ts';
import type { Register } from '../register/register.ts';
import { base32, idPrefixes, uuidV7Bytes } from '../schemas/ids.ts';
import type { IdKind } from '../schemas/ids.ts';
import type { Signer } from '../schemas/signer.ts';
import type { Clock } from '../schemas/time.ts';
import { createDraftRunner } from './lib/draft-runner.ts';
import { documentStore } from './lib/document-store.ts';
import { readName } from './lib/name-reading.ts';
import { createPasswordHasher } from './lib/password-hasher.ts';
import { connectSigner } from './lib/signer-client.ts';

export interface Composition {
  register: Register;
  close(): Promise<void>;
}

export const systemClock: Clock = { now: () => new Date().toISOString() };

export const dataDirOf = (env: NodeJS.ProcessEnv): string => resolve(env.DATA_DIR ?? 'data');
export const publicUrlOf = (env: NodeJS.ProcessEnv): string =>
  env.PUBLIC_URL ?? `http://127.0.0.1:${env.PORT ?? '3000'}`;
export const signerSocketOf = (env: NodeJS.ProcessEnv): string =>
  env.SIGNER_SOCKET ?? join(dataDirOf(env), 'run', 'signer.sock');

/** The register of this deployment with all its ports, as the environment says (`DATA_DIR`, `DATABASE_URL`, `PUBLIC_URL`, `SIGNER_SOCKET`). */
export async function openRegister(env: NodeJS.ProcessEnv, process: string): Promise<Composition> {
  const dataDir = dataDirOf(env);
  const keys = openKeyring(join(dataDir, 'keys'));
  const place = env.DATABASE_URL ? { url: env.DATABASE_URL } : { dataDir };
  const db = await openDatabase(place, { keys, clock: systemClock, process });
  await demandMigrated(db);
  const signer = connectSigner(signerSocketOf(env));
  const register = composeRegister({ db, signer, dataDir, publicUrl: publicUrlOf(env) });
  const close = async (): Promise<void> => {
    signer.close();
    await register.drafts.close();
    await db.close();
  };
  return { register, close };
}

interface Parts {
  db: Database;
  signer: Signer;
  dataDir: string;
  publicUrl: string;
}

export function composeRegister({ db, signer, dataDir, publicUrl }: Parts): Register {
  return {
    db,
    newId,
    randomBytes,
    systemClock: db.clock,
    signer,
    documents: {
      missingGlyphs,
      renderCertificate: ({ payload, signature }) =>
        renderCertificate({ payload, signature, publicUrl, college: { example: payload.example === true } }),
      ...documentStore(join(dataDir, 'documents')),
    },
    drafts: createDraftRunner(),
    passwords: createPasswordHasher(),
    readName,
  };
}

const POOL_BYTES = 8192;
const ID_BYTES = 10;
let pool = Buffer.alloc(0);

/** Ids come by the ten thousand in an import: one call of the generator serves hundreds of them. */
export function newId(kind: IdKind): string {
  if (pool.length < ID_BYTES) pool = randomBytes(POOL_BYTES);
  const random = pool.subarray(0, ID_BYTES);
  pool = pool.subarray(ID_BYTES);
  return `${idPrefixes[kind]}_${base32(uuidV7Bytes(Date.now(), random))}`;
}
