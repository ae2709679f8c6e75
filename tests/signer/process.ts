import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { connectSigner } from '../../bin/lib/signer-client.ts';
import type { SignerClient } from '../../bin/lib/signer-client.ts';

const folder = join('.cache', 'tests', `signer-${process.pid}`);

/** The real entry as one file: this Node cannot run TypeScript, and the child must be the real process. */
export async function bundleSigner(): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'bin/signer.ts', outDir: folder, emptyOutDir: true, minify: false, target: 'node20' },
  });
  return join(folder, 'signer.js');
}

export const dropBundle = (): void => rmSync(folder, { recursive: true, force: true });

export interface SignerProcess {
  child: ChildProcess;
  client: SignerClient;
  kill(): Promise<void>;
  stop(): Promise<number | null>;
}

export const aDataDir = (): string => mkdtempSync(join(tmpdir(), 'signer-'));
export const socketIn = (dataDir: string): string => join(dataDir, 'run', 'signer.sock');

export async function startProcess(
  entry: string,
  dataDir: string,
  { killAfter }: { killAfter?: number } = {},
): Promise<SignerProcess> {
  const child = spawn(process.execPath, [entry], {
    env: { PATH: process.env.PATH ?? '', DATA_DIR: dataDir, SIGNER_SOCKET: socketIn(dataDir) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += String(chunk)));
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve());
    child.once('exit', () => reject(new Error(errors.trim())));
  });
  await ready;
  const client = connectSigner(socketIn(dataDir));
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    await exited;
    client.close();
    return child.exitCode;
  };
  return { child, client, kill: async () => void (await end('SIGKILL')), stop: () => end('SIGTERM') };
}
