import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectRoot, Stop } from './host.mjs';
import type { SystemOptions } from './system-options.ts';

export const NAMESPACE = process.env.TEMPORAL_NAMESPACE || 'dualcert';
/** What Linux and macOS both take for a Unix socket's path, with a little to spare. */
const LONGEST_SOCKET_PATH = 100;

/** The folders of a data folder that the supervisor keeps; the rest belongs to the children. */
export interface Places {
  run: string;
  logs: string;
  tmp: string;
  temporal: string;
}

export function makePlaces(dataDir: string): Places {
  const places = { run: 'run', logs: 'logs', tmp: 'tmp', temporal: 'temporal' } satisfies Places;
  rmSync(join(dataDir, places.tmp), { recursive: true, force: true }); // what a killed child has left
  const made = Object.entries(places).map(([key, name]) => {
    const path = join(dataDir, name);
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return [key, path];
  });
  return Object.fromEntries(made) as Places;
}

export interface ChildSettings extends SystemOptions {
  publicUrl: string;
  temporalAddress: string;
}

/** What every child and every command beside them is given. */
export function childEnv(settings: ChildSettings, places: Places): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(inherited),
    ...settings.env,
    DATA_DIR: settings.dataDir,
    PORT: String(settings.port),
    PUBLIC_URL: settings.publicUrl,
    TEMPORAL_ADDRESS: settings.temporalAddress,
    TEMPORAL_NAMESPACE: NAMESPACE,
    SIGNER_SOCKET: socketPath(join(places.run, 'signer.sock')),
    TMPDIR: places.tmp,
    ...(settings.databaseUrl && { DATABASE_URL: settings.databaseUrl }),
  };
}

/** A Unix socket's path is short by law of the kernel; the children run in the project folder, so a relative one may do. */
function socketPath(path: string): string {
  if (Buffer.byteLength(path) <= LONGEST_SOCKET_PATH) return path;
  const near = relative(projectRoot, path);
  if (Buffer.byteLength(near) <= LONGEST_SOCKET_PATH) return near;
  throw new Stop(
    `数据目录的路径过长，无法建立本机套接字：${path}。请用 DATA_DIR 指定路径较短的目录。`,
    `The data folder's path is too long for a local socket: ${path}. Name a folder with a shorter path in DATA_DIR.`,
  );
}
