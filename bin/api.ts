import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createLog } from '../api/request-log.ts';
import { StartupFault } from '../db/faults.ts';
import { demandMigrated } from '../db/migrate.ts';
import { dataDirOf, openRegister, publicUrlOf } from './compose.ts';
import { startApi } from './lib/api-process.ts';
import { keepBeating } from './lib/chores.ts';

const LOOPBACK = '127.0.0.1';
const CONSOLE = join(process.cwd(), 'web', 'dist');

/** The API and the console on PORT. HOST is loopback unless an operator opens it. */
async function main({ env }: NodeJS.Process): Promise<void> {
  const log = createLog({ ...(env.LOG_LEVEL && { level: env.LOG_LEVEL }) });
  const { register, close } = await openRegister(env, 'api');
  await demandMigrated(register.db);
  const api = await startApi({
    register,
    dataDir: dataDirOf(env),
    port: Number(env.PORT ?? 3000),
    host: env.HOST ?? LOOPBACK,
    publicUrl: publicUrlOf(env),
    console: existsSync(join(CONSOLE, 'index.html')) ? CONSOLE : null,
    log,
  });
  const beating = keepBeating(register.db, { process: 'api', log });
  const stop = once(async () => {
    await api.close();
    await beating.stop();
    await close();
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  process.stdout.write(`${JSON.stringify({ ready: true, port: api.port })}\n`);
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= work();
    return done;
  };
}

/** One sentence for whoever started the program; anything else is a fault with its trace. */
function refuse(error: unknown): void {
  if (!(error instanceof StartupFault)) throw error;
  process.stderr.write(`${error.text['zh-CN']}\n${error.text.en}\n`);
  process.exit(4);
}

await main(process).catch(refuse);
