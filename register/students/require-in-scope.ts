import type { Actor, Query } from '../../db/tx.ts';
import { oneInScope } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { fromStudents, studentScope } from './select-students.ts';

/** A person acts only on students within the scope of the permission at hand; bulk work was checked when it was asked for. */
export async function requireEnrolmentInScope(query: Query, by: Actor, enrolmentId: string): Promise<void> {
  if (!isPrincipal(by)) return;
  await oneInScope(fromStudents(query).where('e.id', enrolmentId).select('e.id'), by, studentScope);
}

/** Somebody signed in, as against the system, seeding, or an operation that carries on in a person's name. */
export function isPrincipal(by: Actor): by is Principal {
  return 'scopes' in by;
}
