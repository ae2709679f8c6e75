import type { SubjectValue } from '../../db/audit.ts';
import type { Tx } from '../../db/tx.ts';
import type { RowFault } from '../../schemas/parsed-import.ts';
import type { CollegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import type { MakeFault } from './faults.ts';

/** What the registrar may say beside the file. All integers; weights in hundredths of a percent, credits in tenths. */
export interface ImportOptions {
  /** Scores: weights of the components, by course code or `*` for every course. */
  weights?: Record<string, Record<string, number>>;
  /** Plan: elective credits that graduation needs. */
  electiveCredits?: number;
}

export interface Row<V> {
  row: number;
  values: V;
}

export interface Around {
  register: Register;
  tx: Tx;
  collegeId: string;
  time: CollegeTime;
  options: ImportOptions;
  fault: MakeFault;
  /** A commit repeats the check for its faults and versions; nobody reads its warnings. */
  wantsWarnings: boolean;
}

export interface Checked<W> {
  faults: RowFault[];
  warnings: RowFault[];
  /** What a commit will do, in counts: shown in the preview and answered by the commit. */
  summary: Record<string, number>;
  /** Everything of the register that the outcome rests on, as plain data: another value means another preview. */
  versions: unknown;
  work: W;
}

export interface Writing extends Around {
  batchId: string;
  actorId: string;
  requestId: string;
}

export interface Written {
  /** Cases that have to look again. */
  cases: string[];
  /** What a person's part of the batch is: committed to under that person's key. */
  people: SubjectValue[];
  /** What undoing needs to know and the rows do not say. Kept in the batch's report. */
  before?: unknown;
}

export interface Batch {
  id: string;
  committedAt: string;
  before: unknown;
}

/** Something that keeps a batch from being undone. */
export interface Dependent {
  code: string;
  count: number;
}

/** One kind of import: pure reading first, then set-based writing of exactly what was read. */
export interface Kind<V, W, P = null> {
  check(around: Around, rows: readonly Row<V>[]): Promise<Checked<W>>;
  /** Keys, ids and readings made before the transaction opens. */
  prepare?(register: Register, rows: readonly Row<V>[]): P;
  write(writing: Writing, work: W, prepared: P): Promise<Written>;
  dependents(around: Around, batch: Batch): Promise<Dependent[]>;
  /** Answers the cases that have to look again. */
  undo(writing: Writing, batch: Batch): Promise<string[]>;
}

/** The same with its types forgotten: rows come back from the database as the kind itself wrote them. */
export type AnyKind = Kind<Record<string, unknown>, unknown, unknown>;

export const anyKind = <V, W, P>(kind: Kind<V, W, P>): AnyKind => kind as unknown as AnyKind;
