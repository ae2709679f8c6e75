import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { embeddedTemporal } from '../../../bin/lib/embedded-temporal.ts';
import { resolveTemporalCli } from '../../../bin/lib/resolve-temporal.mjs';

export const NAMESPACE = 'dualcert';

/** The real server as the supervisor starts it, in a folder of its own; it can be killed, and its store lost. */
export async function aDevServer() {
  const folder = mkdtempSync(join(tmpdir(), 'dualcert-temporal-'));
  const server = await embeddedTemporal({ cli: await resolveTemporalCli(), folder, namespace: NAMESPACE });
  let child = await start();

  async function start() {
    const started = spawn(server.command, server.args, { stdio: 'ignore' });
    for (let tries = 0; !(await server.probe()); tries += 1) {
      if (tries > 100 || started.exitCode !== null) throw new Error('the Temporal server did not start');
      await sleep(100);
    }
    return started;
  }
  async function kill() {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  return {
    address: server.address,
    kill,
    async restart() {
      child = await start();
    },
    loseStore() {
      for (const ending of ['', '-wal', '-shm']) rmSync(server.file + ending, { force: true });
      if (existsSync(server.file)) throw new Error('the store is still there');
    },
    async stop() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
