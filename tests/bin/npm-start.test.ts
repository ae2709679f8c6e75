import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../bin/lib/host.mjs';
import { processMark } from '../../bin/lib/lock.mjs';
import { freePort } from '../../bin/lib/ports.ts';

/** One `npm start` after another on the same data folder, as a person would have it. */
let dataDir: string;
let port: number;
let supervisor: ChildProcess;
let output: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'dualcert-start-'));
  port = await freePort();
});

afterAll(async () => {
  supervisor?.kill('SIGTERM');
  await exit();
  rmSync(dataDir, { recursive: true, force: true });
});

function start(): void {
  const env = { ...process.env, DATA_DIR: dataDir, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` };
  supervisor = spawn(process.execPath, ['bin/start.mjs'], { cwd: projectRoot, env });
  output = '';
  supervisor.stdout?.on('data', (text) => (output += text));
  supervisor.stderr?.on('data', (text) => (output += text));
}

async function says(text: string): Promise<void> {
  while (!output.includes(text)) {
    if (supervisor.exitCode !== null) throw new Error(output);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function exit(): Promise<number | null> {
  if (supervisor.exitCode !== null || supervisor.signalCode !== null) return Promise.resolve(supervisor.exitCode);
  return new Promise((resolve) => supervisor.once('exit', resolve));
}

function children(): { name: string; pid: number }[] {
  return JSON.parse(readFileSync(join(dataDir, 'run/children.json'), 'utf8')) as { name: string; pid: number }[];
}

const alive = ({ pid }: { pid: number }) => processMark(pid) !== null;

test('a first start brings up every process and names the address and an account of each role', {
  timeout: 300_000,
}, async () => {
  start();
  await says('双证已启动');

  expect(output).toContain(`http://127.0.0.1:${port}`);
  expect(output).toContain(readFileSync(join(dataDir, 'demo-accounts.txt'), 'utf8').trim());
  expect(children().map(({ name }) => name)).toEqual(expect.arrayContaining(['temporal', 'signer', 'api', 'worker']));
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
});

test('a second one on the same port says so and ends with 1', { timeout: 60_000 }, async () => {
  const env = { ...process.env, DATA_DIR: join(dataDir, 'other'), PORT: String(port) };
  const second = spawn(process.execPath, ['bin/start.mjs'], { cwd: projectRoot, env });
  let said = '';
  second.stderr.on('data', (text) => (said += text));

  expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(1);
  expect(said).toContain(`端口 ${port} 已被占用`);
  expect(said).not.toContain('    at ');
});

test('a child that dies is started again, and it is said', { timeout: 60_000 }, async () => {
  const worker = children().find(({ name }) => name === 'worker');
  process.kill(worker?.pid ?? 0, 'SIGKILL');
  await says('worker is back');
});

test('Ctrl-C ends every child', { timeout: 60_000 }, async () => {
  const before = children();
  supervisor.kill('SIGINT');

  expect(await exit()).toBe(0);
  expect(before.filter(alive)).toEqual([]);
});

test('a second start is ready within 15 seconds', { timeout: 60_000 }, async () => {
  const since = performance.now();
  start();
  await says('双证已启动');

  expect((performance.now() - since) / 1000).toBeLessThan(15);
});

test('a supervisor that was killed is cleared up after by the next one', { timeout: 60_000 }, async () => {
  const before = children();
  supervisor.kill('SIGKILL');
  await exit();
  expect(before.some(alive)).toBe(true);

  start();
  await says('双证已启动');

  expect(output).toContain('ended what was left running');
  expect(before.filter(alive)).toEqual([]);
});
