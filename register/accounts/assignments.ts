import type { Query } from '../../db/tx.ts';
import type { Role, ScopeKind } from '../../schemas/permissions.ts';
import type { Assignment } from './principal.ts';

export interface AssignmentRow {
  id: string;
  role: Role;
  scope_kind: ScopeKind;
  scope_id: string | null;
  college_id: string | null;
}

/** The roles a user holds on a date, in every college. */
export async function liveAssignments(query: Query, userId: string, today: string): Promise<AssignmentRow[]> {
  return await query('role_assignments')
    .where({ user_id: userId, revoked_at: null })
    .where('from_on', '<=', today)
    .where((open) => void open.whereNull('to_on').orWhere('to_on', '>=', today))
    .orderBy('id')
    .select('id', 'role', 'scope_kind', 'scope_id', 'college_id');
}

/** What counts in one college: its own assignments and those over the whole deployment. */
export function inCollege(rows: readonly AssignmentRow[], collegeId: string | null): Assignment[] {
  return rows
    .filter((row) => row.college_id === null || row.college_id === collegeId)
    .map(({ role, scope_kind, scope_id }) => ({ role, scope: { kind: scope_kind, id: scope_id } }));
}
