import type { Conductor, Heartbeats, Perform, Trouble } from '../../../activities/conductor.ts';
import { appendLeaf } from '../../../db/audit.ts';
import { findCase, noteSeen } from '../../../db/case-watch.ts';
import type { Database } from '../../../db/open.ts';
import { enqueueNudge } from '../../../db/outbox.ts';
import { clearTrouble, recordTrouble } from '../../../db/trouble.ts';
import { writeTxReplayed } from '../../../db/write-tx.ts';
import { dueKinds } from '../../../workflows/messages.ts';
import type { DueAction, DueInput, DueKind, Snapshot, WorkflowType } from '../../../workflows/messages.ts';

const system = { userId: 'system', collegeId: null, role: 'system' };

/** A conductor whose plan is scripted and whose effects are real commands: op keys, audit leaves, outbox rows, case_watch. */
export class KeptRegister implements Conductor {
  readonly plan = new Map<string, { workflowType: WorkflowType; due: DueAction[]; closed: boolean }>();
  readonly reads = new Map<string, number>();
  readonly troubles: Trouble[] = [];
  effects = 0;
  beforePerform: (input: DueInput, context: Heartbeats) => Promise<void> | void = () => undefined;
  readonly perform: Record<DueKind, Perform>;
  readonly db: Database;
  private keys = 0;

  constructor(db: Database) {
    this.db = db;
    const each: Perform = (input, context) => this.performOne(input, context);
    this.perform = Object.fromEntries(dueKinds.map((kind) => [kind, each])) as Record<DueKind, Perform>;
  }

  /** A person's command: changes the plan of some cases and nudges them. */
  async command(
    caseIds: readonly string[],
    change: (caseId: string) => { due?: DueAction[]; closed?: boolean; workflowType?: WorkflowType },
  ) {
    const key = `command-${(this.keys += 1)}`;
    await writeTxReplayed(this.db, { command: 'test', key, by: system, input: {} }, async (tx) => {
      await appendLeaf(tx, { kind: 'tested', object: { type: 'test', id: key } });
      for (const caseId of caseIds) {
        const { workflowType = 'studentPathway', due = [], closed = false } = change(caseId);
        const known = this.plan.get(caseId) ?? { workflowType, due: [], closed: false };
        this.plan.set(caseId, { ...known, due: [...known.due, ...due], closed });
        await enqueueNudge(tx, { workflowType: known.workflowType, caseId });
      }
      return {};
    });
  }

  async loadCase({ workflowType, caseId }: { workflowType: WorkflowType; caseId: string }): Promise<Snapshot> {
    const now = new Date().toISOString();
    const seq = (await findCase(this.db.reader, { workflowType, caseId }))?.eventSeq ?? 0;
    const it = this.plan.get(caseId);
    if (!it) return { seq: 0, term: '', ended: true, now, nextDeadline: null, due: [] };
    this.reads.set(caseId, (this.reads.get(caseId) ?? 0) + 1);
    const ended = it.closed && it.due.length === 0;
    await noteSeen(this.db, { workflowType, caseId, seq, nextDueAt: null, ended });
    return { seq, term: '2026-1', ended, now, nextDeadline: null, due: [...it.due] };
  }

  recordTrouble({ workflowType, caseId, opKey, kind, code, attempt }: Trouble): Promise<void> {
    return recordTrouble(this.db, { workflowType, caseId, opKey, kind, code, attempts: attempt });
  }

  clearTrouble(caseId: string, opKey: string): Promise<void> {
    return clearTrouble(this.db, { caseId, opKey });
  }

  private async performOne(input: DueInput, context: Heartbeats): Promise<void> {
    await this.beforePerform(input, context);
    const it = this.plan.get(input.caseId);
    if (!it?.due.some(({ opKey }) => opKey === input.opKey)) return;
    const { workflowType } = it;
    const { replayed } = await writeTxReplayed(
      this.db,
      { command: 'act', key: input.opKey, by: system, input: { ...input } },
      async (tx) => {
        await appendLeaf(tx, { kind: 'acted', object: { type: 'case', id: input.caseId } });
        await enqueueNudge(tx, { workflowType, caseId: input.caseId });
        return {};
      },
    );
    it.due = it.due.filter(({ opKey }) => opKey !== input.opKey);
    if (!replayed) this.effects += 1;
  }
}
