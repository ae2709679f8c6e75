import type { Clock } from '../schemas/time.ts';
import type { Log } from './conductor.ts';
import type { NudgeResult } from './nudge.ts';
import type { OutboxPort, OutboxRow } from './outbox-port.ts';

const POLL_EVERY = 250;
const BATCH = 200;
const IN_FLIGHT = 16;
const BULK_PER_SECOND = 50;
const FIRST_HOLD = 1_000;
const LONGEST_HOLD = 60_000;
const RECONCILE_EVERY = 60_000;
const TIDY_EVERY = 3_600_000;

export interface RelayDeps {
  outbox: OutboxPort;
  clock: Clock;
  log: Log;
  nudge(workflowId: string, seq: number | null): Promise<NudgeResult>;
  observe?(result: NudgeResult): void;
}

interface Wake {
  workflowId: string;
  rows: OutboxRow[];
  seq: number | null;
  result?: NudgeResult;
}

/** Carries outbox rows to Temporal, at least once. It keeps nothing that its death would lose. */
export class Relay {
  private readonly deps: RelayDeps;
  private wakeUp: () => void = () => undefined;
  private nudged = false;
  private heldUntil = 0;
  private hold = 0;
  private bulkAllowed = BULK_PER_SECOND;
  private bulkCountedAt: number;
  private reconciledAt: number;
  private tidiedAt: number;

  constructor(deps: RelayDeps) {
    this.deps = deps;
    this.bulkCountedAt = this.reconciledAt = this.now();
    this.tidiedAt = 0;
  }

  /** Runs until the signal; a failing round (a locked database, say) is logged and tried again. */
  async run(signal: AbortSignal): Promise<void> {
    const stop = () => this.wakeUp();
    signal.addEventListener('abort', stop);
    while (!signal.aborted) {
      let sent = 0;
      try {
        await this.chores();
        sent = await this.round();
      } catch (err) {
        this.deps.log.error({ name: err instanceof Error ? err.name : 'unknown' }, 'relay round failed');
      }
      if (sent < BATCH / 2 && !signal.aborted) await this.pause();
    }
    signal.removeEventListener('abort', stop);
  }

  /** On PostgreSQL, called at `NOTIFY`: the next round begins at once. */
  wake(): void {
    this.nudged = true;
    this.wakeUp();
  }

  /** One look at the outbox; says how many rows were sent. No transaction is open during a call. */
  async round(): Promise<number> {
    if (this.now() < this.heldUntil) return 0;
    const rows = this.withinBulkPace(await this.deps.outbox.unsent(BATCH));
    if (rows.length === 0) return 0;
    const wakes = coalesce(rows);
    await this.sendAll(wakes);
    return this.settle(wakes);
  }

  private async sendAll(wakes: Wake[]): Promise<void> {
    let next = 0;
    let down = false;
    const lane = async () => {
      for (;;) {
        const wake = down ? undefined : wakes[next++];
        if (!wake) return;
        wake.result = await this.deps.nudge(wake.workflowId, wake.seq);
        this.deps.observe?.(wake.result);
        if (wake.result === 'unavailable') down = true;
      }
    };
    await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, wakes.length) }, lane));
  }

  /** Only now are rows marked. A relay that dies before this sends them again, which changes nothing. */
  private async settle(wakes: Wake[]): Promise<number> {
    const sent = wakes.filter(({ result }) => result === 'sent').flatMap(({ rows }) => rows);
    if (sent.length > 0) await this.deps.outbox.markSent(sent.map(({ id }) => id));
    const serverIsAway = wakes.some(({ result }) => result === 'unavailable');
    for (const { result, rows } of wakes) {
      if (result && result !== 'sent' && result !== 'unavailable') await this.postpone(rows, result);
    }
    this.holdAll(serverIsAway);
    return sent.length;
  }

  private async postpone(rows: OutboxRow[], code: NudgeResult): Promise<void> {
    const attempts = Math.max(...rows.map((row) => row.attempts));
    const until = new Date(this.now() + Math.min(FIRST_HOLD * 2 ** attempts, LONGEST_HOLD)).toISOString();
    await this.deps.outbox.postpone({ ids: rows.map(({ id }) => id), until, code });
    this.deps.log.warn({ workflowId: rows[0]?.workflowId, code, attempts }, 'nudge held back');
  }

  private holdAll(serverIsAway: boolean): void {
    if (!serverIsAway) {
      this.hold = 0;
      return;
    }
    this.hold = Math.min(Math.max(this.hold * 2, FIRST_HOLD), LONGEST_HOLD);
    this.heldUntil = this.now() + this.hold;
    this.deps.log.warn({ millis: this.hold }, 'Temporal is unavailable; the relay waits');
  }

  /** Bulk rows trickle, so that a term change of thousands does not keep one teacher waiting. */
  private withinBulkPace(rows: OutboxRow[]): OutboxRow[] {
    const now = this.now();
    const earned = ((now - this.bulkCountedAt) / 1000) * BULK_PER_SECOND;
    this.bulkAllowed = Math.min(BULK_PER_SECOND, this.bulkAllowed + Math.max(earned, 0));
    this.bulkCountedAt = now;
    return rows.filter(({ priority }) => {
      if (priority === 0) return true;
      if (this.bulkAllowed < 1) return false;
      this.bulkAllowed -= 1;
      return true;
    });
  }

  private async chores(): Promise<void> {
    const now = this.now();
    if (now - this.reconciledAt >= RECONCILE_EVERY) {
      this.reconciledAt = now;
      const found = await this.deps.outbox.reconcile();
      if (found > 0) this.deps.log.warn({ found }, 'cases unseen; nudged again');
    }
    if (now - this.tidiedAt >= TIDY_EVERY) {
      this.tidiedAt = now;
      await this.deps.outbox.deleteOldSent();
    }
  }

  private async pause(): Promise<void> {
    if (!this.nudged) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_EVERY);
        this.wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.wakeUp = () => undefined;
    this.nudged = false;
  }

  private now(): number {
    return Date.parse(this.deps.clock.now());
  }
}

/** One wake a workflow, with the highest seq; a row without seq asks for a fresh read whatever the others say. */
export function coalesce(rows: readonly OutboxRow[]): Wake[] {
  const wakes = new Map<string, Wake>();
  for (const row of rows) {
    const wake = wakes.get(row.workflowId);
    if (!wake) {
      wakes.set(row.workflowId, { workflowId: row.workflowId, rows: [row], seq: row.seq });
      continue;
    }
    wake.rows.push(row);
    wake.seq = wake.seq === null || row.seq === null ? null : Math.max(wake.seq, row.seq);
  }
  return [...wakes.values()];
}
