import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureBuild } from '../../bin/lib/ensure-build.mjs';
import { exec } from '../../bin/lib/host.mjs';
import { processMark } from '../../bin/lib/lock.mjs';
import { freePort } from '../../bin/lib/ports.ts';
import { startSystem } from '../../bin/lib/system.ts';
import type { System } from '../../bin/lib/system.ts';
import type { SystemOptions } from '../../bin/lib/system-options.ts';

const fake = (name: string) => fileURLToPath(new URL(`./fakes/${name}.mjs`, import.meta.url));
const scripts = {
  migrate: fake('step'),
  seed: fake('step'),
  rebuild: fake('step'),
  signer: fake('serves'),
  api: fake('listens'),
  worker: fake('serves'),
};

let dataDir: string;
let temporal: Server;
let temporalAddress: string;
let running: System[];
let said: string[];

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dualcert-system-'));
  running = [];
  said = [];
  temporal = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => temporal.listen(0, '127.0.0.1', resolve));
  temporalAddress = `127.0.0.1:${(temporal.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const system of running) await system.stop();
  await new Promise((resolve) => temporal.close(resolve));
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(options: Partial<SystemOptions> = {}): Promise<System> {
  const say = (_zh: string, en: string) => void said.push(en);
  const system = await startSystem({ dataDir, port: 0, seed: true, temporalAddress, scripts, say, ...options });
  running.push(system);
  return system;
}

const pids = (system: System) => [...system.children.values()].map((child) => child.pid ?? 0);
const alive = (pid: number) => processMark(pid) !== null;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('everything is started in turn and all of it ends on stop', async () => {
  const system = await start();
  const children = pids(system);

  expect([...system.children.keys()]).toEqual(['signer', 'api', 'worker']);
  expect(children.every(alive)).toBe(true);
  expect(readFileSync(join(dataDir, 'steps.txt'), 'utf8').trim().split('\n')).toHaveLength(2);
  const health = await fetch(`http://127.0.0.1:${system.port}/healthz`);
  expect(await health.text()).toBe(join(dataDir, 'run/signer.sock'));

  await system.stop();

  expect(children.some(alive)).toBe(false);
  expect(existsSync(join(dataDir, 'run/supervisor.lock'))).toBe(false);
});

test('a child that is killed is started again, and it is said', async () => {
  const system = await start();
  const before = system.children.get('worker')?.pid;

  system.kill('worker');
  await until(() => system.children.get('worker')?.pid !== before);
  await until(() => said.some((line) => line.includes('worker is back')));

  expect(said[0]).toContain('worker ended (SIGKILL)');
  expect(system.children.get('worker')?.restarts).toBe(1);
});

test('a child that is stopped stays stopped until it is started', async () => {
  const system = await start();

  await system.stopChild('worker');
  expect(system.children.get('worker')?.pid).toBeUndefined();
  await system.startChild('worker');

  expect(system.children.get('worker')?.isReady).toBe(true);
  expect(said).toEqual([]);
});

test('a port in use is refused in one sentence that names another port', async () => {
  const port = Number(temporalAddress.split(':')[1]);
  await new Promise<void>((resolve) => temporal.close(() => temporal.listen(port, resolve)));

  await expect(start({ port })).rejects.toThrow(`PORT=${port + 1} npm start`);
});

test('a second supervisor on the same data folder is refused', async () => {
  await start();

  await expect(start()).rejects.toThrow(`in use by process ${process.pid}`);
});

test('a data folder from a newer version is refused with the sentence of migrate', async () => {
  await expect(start({ scripts: { ...scripts, migrate: fake('newer-data') } })).rejects.toThrow(
    'newer version: upgrade',
  );
  expect(existsSync(join(dataDir, 'run/supervisor.lock'))).toBe(false);
});

test('a Temporal address at which nothing answers is refused', async () => {
  const nowhere = `127.0.0.1:${await freePort()}`;

  await expect(start({ temporalAddress: nowhere })).rejects.toThrow(`Nothing answers at ${nowhere}`);
});

test('a child that cannot start ends the start, shows its last lines and leaves nothing running', async () => {
  const failing = start({ scripts: { ...scripts, worker: fake('fails') } });

  await expect(failing).rejects.toThrow(/worker could not be started \(exit 7\)/);
  await expect(failing).rejects.toThrow('the key file cannot be read');
  expect(existsSync(join(dataDir, 'run/children.json'))).toBe(false);
});

test('a start that is given up leaves nothing running', async () => {
  const abort = new AbortController();
  const starting = start({ abort: abort.signal, scripts: { ...scripts, api: fake('step') } });
  abort.abort();

  await expect(starting).rejects.toThrow('given up');
});

test('a data folder with a path too long for a socket is refused', async () => {
  const deep = join(dataDir, 'x'.repeat(90));

  await expect(start({ dataDir: deep })).rejects.toThrow('too long for a local socket');
});

test('a program that ends without stopping the system takes it along', { timeout: 120_000 }, async () => {
  await ensureBuild({ withConsole: false });
  const args = [fake('starts-and-exits'), dataDir, temporalAddress];
  const { output } = await exec(process.execPath, args);
  const left = JSON.parse(output) as { pid: number }[];

  expect(left).toHaveLength(3);
  await until(() => !left.some(({ pid }) => alive(pid)));
});
