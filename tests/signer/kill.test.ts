import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aSkillCertificate } from '../support/certificates.ts';
import { aDataDir, bundleSigner, dropBundle, startProcess } from './process.ts';

const KILLS = 20;
const SEED = Number(process.env.SEED ?? 20260630);

let entry: string;
const dataDir = aDataDir();
beforeAll(async () => {
  entry = await bundleSigner();
});
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
  dropBundle();
});

/** mulberry32: the same kills for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test(`killed ${KILLS} times while signing, it loses no acknowledged signature and signs nothing twice (seed ${SEED})`, async () => {
  const next = random(SEED);
  const acknowledged = new Map<number, string>();
  let asked = 0;
  for (let round = 0; round < KILLS; round += 1) {
    const signer = await startProcess(entry, dataDir);
    const killAt = pause(next() * 60).then(() => signer.kill());
    for (let alive = true; alive; asked += 1) {
      const n = asked + 1;
      const signed = await signer.client.sign(aSkillCertificate(n)).catch(() => null);
      if (signed) acknowledged.set(n, signed.signature);
      alive = signed !== null;
    }
    await killAt;
  }

  const signer = await startProcess(entry, dataDir);
  for (let n = 1; n <= asked; n += 1) {
    const { signature } = await signer.client.sign(aSkillCertificate(n));
    expect(signature, `certificate ${n}`).toBe(acknowledged.get(n) ?? signature);
  }
  const ledger = await signer.client.ledger();
  const keys = await signer.client.publicKeys();
  await signer.stop();

  expect(acknowledged.size).toBeGreaterThan(KILLS);
  expect(ledger).toMatchObject({ entries: asked, signatures: asked, alarms: 0 });
  expect(keys).toHaveLength(1);
}, 120_000);

test('killed at any moment of its first start, it starts with one key and an empty ledger the next time', async () => {
  const next = random(SEED + 1);
  const fresh = aDataDir();
  for (let round = 0; round < 8; round += 1) {
    const starting = startProcess(entry, fresh, { killAfter: next() * 400 }).catch(() => null);
    await (await starting)?.kill();
  }
  const signer = await startProcess(entry, fresh);
  const keys = await signer.client.publicKeys();
  const ledger = await signer.client.ledger();
  await signer.stop();
  rmSync(fresh, { recursive: true });

  expect(keys).toHaveLength(1);
  expect(ledger).toMatchObject({ entries: 0, alarms: 0 });
}, 60_000);
