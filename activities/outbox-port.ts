/** A nudge waiting to be sent. */
export interface OutboxRow {
  id: number;
  workflowType: string;
  caseId: string;
  seq: number | null;
  /** 0 at once; 1 bulk, at a gentle pace. */
  priority: number;
  attempts: number;
}

/** The outbox as the relay needs it; the queries stand in `db/`, `bin/` hands them in. Instants are the system clock's. */
export interface OutboxPort {
  /** Unsent rows whose `not_before` has come, by priority, then id. */
  unsent(limit: number): Promise<OutboxRow[]>;
  markSent(ids: readonly number[]): Promise<void>;
  postpone(ids: readonly number[], hold: { until: string; code: string }): Promise<void>;
  deleteOldSent(): Promise<void>;
  /** Inserts a row without seq for each case the worker should have seen by now; says how many. */
  reconcile(): Promise<number>;
}
