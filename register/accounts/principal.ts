import type { Actor, Call } from '../../db/tx.ts';
import type { Permission, Role, ScopeKind } from '../../schemas/permissions.ts';
import { grants } from '../../schemas/permissions.ts';

/** One role somebody holds, and over what. */
export interface Assignment {
  role: Role;
  scope: Scope;
}

/** `id` names the department, programme, class or offering; deployment, college and self have none. */
export interface Scope {
  kind: ScopeKind;
  id: string | null;
}

/** Who asks, as the session says. `role` is the one that permits what is being done; it goes into the audit leaf. */
export interface Principal extends Actor {
  personId: string | null;
  sessionId: string | null;
  assignments: readonly Assignment[];
  /** Where the permission of the route at hand holds. */
  scopes: readonly Scope[];
  /** Holds an initial password: may do nothing before choosing another. */
  mustChangePassword: boolean;
  /** A system that asks by token: what its token is good for, instead of roles. */
  machine?: readonly Permission[];
}

/** A call made by a person through the API. */
export interface PersonCall<I> extends Call<I> {
  by: Principal;
  requestId: string;
}

export const nobody: Principal = {
  userId: 'anonymous',
  collegeId: null,
  role: 'anonymous',
  personId: null,
  sessionId: null,
  assignments: [],
  scopes: [],
  mustChangePassword: false,
};

/** Where this person may do that: empty is nowhere. */
export function scopeOf(by: Principal, permission: Permission): Scope[] {
  return by.assignments.filter(({ role }) => grants[role].includes(permission)).map(({ scope }) => scope);
}

/** The same person, acting under the permission a route asks for; null when no role of theirs has it. */
export function actingUnder(by: Principal, permission: Permission): Principal | null {
  if (by.machine) return machineUnder(by, by.machine, permission);
  const first = by.assignments.find(({ role }) => grants[role].includes(permission));
  return first ? { ...by, role: first.role, scopes: scopeOf(by, permission) } : null;
}

/** Students come within its reach only where its token names them. */
function machineUnder(by: Principal, good: readonly Permission[], permission: Permission): Principal | null {
  if (!good.includes(permission)) return null;
  return { ...by, scopes: good.includes('students.read') ? [{ kind: 'college', id: null }] : [] };
}

export function rolesHeld(by: Principal): Role[] {
  return [...new Set(by.assignments.map(({ role }) => role))];
}
