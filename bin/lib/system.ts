import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Child, ChildFailed } from './child.ts';
import type { ChildEvents, ChildSpec } from './child.ts';
import { embeddedTemporal } from './embedded-temporal.ts';
import { projectRoot, Stop } from './host.mjs';
import { endLeftovers, noteChildren } from './leftovers.ts';
import { tryLock } from './lock.mjs';
import { answers, freePort, isPortFree } from './ports.ts';
import { resolveTemporalCli } from './resolve-temporal.mjs';
import { rebuild, runStep } from './steps.ts';
import { childEnv, makePlaces, NAMESPACE } from './surroundings.ts';
import type { Places } from './surroundings.ts';
import { scriptOf } from './system-options.ts';
import type { ChildName, SystemOptions } from './system-options.ts';

/** The whole product, running: Temporal, signer, API (which serves the console) and worker. */
export interface System {
  url: string;
  port: number;
  temporalAddress: string;
  /** The embedded server's store, or null. */
  temporalFile: string | null;
  children: ReadonlyMap<ChildName, Child>;
  /** What the children were given; for commands run beside them. */
  env: Readonly<Record<string, string>>;
  /** Kills a child outright; it is started again after the back-off. */
  kill(name: ChildName, signal?: NodeJS.Signals): void;
  /** Ends one child and leaves it ended, until startChild. */
  stopChild(name: ChildName): Promise<void>;
  startChild(name: ChildName): Promise<void>;
  /** Resolves when every child serves. */
  settled(timeoutMs?: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts everything and resolves when all of it serves; fails with a Stop that says what to do, and then nothing runs. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const lock = lockDataFolder(options.dataDir);
  const started = new Map<ChildName, Child>();
  const noted = join(options.dataDir, 'run/children.json');
  const endWithUs = () => {
    for (const child of started.values()) child.signal('SIGKILL');
  };
  process.on('exit', endWithUs);
  const stop = async () => {
    await stopAll(started);
    process.off('exit', endWithUs);
    rmSync(noted, { force: true });
    lock.release();
  };
  options.abort?.addEventListener('abort', () => void stopAll(started), { once: true });
  try {
    return await startAll(options, { started, noted, stop });
  } catch (err) {
    await stop();
    throw err instanceof ChildFailed ? stopFor(err) : err;
  }
}

function lockDataFolder(dataDir: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o700);
  mkdirSync(join(dataDir, 'run'), { recursive: true, mode: 0o700 });
  const lock = tryLock(join(dataDir, 'run/supervisor.lock'));
  if ('release' in lock) return lock;
  throw new Stop(
    `数据目录 ${dataDir} 已由另一个进程（${lock.heldBy}）使用。请先停止它，或用 DATA_DIR 指定别的目录。`,
    `The data folder ${dataDir} is in use by process ${lock.heldBy}. Stop that one first, or name another folder in DATA_DIR.`,
  );
}

interface Running {
  started: Map<ChildName, Child>;
  /** The file that names the running children. */
  noted: string;
  stop(): Promise<void>;
}

