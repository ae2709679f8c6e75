import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { readTx } from '../db/read-tx.ts';
import { collegeTime } from '../register/college/clock.ts';
import type { Register } from '../register/register.ts';
import { openRegister } from './compose.ts';
import { conductorOf } from './conductor.ts';
import { keepBeating, keepHouse } from './lib/chores.ts';
import { listenToOutbox } from './listen-outbox.ts';
import { connectTemporal, temporalPlace } from './temporal-connection.ts';
import { createWorkerMetrics, serveMetrics } from './worker-metrics.ts';
import { agreementPort, outboxPort } from './worker-ports.ts';
import { installRuntime, startWorker } from './worker-process.ts';

const log = pino({ level: process.env.LOG_LEVEL || 'info', base: null });
const codePath = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

/** The conductor's process: `DATA_DIR`, `DATABASE_URL`, `TEMPORAL_ADDRESS`, `TEMPORAL_NAMESPACE`, `SIGNER_SOCKET`; metrics on `WORKER_METRICS`. */
async function main(env: NodeJS.ProcessEnv): Promise<void> {
  const stopping = stopAsked();
  installRuntime(log, env.TEMPORAL_SDK_METRICS);
  const { register, close } = await openRegister(env, 'worker');
  const chores = [keepBeating(register.db, { process: 'worker', log }), keepHouse(register.db, log)];
  const end = async (): Promise<void> => {
    for (const chore of chores) await chore.stop();
    await close();
  };
  const temporal = await connectTemporal(temporalPlace(env), {
    signal: stopping,
    onAway: (code) => log.warn({ code }, 'Temporal is away; waiting for it'),
  });
  if (!temporal) return end();

  const metrics = createWorkerMetrics();
  const server = env.WORKER_METRICS ? serveMetrics(metrics.registry, env.WORKER_METRICS) : undefined;
  const { db } = register;
  const agreement = agreementPort(db);
  const worker = await startWorker({
    temporal,
    conductor: conductorOf(register),
    outbox: outboxPort(db, (collegeId) => nowOf(register, collegeId)),
    agreement: {
      ...agreement,
      async save(report) {
        metrics.agreed(report);
        await agreement.save(report);
      },
    },
    clock: register.systemClock,
    log,
    codePath,
    commandsAtOnce: 8,
    observeActivity: metrics.acted,
    observeNudge: metrics.nudged,
  });
  const listening = env.DATABASE_URL
    ? listenToOutbox(env.DATABASE_URL, { onRow: () => worker.relay.wake(), signal: stopping })
    : Promise.resolve();
  process.stdout.write('{"ready":true}\n');

  stopping.addEventListener('abort', () => void worker.stop());
  await worker.finished;
  await listening;
  server?.close();
  await temporal.connection.close();
  await end();
}

/** The instant on a college's clock; the reconciler looks for deadlines that have passed there. */
async function nowOf({ db, systemClock }: Register, collegeId: string | null): Promise<string> {
  if (collegeId === null) return systemClock.now();
  return (await readTx(db, (tx) => collegeTime(tx, systemClock, collegeId))).now;
}

function stopAsked(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  return stopping.signal;
}

main(process.env).then(
  () => process.exit(0),
  (err: unknown) => {
    log.error({ error: err instanceof Error ? err.name : 'unknown' }, 'the worker has ended');
    process.stderr.write(`worker: ${err instanceof Error ? err.message : String(err)}\n`);
    process.exit(1);
  },
);
