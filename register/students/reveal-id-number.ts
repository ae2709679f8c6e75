import { appendLeaf } from '../../db/audit.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { PersonCall } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { studentInScope } from './read-student.ts';

/** Shows a whole ID number to somebody who says why; who looked and why stays in the audit log. The number is in no stored answer. */
export async function revealIdNumber(
  register: Register,
  call: PersonCall<{ id: string; reason: string }>,
): Promise<{ idNumber: string | null }> {
  const { id, reason } = call.input;
  await writeTx(register.db, { command: 'revealIdNumber', ...call }, async (tx) => {
    await studentInScope(tx, call.by, id);
    const { person_id: subject } = await tx('enrolments').where({ id }).first('person_id');
    await appendLeaf(tx, { kind: 'id_number_revealed', object: { type: 'enrolment', id }, subject, reason });
    return {};
  });
  const row = await register.db
    .reader('enrolments as e')
    .join('people as p', 'p.id', 'e.person_id')
    .where('e.id', id)
    .first('p.id_number_enc');
  const sealed: string | null = row?.id_number_enc ?? null;
  return { idNumber: sealed === null ? null : register.db.keys.decryptIdNumber(sealed) };
}
