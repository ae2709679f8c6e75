import type { DueInput, DueKind, Snapshot, WorkflowType } from '../workflows/messages.ts';

export interface Heartbeats {
  /** Says how far the work got; a retry finds it in `resumeFrom`. */
  heartbeat(cursor: unknown): void;
  resumeFrom?: unknown;
  /** Aborted at shutdown and when the attempt has run out of time. */
  signal: AbortSignal;
}

export type Perform = (input: DueInput, context: Heartbeats) => Promise<void>;

export interface Trouble {
  workflowType: WorkflowType;
  caseId: string;
  kind: DueKind | 'loadCase';
  opKey: string;
  code: string;
  attempt: number;
}

/** What activities ask of the register; `bin/` hands it in. */
export interface Conductor {
  /** Where the case stands, noting that it was seen. An unknown case is `ended`. */
  loadCase(input: { workflowType: WorkflowType; caseId: string }): Promise<Snapshot>;
  /** Each does its work in one transaction keyed by `opKey`; already done or no longer due is no error. */
  perform: Record<DueKind, Perform>;
  recordTrouble(trouble: Trouble): Promise<void>;
  clearTrouble(caseId: string, opKey: string): Promise<void>;
}

/** A pino logger fits. Only ids, kinds and codes are ever logged here. */
export interface Log {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}
