import type { TeacherList } from '../../schemas/api/sheets.ts';
import { legalDateOf } from '../../schemas/time.ts';
import { collegeOf } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';

/** Whoever may be given a course to teach: active users who hold the role of teacher in this college today. */
export async function listTeachers({ db, systemClock }: Register, by: Principal): Promise<TeacherList> {
  const today = legalDateOf(systemClock.now());
  const teaching = db
    .reader('role_assignments')
    .where({ role: 'teacher', revoked_at: null })
    .where((here) => void here.where({ college_id: collegeOf(by) }).orWhereNull('college_id'))
    .where('from_on', '<=', today)
    .where((open) => void open.whereNull('to_on').orWhere('to_on', '>=', today))
    .select('user_id');
  const items = await db
    .reader('users')
    .where({ active: 1 })
    .whereIn('id', teaching)
    .orderBy(['display_name', 'id'])
    .select({ id: 'id', name: 'display_name' });
  return { items };
}
