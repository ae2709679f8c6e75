import type { TeacherList } from '../../schemas/api/sheets.ts';
import { legalDateOf } from '../../schemas/time.ts';
import { holdersOf } from '../accounts/holders.ts';
import { collegeOf } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';

/** Whoever may be given a course to teach. */
export async function listTeachers({ db, systemClock }: Register, by: Principal): Promise<TeacherList> {
  const holding = { role: 'teacher', collegeId: collegeOf(by), today: legalDateOf(systemClock.now()) } as const;
  return { items: await holdersOf(db.reader, holding) };
}
