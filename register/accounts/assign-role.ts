import { appendLeaf } from '../../db/audit.ts';
import type { Actor, Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { Role, ScopeKind } from '../../schemas/permissions.ts';
import { exclusiveRoles } from '../../schemas/permissions.ts';
import type { Fault } from '../../schemas/problem.ts';
import { Problem } from '../../schemas/problem.ts';
import { legalDateOf } from '../../schemas/time.ts';
import type { Register } from '../register.ts';

export interface NewAssignment {
  userId: string;
  role: Role;
  /** Null only over the whole deployment. */
  collegeId?: string | null | undefined;
  scopeKind: ScopeKind;
  scopeId?: string | null | undefined;
  fromOn?: string | undefined;
  toOn?: string | null | undefined;
}

/** A role, over a scope, for a time. 三员 exclude one another, and nobody gives themselves rights. */
export async function assignRole(register: Register, call: Call<NewAssignment>): Promise<{ id: string }> {
  if (call.by.userId === call.input.userId) throw new Problem('own_rights');
  return writeTx(register.db, { command: 'assignRole', ...call }, (tx) =>
    grantRole(register, tx, { by: call.by, assignment: call.input }),
  );
}

export async function grantRole(
  register: Register,
  tx: Tx,
  { by, assignment }: { by: Actor; assignment: NewAssignment },
): Promise<{ id: string }> {
  const { newId, systemClock } = register;
  const now = systemClock.now();
  const { userId, role, scopeKind, fromOn = legalDateOf(now), toOn = null } = assignment;
  const [collegeId, scopeId] = [assignment.collegeId ?? null, assignment.scopeId ?? null];
  if (!(await tx('users').where({ id: userId }).first('id'))) throw new Problem('not_found');
  const faults = await scopeFaults(tx, { ...assignment, collegeId, scopeId });
  if (toOn !== null && toOn < fromOn) faults.push({ pointer: '/toOn', code: 'period_reversed' });
  if (faults.length > 0) throw new Problem('bad_input', faults);
  await refuseConflicts(tx, { ...assignment, collegeId, scopeId });
  const id = newId('role');
  await tx('role_assignments').insert({
    id,
    user_id: userId,
    college_id: collegeId,
    role,
    scope_kind: scopeKind,
    scope_id: scopeId,
    from_on: fromOn,
    to_on: toOn,
    granted_by: by.userId,
    granted_at: now,
    revoked_by: null,
    revoked_at: null,
  });
  await appendLeaf(tx, {
    kind: 'role_assigned',
    object: { type: 'user', id: userId },
    body: { assignment: id, role, scope: scopeKind },
  });
  return { id };
}

const scopeTables: Partial<Record<ScopeKind, string>> = {
  department: 'org_units',
  class: 'org_units',
  programme: 'programmes',
  offering: 'offerings',
};

/** The scope exists, in that college, and is of the kind it says. */
async function scopeFaults(tx: Tx, { collegeId, scopeKind, scopeId }: NewAssignment): Promise<Fault[]> {
  if (scopeKind === 'deployment') {
    return collegeId == null && scopeId == null ? [] : [{ pointer: '/scopeKind', code: 'scope_takes_no_college' }];
  }
  if (collegeId == null) return [{ pointer: '/collegeId', code: 'required' }];
  if (!(await tx('colleges').where({ id: collegeId }).first('id')))
    return [{ pointer: '/collegeId', code: 'college_unknown' }];
  const table = scopeTables[scopeKind];
  if (!table) return scopeId == null ? [] : [{ pointer: '/scopeId', code: 'scope_takes_no_id' }];
  if (scopeId == null) return [{ pointer: '/scopeId', code: 'required' }];
  const where =
    table === 'org_units'
      ? { id: scopeId, college_id: collegeId, kind: scopeKind }
      : { id: scopeId, college_id: collegeId };
  return (await tx(table).where(where).first('id')) ? [] : [{ pointer: '/scopeId', code: 'scope_unknown' }];
}

async function refuseConflicts(tx: Tx, { userId, role, collegeId, scopeKind, scopeId }: NewAssignment): Promise<void> {
  const held: { role: Role }[] = await tx('role_assignments')
    .where({ user_id: userId, revoked_at: null })
    .select('role');
  const same = {
    user_id: userId,
    revoked_at: null,
    role,
    scope_kind: scopeKind,
    scope_id: scopeId ?? null,
    college_id: collegeId ?? null,
  };
  if (await tx('role_assignments').where(same).first('id')) throw new Problem('role_held_already');
  if (isExclusive(role) && held.some((other) => isExclusive(other.role))) throw new Problem('exclusive_roles');
}

function isExclusive(role: Role): boolean {
  return (exclusiveRoles as readonly Role[]).includes(role);
}

/** Takes a role away; it stays in the record with who took it. */
export async function revokeRole(
  { db, systemClock }: Register,
  call: Call<{ userId: string; assignmentId: string }>,
): Promise<{ id: string }> {
  const { userId, assignmentId } = call.input;
  if (call.by.userId === userId) throw new Problem('own_rights');
  return writeTx(db, { command: 'revokeRole', ...call }, async (tx) => {
    const patch = { revoked_by: call.by.userId, revoked_at: systemClock.now() };
    const changed = await tx('role_assignments')
      .where({ id: assignmentId, user_id: userId, revoked_at: null })
      .update(patch);
    if (changed !== 1) throw new Problem('not_found');
    await appendLeaf(tx, {
      kind: 'role_revoked',
      object: { type: 'user', id: userId },
      body: { assignment: assignmentId },
    });
    return { id: assignmentId };
  });
}