async function startAll(options: SystemOptions, { started, noted, stop }: Running): Promise<System> {
  const { say } = options;
  const left = await endLeftovers(noted);
  if (left.length > 0)
    say(`已结束上次遗留的进程：${left.join('、')}`, `ended what was left running: ${left.join(', ')}`);

  const places = makePlaces(options.dataDir);
  const port = await usablePort(options.port);
  const temporal = await temporalFor(options, places);
  const url = options.publicUrl ?? `http://localhost:${port}`;
  const env = childEnv({ ...options, port, publicUrl: url, temporalAddress: temporal.address }, places);
  const events: ChildEvents = {
    changed: () => noteChildren(noted, started.values()),
    died: (name, how, pauseMs) =>
      say(
        `${name} 已退出（${how}），${pauseMs / 1000} 秒后重启`,
        `${name} ended (${how}); starting it again in ${pauseMs / 1000} s`,
      ),
    back: (name) => say(`${name} 已恢复`, `${name} is back`),
  };
  const launch = async (name: ChildName, spec: Partial<ChildSpec> = {}) => {
    if (options.abort?.aborted) throw new Stop('已取消启动。', 'The start was given up.');
    const child = new Child({ ...nodeSpec(name, options, { places, env }), ...spec }, events);
    started.set(name, child);
    await child.start();
  };

  const server = temporal.server;
  let renewed = false;
  await allDone([
    server
      ? launch('temporal', {
          command: server.command,
          args: server.args,
          probe: server.probe,
          beforeStart: async () => {
            renewed = !existsSync(server.file);
          },
          afterReady: async () => {
            // On the first start the register may not be migrated yet; below it is.
            if (renewed && started.has('worker')) await rebuild(options, env);
          },
        })
      : Promise.resolve(),
    launch('signer'),
    prepare(options, env),
  ]);
  if (renewed) await rebuild(options, env);
  await allDone([launch('api', { probe: () => healthy(port) }), launch('worker')]);

  const get = (name: ChildName) => {
    const child = started.get(name);
    if (!child) throw new Error(`no child named ${name}`);
    return child;
  };
  return {
    url,
    port,
    temporalAddress: temporal.address,
    temporalFile: server?.file ?? null,
    children: started,
    env,
    kill: (name, signal = 'SIGKILL') => get(name).signal(signal),
    stopChild: (name) => get(name).stop(),
    startChild: (name) => get(name).start(),
    settled: (timeoutMs = 120_000) => settled(started, timeoutMs),
    stop,
  };
}

async function prepare(options: SystemOptions, env: Record<string, string>): Promise<void> {
  await runStep('migrate', options, env);
  if (options.seed) await runStep('seed', options, env);
}

async function usablePort(port: number): Promise<number> {
  if (port === 0) return freePort();
  if (await isPortFree(port)) return port;
  throw new Stop(
    `端口 ${port} 已被占用。请停止占用它的程序，或换一个端口：PORT=${port + 1} npm start。`,
    `Port ${port} is in use. Stop the program that uses it, or take another: PORT=${port + 1} npm start.`,
  );
}

async function temporalFor({ temporalAddress }: SystemOptions, places: Places) {
  if (!temporalAddress) {
    const server = await embeddedTemporal({
      cli: await resolveTemporalCli(),
      folder: places.temporal,
      namespace: NAMESPACE,
    });
    return { address: server.address, server };
  }
  if (await answers(temporalAddress, 10_000)) return { address: temporalAddress, server: null };
  throw new Stop(
    `TEMPORAL_ADDRESS 指定的 ${temporalAddress} 没有应答。请启动该服务，或取消该变量以使用内置服务。`,
    `Nothing answers at ${temporalAddress}, which TEMPORAL_ADDRESS names. Start that server, or unset the variable to use the embedded one.`,
  );
}

interface Surroundings {
  places: Places;
  env: Record<string, string>;
}

function nodeSpec(name: ChildName, options: SystemOptions, { places, env }: Surroundings): ChildSpec {
  return {
    name,
    command: process.execPath,
    args: name === 'temporal' ? [] : [scriptOf(name, options)],
    env,
    cwd: projectRoot,
    logFile: join(places.logs, `${name}.log`),
    stopMs: name === 'worker' ? 20_000 : 10_000,
  };
}

async function healthy(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2000) });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Waits for all before failing for one, so that nothing still starts while the rest is being stopped. */
async function allDone(work: Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

async function settled(children: ReadonlyMap<ChildName, Child>, timeoutMs: number): Promise<void> {
  const until = performance.now() + timeoutMs;
  while (![...children.values()].every((child) => child.isReady)) {
    if (performance.now() > until) throw new Error('not every child is ready');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Those that ask first, those that answer last. */
async function stopAll(children: ReadonlyMap<ChildName, Child>): Promise<void> {
  const group = (...names: ChildName[]) => Promise.all(names.map((name) => children.get(name)?.stop()));
  await group('api', 'worker');
  await group('signer', 'temporal');
}

function stopFor({ child, how, lastLines }: ChildFailed): Stop {
  return new Stop(
    `${child} 未能启动（${how}），它最后的输出见下。`,
    `${child} could not be started (${how}); its last lines stand below.`,
    lastLines,
  );
}
