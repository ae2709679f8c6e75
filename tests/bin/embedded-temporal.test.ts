import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { answers } from '../../bin/lib/ports.ts';
import { startSystem } from '../../bin/lib/system.ts';
import type { System } from '../../bin/lib/system.ts';

const fake = (name: string) => fileURLToPath(new URL(`./fakes/${name}.mjs`, import.meta.url));

let dataDir: string;
let system: System | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'dualcert-temporal-'));
});

afterEach(async () => {
  await system?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<System> {
  const step = fake('step');
  const scripts = {
    migrate: fake('nothing'),
    rebuild: step,
    signer: fake('serves'),
    api: fake('listens'),
    worker: fake('serves'),
  };
  system = await startSystem({ dataDir, port: 0, seed: false, scripts, say: () => {} });
  return system;
}

const rebuilds = () => {
  const file = join(dataDir, 'steps.txt');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
};

test('the embedded server keeps its file and its port over a restart, and a lost file brings a rebuild', async () => {
  const first = await start();
  expect(await answers(first.temporalAddress)).toBe(true);
  expect(first.temporalFile).toMatch(/temporal-\d+\.\d+\.\d+\.db$/);
  expect(rebuilds()).toBe(1);

  await first.stop();
  expect(await answers(first.temporalAddress)).toBe(false);
  const second = await start();
  expect(second.temporalAddress).toBe(first.temporalAddress);
  expect(rebuilds()).toBe(1);

  await second.stopChild('temporal');
  for (const tail of ['', '-wal', '-shm']) rmSync(`${second.temporalFile}${tail}`, { force: true });
  await second.startChild('temporal');
  expect(rebuilds()).toBe(2);
});
