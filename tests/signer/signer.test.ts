import { createPublicKey, verify } from 'node:crypto';
import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import sqlite3 from 'sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canonicalPayload } from '../../documents/payload/certificate.ts';
import type { Certificate } from '../../schemas/certificate.ts';
import type { CertificateSignature, SignerKey } from '../../schemas/signer.ts';
import { aDiploma, aSkillCertificate, idOf } from '../support/certificates.ts';
import { aDataDir, bundleSigner, dropBundle, socketIn, startProcess } from './process.ts';
import type { SignerProcess } from './process.ts';

let entry: string;
const folders: string[] = [];
const running: SignerProcess[] = [];

beforeAll(async () => {
  entry = await bundleSigner();
});
afterAll(async () => {
  for (const signer of running) if (signer.child.exitCode === null && !signer.child.killed) await signer.kill();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  dropBundle();
});

function aFolder(): string {
  const folder = aDataDir();
  folders.push(folder);
  return folder;
}

async function aSigner(dataDir = aFolder()) {
  const signer = await startProcess(entry, dataDir);
  running.push(signer);
  return { ...signer, dataDir };
}

function isGenuine(payload: Certificate, { signature }: CertificateSignature, key: SignerKey): boolean {
  const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.x }, format: 'jwk' });
  return verify(null, canonicalPayload(payload), publicKey, Buffer.from(signature, 'base64url'));
}

/** One raw line to the socket and the first line back. */
function askRaw(dataDir: string, line: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = createConnection(socketIn(dataDir), () => socket.write(line));
    socket.on('error', () => resolve('closed'));
    socket.on('close', () => resolve('closed'));
    socket.on('data', (chunk) => {
      resolve(String(chunk));
      socket.destroy();
    });
  });
}

test('a signature verifies with the published key and with no other certificate', async () => {
  const { client } = await aSigner();
  const certificate = aDiploma(1);

  const signed = await client.sign(certificate);
  const [key] = await client.publicKeys();

  expect(signed.kid).toBe(key!.kid);
  expect(isGenuine(certificate, signed, key!)).toBe(true);
  expect(isGenuine(aDiploma(1, { holder: { name: '张炜' } }), signed, key!)).toBe(false);
});

test('the same certificate again gets the stored signature, with properties in any order', async () => {
  const { client } = await aSigner();
  const certificate = aSkillCertificate(1);
  const first = await client.sign(certificate);
  const shuffled = Object.fromEntries(Object.entries(certificate).reverse()) as Certificate;

  expect(await client.sign(shuffled)).toEqual(first);
  expect(await client.ledger()).toMatchObject({ entries: 1, signatures: 1, alarms: 0, lastHour: 1, hourlyLimit: 2000 });
});

test.each<[string, Certificate, string[]]>([
  ['a number', aSkillCertificate(1, { holder: { name: '李四' } }), ['number']],
  ['a decision', aSkillCertificate(2, { decisionId: aSkillCertificate(1).decisionId }), ['decision_id']],
  ['a place in the status list', aSkillCertificate(2, { statusIndex: 1001 }), ['status_index']],
  ['a place in the series', aDiploma(1, { decisionId: idOf('dec', 'another') }), ['serial']],
])('%s already bound to another certificate is refused and leaves an alarm', async (_what, second, shared) => {
  const { client } = await aSigner();
  await client.sign(aSkillCertificate(1));

  const refusal = client.sign(second);

  await expect(refusal).rejects.toMatchObject({
    code: 'signer_refused',
    errors: [{ code: 'bound_to_another_payload' }],
  });
  const problem = await refusal.catch((error: { errors: { detail: { shared: string[] } }[] }) => error);
  expect((problem as { errors: { detail: { shared: string[] } }[] }).errors[0]!.detail.shared).toEqual(
    expect.arrayContaining(shared),
  );
  expect(await client.ledger()).toMatchObject({ entries: 1, signatures: 1, alarms: 1 });
});

test('what is not a certificate/1 is never signed: faults come back with their pointers', async () => {
  const { dataDir, client } = await aSigner();
  const bent = { ...aDiploma(1), studyTo: '2020-01-01', surprise: true, holder: { name: 'a\u202Eb' } };
  const payloadHash = `sha256:${'0'.repeat(64)}`;

  const answer = await askRaw(dataDir, `${JSON.stringify({ id: 7, op: 'sign', payload: bent, payloadHash })}\n`);

  expect(JSON.parse(answer)).toMatchObject({ id: 7, ok: false, code: 'signer_refused' });
  const pointers = JSON.parse(answer).errors.map((fault: { pointer: string }) => fault.pointer);
  expect(pointers).toEqual(expect.arrayContaining(['/payload', '/payload/holder/name']));
  expect((await client.ledger()).entries).toBe(0);
});

