import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { migrations } from '../../db/migrations/index.ts';
import { openDatabase } from '../../db/open.ts';
import { testClock, testKeys } from '../support/databases.ts';

let dataDir: string;
let exitBefore: typeof process.exitCode;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'dualcert-migrate-'));
  vi.stubEnv('DATA_DIR', dataDir);
  vi.stubEnv('DATABASE_URL', '');
  exitBefore = process.exitCode;
});

afterEach(() => {
  process.exitCode = exitBefore;
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  rmSync(dataDir, { recursive: true, force: true });
});

interface Outcome {
  out: string;
  err: string;
  code: typeof process.exitCode;
}

async function runMigrate(): Promise<Outcome> {
  const said = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((said.out += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said.err += String(text))));
  process.exitCode = 0;
  vi.resetModules();
  await import('../../bin/migrate.ts');
  return { ...said, code: process.exitCode };
}

test('a new data folder is migrated, a second run finds nothing to do', async () => {
  expect(await runMigrate()).toEqual({
    out: `${JSON.stringify({ migrated: migrations.map((step) => step.name) })}\n`,
    err: '',
    code: 0,
  });
  expect((await runMigrate()).out).toBe('{"migrated":[]}\n');
});

test('a data folder of a newer version is refused in both languages with exit code 3', async () => {
  await runMigrate();
  const db = await openDatabase({ dataDir }, { keys: testKeys(), clock: testClock() });
  await db.writer('schema_migrations').insert({ name: '999-from-the-future', ran_at: '2030-01-01' });
  await db.close();
  const { code, err } = await runMigrate();
  expect(code).toBe(3);
  expect(err.split('\n')).toEqual([
    expect.stringContaining('请升级程序'),
    expect.stringContaining('upgrade the program'),
    '',
  ]);
});
