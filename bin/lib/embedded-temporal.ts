import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exec } from './host.mjs';
import { freePort, isPortFree } from './ports.ts';
import type { TemporalCli } from './resolve-temporal.mjs';

const HOST = '127.0.0.1';
const WEEK_MS = 7 * 24 * 3_600_000;

export interface EmbeddedTemporal {
  address: string;
  /** Carries the server's version: the server never migrates its file. */
  file: string;
  command: string;
  args: readonly string[];
  probe(): Promise<boolean>;
}

export interface EmbeddedTemporalOptions {
  cli: TemporalCli;
  folder: string;
  namespace: string;
}

/** The real server in its dev mode, on the loopback, with a file that may be lost (rebuild makes it again). */
export async function embeddedTemporal({ cli, folder, namespace }: EmbeddedTemporalOptions): Promise<EmbeddedTemporal> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `temporal-${cli.serverVersion}.db`);
  discardOldFiles(folder, file);
  const { port, metricsPort } = await rememberedPorts(join(folder, 'ports.json'));
  const address = `${HOST}:${port}`;
  const flags = {
    '--ip': HOST,
    '--port': String(port),
    '--metrics-port': String(metricsPort),
    '--db-filename': file,
    '--namespace': namespace,
    '--log-level': 'warn',
  };
  const pragmas = ['journal_mode=WAL', 'synchronous=NORMAL'].flatMap((pragma) => ['--sqlite-pragma', pragma]);
  return {
    address,
    file,
    command: cli.path,
    args: ['server', 'start-dev', '--headless', ...Object.entries(flags).flat(), ...pragmas],
    probe: () => hasNamespace(cli.path, address, namespace),
  };
}

/** A listening port is not enough: the namespace is made a moment later. */
async function hasNamespace(cli: string, address: string, namespace: string): Promise<boolean> {
  const args = ['operator', 'namespace', 'describe', '--address', address, '--namespace', namespace];
  const { code } = await exec(cli, args, { timeoutMs: 5000 });
  return code === 0;
}

/** The same ports after a restart, so that a worker finds its server again; others only when they are taken. */
async function rememberedPorts(file: string): Promise<{ port: number; metricsPort: number }> {
  const known = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { port: number; metricsPort: number })
    : null;
  if (known && (await isPortFree(known.port)) && (await isPortFree(known.metricsPort))) return known;
  const ports = { port: await freePort(), metricsPort: await freePort() };
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

function discardOldFiles(folder: string, current: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const old =
      /^temporal-.*\.db/.test(name) && !path.startsWith(current) && Date.now() - statSync(path).mtimeMs > WEEK_MS;
    if (old) rmSync(path, { force: true });
  }
}