test('a payload other than the caller believes is refused and leaves an alarm', async () => {
  const { dataDir, client } = await aSigner();
  const payloadHash = `sha256:${'0'.repeat(64)}`;

  const answer = await askRaw(dataDir, `${JSON.stringify({ id: 1, op: 'sign', payload: aDiploma(1), payloadHash })}\n`);

  expect(JSON.parse(answer)).toMatchObject({
    ok: false,
    code: 'signer_refused',
    errors: [{ code: 'payload_hash_mismatch' }],
  });
  expect(await client.ledger()).toMatchObject({ entries: 0, alarms: 1 });
});

test.each([
  ['no JSON', '{{{\n', 'not_json'],
  ['bytes to sign', `${JSON.stringify({ id: 1, op: 'signBytes', bytes: 'AAAA' })}\n`, 'signer_refused'],
  ['a flood', `${'x'.repeat(70_000)}`, 'closed'],
])('%s gets a refusal and the signer goes on', async (_what, line, answer) => {
  const { dataDir, client } = await aSigner();

  expect(await askRaw(dataDir, line)).toContain(answer);
  expect(await client.health()).toMatchObject({ entries: 0 });
});

test('two hundred certificates at once: one entry each, and the series ends where it should', async () => {
  const { client } = await aSigner();
  const certificates = Array.from({ length: 200 }, (_, i) => aSkillCertificate(i + 1));

  const signed = await Promise.all([...certificates, ...certificates].map((certificate) => client.sign(certificate)));

  expect(new Set(signed.map((each) => each.signature)).size).toBe(200);
  expect((await client.ledger()).series).toEqual([{ seriesId: idOf('ser', 'one series'), highest: 200, count: 200 }]);
  const page = await client.ledgerEntries(150);
  expect(page.map((each) => each.serial)).toEqual(Array.from({ length: 50 }, (_, i) => i + 151));
});

test('a signer that is not there is a problem that waits, and the same client finds it again after a restart', async () => {
  const first = await aSigner();
  const before = await first.client.sign(aDiploma(1));
  await first.kill();

  await expect(first.client.sign(aDiploma(1))).rejects.toMatchObject({ code: 'signer_unavailable' });
  await aSigner(first.dataDir);

  expect(await first.client.sign(aDiploma(1))).toEqual(before);
});

test('a second signer on the same ledger does not start', async () => {
  const { dataDir, client } = await aSigner();

  await expect(startProcess(entry, dataDir)).rejects.toThrow('Another signer is using this ledger');
  expect(await client.health()).toMatchObject({ entries: 0 });
});

test('keys, ledger and socket are open to their owner only, the key is encrypted, and a loose mode stops the start', async () => {
  const { dataDir, stop } = await aSigner();
  const folder = join(dataDir, 'keys', 'signer');
  const modes = readdirSync(folder).map((name) => (statSync(join(folder, name)).mode & 0o777).toString(8));
  expect(modes).toEqual(['400', '400']);
  expect((statSync(join(dataDir, 'signer', 'ledger.db')).mode & 0o077).toString(8)).toBe('0');
  expect((statSync(join(dataDir, 'run')).mode & 0o777).toString(8)).toBe('700');
  expect(await stop()).toBe(0);

  const key = readdirSync(folder).find((name) => name.endsWith('.key'))!;
  chmodSync(join(folder, key), 0o444);
  await expect(startProcess(entry, dataDir)).rejects.toThrow('Mode too loose');
});

test('a lost ledger or a lost key stops the start instead of beginning anew', async () => {
  const { dataDir, client, stop } = await aSigner();
  await client.sign(aDiploma(1));
  await stop();
  const keys = join(dataDir, 'keys', 'signer');

  const key = readdirSync(keys).find((name) => name.endsWith('.key'))!;
  rmSync(join(keys, key));
  await expect(startProcess(entry, dataDir)).rejects.toThrow('The signing key is gone');

  const other = await aSigner();
  await other.stop();
  rmSync(join(other.dataDir, 'signer'), { recursive: true });
  await expect(startProcess(entry, other.dataDir)).rejects.toThrow('The ledger is gone');
});

test('the ledger refuses update, delete and replacement even by hand', async () => {
  const { dataDir, client, stop } = await aSigner();
  await client.sign(aDiploma(1));
  await stop();
  const db = new sqlite3.Database(join(dataDir, 'signer', 'ledger.db'));
  const run = (sql: string): Promise<string> =>
    new Promise((resolve) => db.exec(sql, (error) => resolve(error?.message ?? 'done')));

  expect(await run(`UPDATE entries SET number = 'X'`)).toContain('append_only');
  expect(await run('DELETE FROM signatures')).toContain('append_only');
  expect(await run('PRAGMA recursive_triggers = 1; REPLACE INTO signatures SELECT * FROM signatures')).toContain(
    'append_only',
  );
  await new Promise((resolve) => db.close(resolve));
});
