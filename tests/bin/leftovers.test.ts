import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endLeftovers, noteChildren } from '../../bin/lib/leftovers.ts';
import { processMark, tryLock } from '../../bin/lib/lock.mjs';

const serves = fileURLToPath(new URL('./fakes/serves.mjs', import.meta.url));
let folder: string;
let file: string;
let child: ChildProcess;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dualcert-leftovers-'));
  file = join(folder, 'children.json');
  child = spawn(process.execPath, [serves], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, DATA_DIR: folder },
  });
});

afterEach(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('children of a supervisor that was killed are ended by the next one', async () => {
  noteChildren(file, [{ name: 'worker', pid: child.pid }]);

  expect(await endLeftovers(file)).toEqual(['worker']);
  expect(processMark(child.pid ?? 0)).toBeNull();
  expect(await endLeftovers(file)).toEqual([]);
});

test('a stranger that has been given the same pid is left alone', async () => {
  writeFileSync(file, JSON.stringify([{ name: 'worker', pid: child.pid, mark: '1' }]));

  expect(await endLeftovers(file)).toEqual([]);
  expect(processMark(child.pid ?? 0)).not.toBeNull();
});

test('a lock is held while its owner lives and is taken over when it is gone', () => {
  const lock = join(folder, 'some.lock');
  const mine = tryLock(lock);
  expect(tryLock(lock)).toEqual({ heldBy: process.pid });
  if ('release' in mine) mine.release();

  writeFileSync(lock, JSON.stringify({ pid: process.pid, mark: 'of an earlier process' }));
  expect(tryLock(lock)).toHaveProperty('release');
});
