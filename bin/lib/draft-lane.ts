import { Worker } from 'node:worker_threads';
import { Problem } from '../../schemas/problem.ts';
import type { DraftJob } from '../../rules/drafts.ts';
import type { Said } from './draft-wire.ts';

export interface LaneLimits {
  evaluationMillis: number;
  jobMillis: number;
  heapMiB: number;
  waiting: number;
}

const LOOKS = 8;
const IDLE_MILLIS = 60_000;

/** One thread at most, its jobs in turn. A job beyond its limits ends the thread; the next job gets a fresh one. */
export class DraftLane {
  private readonly entry: () => Promise<string>;
  private readonly limits: LaneLimits;
  private thread: Thread | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private idle: NodeJS.Timeout | undefined;

  constructor(entry: () => Promise<string>, limits: LaneLimits) {
    this.entry = entry;
    this.limits = limits;
  }

  async run(job: DraftJob): Promise<unknown> {
    if (this.waiting >= this.limits.waiting) throw new Problem('busy');
    this.waiting += 1;
    const before = this.last;
    const mine = before.then(() => this.next(job));
    this.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      this.waiting -= 1;
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.idle);
    await this.last;
    await this.end();
  }

  private async next(job: DraftJob): Promise<unknown> {
    clearTimeout(this.idle);
    if (this.thread?.ended) this.thread = undefined;
    this.thread ??= await startThread(await this.entry(), this.limits.heapMiB);
    try {
      return await askThread(this.thread, job, this.limits);
    } catch (error) {
      if (error instanceof Problem && error.code !== 'rule_draft_too_heavy') throw error;
      await this.end();
      throw error;
    } finally {
      this.idle = setTimeout(() => void this.end(), IDLE_MILLIS).unref();
    }
  }

  private async end(): Promise<void> {
    const { thread } = this;
    this.thread = undefined;
    await thread?.worker.terminate();
  }
}

interface Thread {
  worker: Worker;
  /** Evaluations begun and ended; odd while one runs. */
  count: Int32Array;
  ended: boolean;
}

async function startThread(entry: string, heapMiB: number): Promise<Thread> {
  const evaluations = new SharedArrayBuffer(4);
  const worker = new Worker(entry, {
    workerData: { evaluations },
    resourceLimits: { maxOldGenerationSizeMb: heapMiB, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    env: {},
    execArgv: [],
  });
  const thread: Thread = { worker, count: new Int32Array(evaluations), ended: false };
  worker.unref(); // a thread at rest keeps no process alive
  await new Promise<void>((ready, fail) => {
    worker.once('message', () => ready());
    worker.on('error', fail); // stays: a thread that dies at rest takes nobody along
    worker.once('exit', (code) => {
      thread.ended = true;
      fail(new Error(`the draft thread ended with ${code}`));
    });
  });
  return thread;
}

function askThread({ worker, count }: Thread, job: DraftJob, limits: LaneLimits): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearInterval(watch);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit).unref();
      act();
    };
    const tooHeavy = (limit: string): void => settle(() => reject(new Problem('rule_draft_too_heavy', [fault(limit)])));
    const onMessage = (said: Said): void => settle(() => conclude(said, { resolve, reject }));
    const onError = (error: NodeJS.ErrnoException): void =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooHeavy('memory') : settle(() => reject(error));
    const onExit = (): void => tooHeavy('ended');
    const watch = watchOver({ count, limits, tooHeavy });
    worker.on('message', onMessage).on('error', onError).on('exit', onExit).ref();
    try {
      worker.postMessage(job);
    } catch {
      settle(() => reject(new Problem('rule_document_faulty', [{ pointer: '', code: 'not_json' }])));
    }
  });
}

const fault = (limit: string) => ({ pointer: '', code: 'rule_draft_too_heavy', detail: { limit } });

interface Watched {
  count: Int32Array;
  limits: LaneLimits;
  tooHeavy: (limit: string) => void;
}

/** Looks several times within one evaluation's time, so that a process that is itself held up does not blame the draft. */
function watchOver({ count, limits, tooHeavy }: Watched): NodeJS.Timeout {
  const began = performance.now();
  let seen = -1;
  let looks = 0;
  return setInterval(
    () => {
      const now = Atomics.load(count, 0);
      looks = now % 2 === 1 && now === seen ? looks + 1 : 0;
      seen = now;
      if (looks >= LOOKS) tooHeavy('evaluation_time');
      else if (performance.now() - began > limits.jobMillis) tooHeavy('job_time');
    },
    Math.ceil(limits.evaluationMillis / LOOKS),
  );
}

function conclude(said: Said, { resolve, reject }: { resolve(value: unknown): void; reject(why: Error): void }): void {
  if (said.say === 'answer') resolve(said.answer);
  else if (said.say === 'problem') reject(new Problem(said.code, said.errors));
  else reject(new Error(said.say === 'fault' ? said.trace : 'the draft thread began anew'));
}
