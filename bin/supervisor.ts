import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { projectRoot, Stop, say } from './lib/host.mjs';
import { startSystem } from './lib/system.ts';
import type { System } from './lib/system.ts';
import type { SystemOptions } from './lib/system-options.ts';

/** Starts everything, says where it is, and returns when a signal has ended it. */
export async function superviseUntilStopped(env: NodeJS.ProcessEnv): Promise<void> {
  const options = optionsFrom(env);
  const stopping = new AbortController();
  const asked = stopAsked(stopping);
  const system = await startSystem({ ...options, abort: stopping.signal }).catch((err: unknown) => {
    if (stopping.signal.aborted) return null;
    throw err;
  });
  if (!system) return;
  announce(system, options.dataDir);
  await asked;
  say('正在停止', 'stopping');
  await system.stop();
}

/** The variables a person may set. */
export function optionsFrom(env: NodeJS.ProcessEnv): SystemOptions {
  return {
    dataDir: resolve(env.DATA_DIR || join(projectRoot, 'data')),
    port: portFrom(env.PORT || '3000'),
    seed: env.DEMO !== 'off',
    say,
    ...(env.PUBLIC_URL && { publicUrl: env.PUBLIC_URL.replace(/\/+$/, '') }),
    ...(env.DATABASE_URL && { databaseUrl: env.DATABASE_URL }),
    ...(env.TEMPORAL_ADDRESS && { temporalAddress: env.TEMPORAL_ADDRESS }),
  };
}

function portFrom(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Stop(
    `PORT 应为 1–65535 的整数，当前是 ${text}。`,
    `PORT must be a whole number from 1 to 65535; it is ${text}.`,
  );
}

/** Resolves at the first signal; a second one ends all at once. */
function stopAsked(stopping: AbortController): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (stopping.signal.aborted) process.exit(130);
        stopping.abort();
        resolve();
      });
    }
  });
}

function announce(system: System, dataDir: string): void {
  const demo = join(dataDir, 'demo-accounts.txt');
  const codes = join(dataDir, 'set-up-codes.txt');
  const lines = [
    '',
    `双证已启动 · ready:  ${system.url}`,
    ...(existsSync(demo) ? ['', readFileSync(demo, 'utf8').trimEnd()] : []),
    // The codes open real accounts: they are not for a terminal or a log.
    ...(existsSync(codes) ? ['', `首次登录用的一次性代码 · one-time codes for the first sign-in: ${codes}`] : []),
    '',
    `数据 · data: ${dataDir}   按 Ctrl-C 停止 · Ctrl-C stops it`,
    '',
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
