import { appendLeaf } from '../../db/audit.ts';
import type { DueCall } from '../cases/due-call.ts';
import { dueTx, noLongerDue } from '../cases/due-call.ts';
import type { Register } from '../register.ts';

/** One reminder to the teacher of a sheet that is overdue, whichever of its cases noticed first. Key: `remind/{sheet}/{due date}/{n}`. */
export async function remindOverdue(register: Register, due: DueCall): Promise<void> {
  const [, sheetId = '', dueOn = '', ordinal = '1'] = due.opKey.split('/');
  await dueTx(register, { command: 'remindOverdue', due }, async (tx) => {
    const known = await tx('reminders').where({ object_id: sheetId }).first('id');
    const sheet = await tx('score_sheets')
      .join('offerings', 'offerings.id', 'score_sheets.offering_id')
      .where('score_sheets.id', sheetId)
      .first('teacher_id');
    if (known || !sheet) noLongerDue();
    const id = register.newId('event');
    const about = {
      case_id: due.caseId,
      step: 'score_sheet',
      due_on: dueOn,
      ordinal: Number(ordinal),
      object_id: sheetId,
    };
    await tx('reminders').insert({
      id,
      ...about,
      role: 'teacher',
      person_id: sheet.teacher_id,
      at: register.systemClock.now(),
    });
    await appendLeaf(tx, {
      kind: 'reminder_sent',
      object: { type: 'score_sheet', id: sheetId },
      body: { dueOn, ordinal: Number(ordinal) },
    });
  });
}
