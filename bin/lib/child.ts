import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLogFile } from './log-file.ts';
import type { LogFile } from './log-file.ts';

const READY_MS = 90_000;
const PROBE_MS = 150;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A child that served this long is taken to be sound: its next restart waits the shortest pause again. */
const SOUND_MS = 20_000;

export interface ChildSpec {
  name: string;
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  logFile: string;
  /** How long it may take to end before it is killed. */
  stopMs: number;
  /** Whether it serves; a child without a probe says so by a line {"ready":true}. */
  probe?: () => Promise<boolean>;
  beforeStart?: () => Promise<void>;
  afterReady?: () => Promise<void>;
}

export interface ChildEvents {
  /** The list of running processes has changed. */
  changed(): void;
  died(name: string, how: string, pauseMs: number): void;
  back(name: string): void;
}

/** One child process, kept running: when it dies it is started again, after a pause that doubles. */
export class Child {
  readonly name: string;
  restarts = 0;
  private readonly spec: ChildSpec;
  private readonly events: ChildEvents;
  private readonly log: LogFile;
  private process: ChildProcess | undefined;
  private wanted = false;
  private pauseMs = FIRST_PAUSE_MS;
  private exited: Promise<string> = Promise.resolve('');
  private minding: Promise<void> = Promise.resolve();
  private readonly cancelPause = { now: () => {} };
  private serving = false;

  constructor(spec: ChildSpec, events: ChildEvents) {
    this.spec = spec;
    this.events = events;
    this.name = spec.name;
    this.log = openLogFile(spec.logFile);
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  get isReady(): boolean {
    return this.serving;
  }

  /** Resolves when it serves; a first start that fails is not tried again, for its cause is rarely chance. */
  async start(): Promise<void> {
    if (this.wanted) return;
    this.wanted = true;
    try {
      await this.launch();
    } catch (err) {
      this.wanted = false;
      this.signal('SIGKILL');
      throw err;
    }
    this.minding = this.mind();
  }

  async stop(): Promise<void> {
    this.wanted = false;
    this.cancelPause.now();
    if (this.process) {
      this.signal('SIGTERM');
      const late = setTimeout(() => this.signal('SIGKILL'), this.spec.stopMs);
      await this.exited;
      clearTimeout(late);
    }
    await this.minding;
  }

  /** To the whole process group, so that nothing the child has started stays behind. */
  signal(signal: NodeJS.Signals): void {
    const pid = this.process?.pid;
    if (!pid) return;
    try {
      process.kill(-pid, signal);
    } catch (err) {
      if ((err as NodeJS.ErrnoException).code !== 'ESRCH') throw err;
    }
  }

  lastLines(count = 20): string {
    return this.log.lastLines(count);
  }

  private async launch(): Promise<void> {
    await this.spec.beforeStart?.();
    if (!this.wanted) throw new ChildFailed(this.name, 'stopped', '');
    const { command, args, cwd, env } = this.spec;
    // Its own group: Ctrl-C then reaches the supervisor alone, which ends the children in order.
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    this.exited = new Promise((resolve) => {
      const end = (how: string) => {
        if (this.process === child) this.process = undefined;
        this.serving = false;
        this.events.changed();
        resolve(how);
      };
      child.once('error', (err) => end(err.message));
      child.once('exit', (code, signal) => end(signal ?? `exit ${code}`));
    });
    this.events.changed();
    const said = this.readOutput(child);
    const how = await Promise.race([this.untilReady(said).then(() => null), this.exited, tooLate(child)]);
    if (how !== null) await sleep(50); // its last words may still be in the pipe
    if (how !== null) throw new ChildFailed(this.name, how, this.lastLines());
    this.serving = true;
    await this.spec.afterReady?.();
  }

  /** Keeps the log and notes the ready line. */
  private readOutput(child: ChildProcess): () => boolean {
    let ready = false;
    let line = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.log.write(text);
      if (ready) return;
      const lines = (line + text).split('\n');
      line = lines.pop() ?? '';
      ready = lines.some((each) => /^\s*\{.*"ready"\s*:\s*true/.test(each));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.log.write(text));
    return () => ready;
  }

  private async untilReady(said: () => boolean): Promise<void> {
    const { probe } = this.spec;
    const child = this.process;
    while (this.process === child) {
      if (said() || (probe && (await probe()))) return;
      await sleep(probe ? PROBE_MS : 20);
    }
    await this.exited; // its death is reported by the caller's race
    await new Promise(() => {});
  }

  private async mind(): Promise<void> {
    for (;;) {
      const since = performance.now();
      const how = await this.exited;
      if (!this.wanted) return;
      this.pauseMs = performance.now() - since > SOUND_MS ? FIRST_PAUSE_MS : this.pauseMs;
      this.events.died(this.name, how, this.pauseMs);
      await this.pause();
      if (!this.wanted) return;
      this.restarts += 1;
      await this.launch().then(
        () => this.events.back(this.name),
        () => this.signal('SIGKILL'), // it has exited or hangs; the loop sees its end and tries again
      );
    }
  }

  private async pause(): Promise<void> {
    const ms = this.pauseMs;
    this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.cancelPause.now = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

export class ChildFailed extends Error {
  readonly child: string;
  readonly how: string;
  readonly lastLines: string;

  constructor(child: string, how: string, lastLines: string) {
    super(`${child}: ${how}`);
    this.name = 'ChildFailed';
    this.child = child;
    this.how = how;
    this.lastLines = lastLines;
  }
}

async function tooLate(child: ChildProcess): Promise<string> {
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  return sleep(READY_MS, 'not ready in time', { signal: ended.signal, ref: false }).catch(
    () => new Promise<string>(() => {}),
  );
}
