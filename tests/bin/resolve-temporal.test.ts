import { execFileSync, spawnSync } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';
import { resolveTemporalCli } from '../../bin/lib/resolve-temporal.mjs';
import { devServerExecutable, testServerExecutable } from '../support/temporal-binaries.ts';

const named = process.env.TEMPORAL_CLI_PATH;

afterEach(() => {
  if (named === undefined) delete process.env.TEMPORAL_CLI_PATH;
  else process.env.TEMPORAL_CLI_PATH = named;
});

test('the command line that is found runs and names its server', async () => {
  const cli = await resolveTemporalCli();

  expect(execFileSync(cli.path, ['--version'], { encoding: 'utf8' })).toContain(cli.version);
  expect(cli.serverVersion).toMatch(/^\d+\.\d+\.\d+$/);
  expect(await devServerExecutable()).toEqual({ type: 'existing-path', path: cli.path });
});

test('the variable goes before everything else, and a wrong one is refused, not passed over', async () => {
  const { path } = await resolveTemporalCli();
  process.env.TEMPORAL_CLI_PATH = path;
  expect((await resolveTemporalCli()).path).toBe(path);

  process.env.TEMPORAL_CLI_PATH = '/nowhere/temporal';
  await expect(resolveTemporalCli()).rejects.toThrow('TEMPORAL_CLI_PATH names /nowhere/temporal, which does not run');
});

test('the time-skipping server is obtained in the same way', async () => {
  const { type, path } = await testServerExecutable();

  expect(type).toBe('existing-path');
  expect(spawnSync(path, { encoding: 'utf8' }).stderr).toContain('enable-time-skipping');
});
