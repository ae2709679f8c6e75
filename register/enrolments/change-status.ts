import { appendLeaf } from '../../db/audit.ts';
import { enqueueNudge } from '../../db/outbox.ts';
import type { Call } from '../../db/tx.ts';
import { expectVersion, updateVersioned } from '../../db/versions.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { needsReason } from '../teaching/faults.ts';
import { leaveOpenSheets } from './transfer-class.ts';

export type EnrolmentStatus = 'enrolled' | 'suspended' | 'withdrawn' | 'graduated';

export interface ChangeStatus {
  enrolmentId: string;
  status: EnrolmentStatus;
  reason: string;
}

/** 休学、复学、退学、毕业. Nobody comes back from having left; a further enrolment is made instead. */
const mayBecome: Readonly<Record<EnrolmentStatus, readonly EnrolmentStatus[]>> = {
  enrolled: ['suspended', 'withdrawn', 'graduated'],
  suspended: ['enrolled', 'withdrawn'],
  withdrawn: [],
  graduated: [],
};

export async function changeStatus(
  register: Register,
  call: Call<ChangeStatus>,
): Promise<{ enrolment: string; version: number }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'changeStatus', ...call }, async (tx) => {
    const row = await tx('enrolments')
      .where({ id: input.enrolmentId, college_id: by.collegeId })
      .first('id', 'person_id', 'college_id', 'class_id', 'status', 'version');
    if (!row) throw new Problem('not_found');
    expectVersion(row, call.ifMatch);
    const faults = needsReason(input.reason);
    if (faults.length > 0) throw new Problem('bad_input', faults);
    if (!mayBecome[row.status as EnrolmentStatus].includes(input.status))
      throw new Problem('enrolment_status', [], { status: row.status });
    const version = await updateVersioned(tx, 'enrolments', {
      id: row.id,
      version: row.version,
      patch: { status: input.status },
    });
    if (input.status !== 'enrolled') await leaveOpenSheets(tx, { enrolmentId: row.id, classId: row.class_id });
    const { now } = await collegeTime(tx, register.systemClock, row.college_id);
    const body = { from: row.status, to: input.status };
    await tx('enrolment_events').insert({
      id: register.newId('event'),
      enrolment_id: row.id,
      kind: 'status_changed',
      body: JSON.stringify(body),
      reason: input.reason,
      actor_id: by.userId,
      at: now,
    });
    await appendLeaf(tx, {
      kind: 'status_changed',
      object: { type: 'enrolment', id: row.id },
      subject: row.person_id,
      reason: input.reason,
      body,
    });
    await enqueueNudge(tx, { workflowType: 'studentPathway', caseId: row.id });
    return { enrolment: row.id, version };
  });
}
