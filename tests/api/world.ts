import type { Database } from '../../db/open.ts';
import type { Browser, TestApi } from '../support/api.ts';
import { aUser, startApi } from '../support/api.ts';
import type { College, Student } from '../support/college.ts';
import { aCollege, someStudents } from '../support/college.ts';

export interface World {
  college: College;
  /** Another college's registrar sees nothing of the first. */
  other: College;
  students: Student[];
  api: TestApi;
  registrar: Browser;
  /** Holds a role with the same permission in the other college. */
  stranger: Browser;
  /** The first student, signed in. */
  student: Browser;
}

/** Two colleges, the first with rules and students, behind one API. */
export async function aWorld(db: Database, count = 3): Promise<World> {
  const college = await aCollege(db, { rules: true });
  const other = await aCollege(db, { code: '14998', register: college.register });
  const students = await someStudents(college, count);
  const first = students[0]!;
  const self = { role: 'student', collegeId: college.id, scopeKind: 'self' } as const;
  await aUser(college.register, { loginName: 'self-14999', personId: first.person, roles: [self] });
  const api = await startApi(college.register);
  return {
    college,
    other,
    students,
    api,
    registrar: await api.signedIn('registrar-14999'),
    stranger: await api.signedIn('registrar-14998'),
    student: await api.signedIn('self-14999'),
  };
}
