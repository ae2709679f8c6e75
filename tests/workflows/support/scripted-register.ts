import type { Conductor, Heartbeats, Perform, Trouble } from '../../../activities/conductor.ts';
import { dueKinds } from '../../../workflows/messages.ts';
import type { DueAction, DueInput, DueKind, Snapshot, WorkflowType } from '../../../workflows/messages.ts';

export interface ScriptedCase {
  seq: number;
  term: string;
  due: DueAction[];
  /** Actions that become due at an instant of the register's clock. */
  later: { at: number; action: DueAction }[];
  closed: boolean;
  reads: number;
  /** The seq of the last snapshot read. */
  seen: number;
  doneAt: Map<string, number>;
}

/** A register in memory that keeps the promises of the real one: one effect an op key, seq up by one a change. */
export class ScriptedRegister implements Conductor {
  readonly cases = new Map<string, ScriptedCase>();
  readonly troubles: Trouble[] = [];
  readonly cleared: string[] = [];
  /** Called before an action takes effect; may throw. */
  beforePerform: (input: DueInput & { kind: DueKind }, context: Heartbeats) => Promise<void> | void = () => undefined;
  /** Called with the snapshot read, before the workflow gets it. */
  afterRead: (caseId: string, snapshot: Snapshot) => Promise<void> | void = () => undefined;
  readonly perform: Record<DueKind, Perform>;
  private readonly now: () => Promise<number>;
  private watchers: { holds: () => boolean; resolve: () => void }[] = [];

  constructor(now: () => Promise<number>) {
    this.now = now;
    const each =
      (kind: DueKind): Perform =>
      (input, context) =>
        this.performOne({ ...input, kind }, context);
    this.perform = Object.fromEntries(dueKinds.map((kind) => [kind, each(kind)])) as Record<DueKind, Perform>;
  }

  open(caseId: string, start: Partial<ScriptedCase> = {}): ScriptedCase {
    const fresh = { seq: 1, term: 'term-1', due: [], later: [], closed: false, reads: 0, seen: 0, doneAt: new Map() };
    const opened: ScriptedCase = { ...fresh, ...start };
    this.cases.set(caseId, opened);
    return opened;
  }

  /** As a command would: changes the case, and answers the seq of the change. */
  change(caseId: string, edit: (it: ScriptedCase) => void): number {
    const it = this.get(caseId);
    edit(it);
    it.seq += 1;
    this.changed();
    return it.seq;
  }

  get(caseId: string): ScriptedCase {
    const it = this.cases.get(caseId);
    if (!it) throw new Error(`the script has no case ${caseId}`);
    return it;
  }

  /** Resolves once it holds; looked at after every event, so no test sleeps. */
  when(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => this.watchers.push({ holds, resolve }));
  }

  async loadCase({ caseId }: { workflowType: WorkflowType; caseId: string }): Promise<Snapshot> {
    const now = await this.now();
    const it = this.cases.get(caseId);
    const nowText = new Date(now).toISOString();
    if (!it) return { seq: 0, term: 'none', ended: true, now: nowText, nextDeadline: null, due: [] };
    it.reads += 1;
    it.due.push(...it.later.filter(({ at }) => at <= now).map(({ action }) => action));
    it.later = it.later.filter(({ at }) => at > now);
    const next = it.later.length > 0 ? Math.min(...it.later.map(({ at }) => at)) : null;
    const snapshot: Snapshot = {
      seq: it.seq,
      term: it.term,
      ended: it.closed && it.due.length === 0,
      now: nowText,
      nextDeadline: next === null ? null : new Date(next).toISOString(),
      due: [...it.due],
    };
    await this.afterRead(caseId, snapshot);
    it.seen = snapshot.seq;
    this.changed();
    return snapshot;
  }

  recordTrouble(trouble: Trouble): Promise<void> {
    this.troubles.push(trouble);
    this.changed();
    return Promise.resolve();
  }

  clearTrouble(_caseId: string, opKey: string): Promise<void> {
    this.cleared.push(opKey);
    return Promise.resolve();
  }

  private async performOne(input: DueInput & { kind: DueKind }, context: Heartbeats): Promise<void> {
    await this.beforePerform(input, context);
    const now = await this.now();
    const it = this.get(input.caseId);
    const isDue = it.due.some(({ opKey }) => opKey === input.opKey);
    if (!isDue) return; // known or stale
    if (it.doneAt.has(input.opKey)) throw new Error(`${input.opKey} would have a second effect`);
    it.due = it.due.filter(({ opKey }) => opKey !== input.opKey);
    it.doneAt.set(input.opKey, now);
    it.seq += 1;
    this.changed();
  }

  private changed(): void {
    const met = this.watchers.filter(({ holds }) => holds());
    this.watchers = this.watchers.filter((watcher) => !met.includes(watcher));
    for (const { resolve } of met) resolve();
  }
}
