import { noteSeen } from '../../db/case-watch.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import { caseDue } from '../../rules/due.ts';
import type { CaseDue } from '../../rules/due.ts';
import { stageOf } from '../../rules/stage.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { readGround, workOutAll } from '../verdicts/work-out.ts';
import type { Ground } from '../verdicts/work-out.ts';
import { caseView, loadCaseParts } from './case-file.ts';
import type { CaseView } from './case-file.ts';
import { eventSeqOf } from './event-seq.ts';
import { noteCaseSeen } from './note-seen.ts';

export interface LoadedCase extends CaseDue {
  seq: number;
  term: string;
  now: string;
}

interface Reading {
  seq: number;
  ground: Ground;
  parts: Awaited<ReturnType<typeof loadCaseParts>>;
}

/** Where a case stands and what is due, read in one snapshot. Undefined when there is no such case. */
export async function viewCase(register: Register, caseId: string): Promise<(CaseView & { seq: number }) | undefined> {
  const reading = await readTx(register.db, (tx) => readCase(register, tx, caseId));
  if (!reading) return undefined;
  const { ground, parts, seq } = reading;
  return { seq, ...caseView({ caseId, ground, worked: workOutAll(ground), ...parts }) };
}

async function readCase(register: Register, tx: Tx, caseId: string): Promise<Reading | undefined> {
  const enrolment = await tx('enrolments').where({ id: caseId }).first('college_id');
  if (!enrolment) return undefined;
  const collegeId: string = enrolment.college_id;
  const pathwayIds: string[] = await tx('pathways').where({ enrolment_id: caseId }).orderBy('id').pluck('id');
  if (pathwayIds.length === 0) return undefined;
  const time = await collegeTime(tx, register.systemClock, collegeId);
  return {
    seq: await eventSeqOf(tx, caseId),
    ground: await readGround(tx, { collegeId, pathwayIds, time }),
    parts: await loadCaseParts(tx, { collegeId, caseId, pathwayIds }),
  };
}

/** For the conductor: as viewCase, and notes in the plumbing what was seen, when to look again, and the stages for lists. */
export async function loadCase(register: Register, caseId: string): Promise<LoadedCase> {
  const view = await viewCase(register, caseId);
  if (!view) return endUnknown(register, caseId);
  const { file, seq } = view;
  const due = caseDue(file);
  const status = view.pathways.map(({ file: pathway, worked }) => ({
    pathwayId: pathway.id,
    stage: stageOf(pathway),
    verdict: worked.verdict,
    asOf: file.now,
  }));
  await noteCaseSeen(register, { caseId, seq, nextDueAt: due.nextDeadline, ended: due.ended, status });
  return { ...due, seq, term: file.term.code, now: file.now };
}

/** Forged, or taken away by a restore or an undone import: whoever watches it stops. */
async function endUnknown(register: Register, caseId: string): Promise<LoadedCase> {
  const name = { workflowType: 'studentPathway', caseId };
  const seq = await eventSeqOf(register.db.reader, caseId);
  await noteSeen(register.db, { ...name, seq, nextDueAt: null, ended: true });
  return { seq, term: '', now: register.systemClock.now(), due: [], nextDeadline: null, ended: true };
}
