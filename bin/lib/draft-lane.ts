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
const IN_ANY_CASE = 6;
const IDLE_MILLIS = 60_000;

/** One thread at most, its jobs in turn. A job beyond its limits ends the thread; the next job gets a fresh one. */
export class DraftLane {
  private readonly entry: () => Promise<string>;
  private readonly limits: LaneLimits;
  private thread: Thread | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private closed = false;
  private idle: NodeJS.Timeout | undefined;

  constructor(entry: () => Promise<string>, limits: LaneLimits) {
    this.entry = entry;
    this.limits = limits;
  }

  async run(job: DraftJob): Promise<unknown> {
    if (this.closed || this.waiting >= this.limits.waiting) throw new Problem('busy');
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

  /** Jobs under way are not waited for: nothing of them is stored. */
  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.idle);
    await this.end();
    await this.last;
  }

  private async next(job: DraftJob): Promise<unknown> {
    clearTimeout(this.idle);
    if (this.thread?.ended) this.thread = undefined;
    if (!this.closed) this.thread ??= await startThread(await this.entry(), this.limits.heapMiB);
    try {
      if (this.closed || this.thread === undefined) throw new Problem('busy');
      return await askThread(this.thread, job, this.limits);
    } catch (error) {
      if (!(error instanceof Problem) || error.code === 'rule_draft_too_heavy') await this.end();
      throw error;
    } finally {
      if (this.closed) await this.end();
      else this.idle = setTimeout(() => void this.end(), IDLE_MILLIS).unref();
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
      worker.off('message', onMessage).off('messageerror', onUnreadable).off('error', onError).off('exit', onExit);
      worker.unref();
      act();
    };
    const tooHeavy = (limit: string): void => settle(() => reject(new Problem('rule_draft_too_heavy', [fault(limit)])));
    const onMessage = (said: Said): void => settle(() => conclude(said, { resolve, reject }));
    const onError = (error: NodeJS.ErrnoException): void =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooHeavy('memory') : settle(() => reject(error));
    const onExit = (): void => tooHeavy('ended');
    const onUnreadable = (): void => tooHeavy('answer'); // deeper than this thread's stack
    const watch = watchOver({ count, limits, tooHeavy });
    worker.on('message', onMessage).on('messageerror', onUnreadable).on('error', onError).on('exit', onExit).ref();
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

/**
 * A span of time is used up when it has passed and this process has computed for as long: on a busy machine a draft is not blamed
 * for waiting its turn. After several times the span it is over in any case.
 */
class Allowance {
  private readonly millis: number;
  private readonly began = performance.now();
  private readonly cpu = process.cpuUsage();

  constructor(millis: number) {
    this.millis = millis;
  }

  get usedUp(): boolean {
    const passed = performance.now() - this.began;
    if (passed < this.millis) return false;
    const { user, system } = process.cpuUsage(this.cpu);
    return (user + system) / 1000 >= this.millis || passed >= this.millis * IN_ANY_CASE;
  }
}

/** Looks several times within one evaluation's time: the same odd number throughout is one that does not end. */
function watchOver({ count, limits, tooHeavy }: Watched): NodeJS.Timeout {
  const job = new Allowance(limits.jobMillis);
  let evaluation = new Allowance(limits.evaluationMillis);
  let seen = -1;
  return setInterval(
    () => {
      const now = Atomics.load(count, 0);
      if (now % 2 === 0 || now !== seen) evaluation = new Allowance(limits.evaluationMillis);
      seen = now;
      if (evaluation.usedUp) tooHeavy('evaluation_time');
      else if (job.usedUp) tooHeavy('job_time');
    },
    Math.ceil(limits.evaluationMillis / LOOKS),
  );
}

function conclude(said: Said, { resolve, reject }: { resolve(value: unknown): void; reject(why: Error): void }): void {
  if (said.say === 'answer') resolve(said.answer);
  else if (said.say === 'problem') reject(new Problem(said.code, said.errors));
  else reject(new Error(said.say === 'fault' ? said.trace : 'the draft thread began anew'));
}
