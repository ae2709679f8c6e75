import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectSigner } from '../../bin/lib/signer-client.ts';
import { signerRecord } from '../../bin/lib/signer-record.ts';
import { aDataDir, bundleSigner, dropBundle, socketIn, startProcess } from '../signer/process.ts';
import { aDiploma, aSkillCertificate } from '../support/certificates.ts';

let entry: string;
const dataDir = aDataDir();

beforeAll(async () => {
  entry = await bundleSigner();
});
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
  dropBundle();
});

const places = { keysFolder: join(dataDir, 'keys', 'signer'), ledgerFile: join(dataDir, 'signer', 'ledger.db') };

test('the ledger reads the same from the running signer and from its file, also after a kill', async () => {
  const nobody = connectSigner(socketIn(dataDir));
  expect(await signerRecord(nobody, places)).toBeNull();
  const signer = await startProcess(entry, dataDir);
  for (const payload of [aDiploma(1), aSkillCertificate(2)]) await signer.client.sign(payload);
  const running = await signerRecord(signer.client, places);
  await signer.kill();
  const stopped = await signerRecord(nobody, places);
  nobody.close();
  expect(running?.entries).toHaveLength(2);
  expect(running?.keys).toHaveLength(1);
  expect(stopped).toEqual({ ...running, readAt: stopped?.readAt });
});
