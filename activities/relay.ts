import type { Clock } from '../schemas/time.ts';
import type { Log } from './conductor.ts';
import type { NudgeResult, Wake } from './nudge.ts';
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
  nudge(wake: Wake): Promise<NudgeResult>;
  observe?(result: NudgeResult): void;
}

interface Parcel extends Wake {
  rows: OutboxRow[];
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
        this.deps.log.error({ error: err instanceof Error ? err.name : 'unknown' }, 'relay round failed');
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
    const parcels = coalesce(rows);
    await this.sendAll(parcels);
    return this.settle(parcels);
  }

  private async sendAll(parcels: Parcel[]): Promise<void> {
    let next = 0;
    let away = false;
    const lane = async () => {
      for (;;) {
        const parcel = away ? undefined : parcels[next++];
        if (!parcel) return;
        const { workflowType, caseId, seq } = parcel;
        parcel.result = await this.deps.nudge({ workflowType, caseId, seq });
        this.deps.observe?.(parcel.result);
        if (parcel.result === 'unavailable') away = true;
      }
    };
    await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, parcels.length) }, lane));
  }

  /** Only now are rows marked. A relay that dies before this sends them again, which changes nothing. */
  private async settle(parcels: Parcel[]): Promise<number> {
    const sent = parcels.filter(({ result }) => result === 'sent').flatMap(({ rows }) => rows);
    if (sent.length > 0) await this.deps.outbox.markSent(sent.map(({ id }) => id));
    for (const parcel of parcels) {
      const { result } = parcel;
      if (result && result !== 'sent' && result !== 'unavailable') await this.postpone(parcel, result);
    }
    const silent = parcels.every(({ result }) => result === 'deadline_exceeded');
    this.holdAll(silent || parcels.some(({ result }) => result === 'unavailable'));
    return sent.length;
  }

  private async postpone({ rows, workflowType, caseId }: Parcel, code: NudgeResult): Promise<void> {
    const attempts = Math.max(...rows.map((row) => row.attempts));
    const until = new Date(this.now() + Math.min(FIRST_HOLD * 2 ** attempts, LONGEST_HOLD)).toISOString();
    await this.deps.outbox.postpone(
      rows.map(({ id }) => id),
      { until, code },
    );
    this.deps.log.warn({ workflowType, caseId, code, attempts }, 'nudge held back');
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

/** One nudge a workflow, with the highest seq; a row without seq asks for a fresh read whatever the others say. */
export function coalesce(rows: readonly OutboxRow[]): Parcel[] {
  const parcels = new Map<string, Parcel>();
  for (const row of rows) {
    const { workflowType, caseId, seq } = row;
    const name = `${workflowType}/${caseId}`;
    const parcel = parcels.get(name);
    if (!parcel) {
      parcels.set(name, { workflowType, caseId, seq, rows: [row] });
      continue;
    }
    parcel.rows.push(row);
    parcel.seq = parcel.seq === null || seq === null ? null : Math.max(parcel.seq, seq);
  }
  return [...parcels.values()];
}
