import type { Query } from '../../db/tx.ts';
import type { Role } from '../../schemas/permissions.ts';

export interface Holding {
  role: Role;
  collegeId: string;
  /** Legal date. */
  today: string;
}

/** Active users who hold a role in a college on a day, by name. */
export async function holdersOf(
  query: Query,
  { role, collegeId, today }: Holding,
): Promise<{ id: string; name: string }[]> {
  const holding = query('role_assignments')
    .where({ role, revoked_at: null })
    .where((here) => void here.where({ college_id: collegeId }).orWhereNull('college_id'))
    .where('from_on', '<=', today)
    .where((open) => void open.whereNull('to_on').orWhere('to_on', '>=', today))
    .select('user_id');
  return query('users')
    .where({ active: 1 })
    .whereIn('id', holding)
    .orderBy(['display_name', 'id'])
    .select({ id: 'id', name: 'display_name' });
}
