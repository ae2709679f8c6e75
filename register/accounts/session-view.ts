import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import type { SessionView } from '../../schemas/api/accounts.ts';
import { permissionsOf, roleTitles } from '../../schemas/permissions.ts';
import { Problem } from '../../schemas/problem.ts';
import { legalDateOf } from '../../schemas/time.ts';
import { collegeTime } from '../college/clock.ts';
import { listTerms } from '../college/terms.ts';
import type { Term } from '../college/terms.ts';
import type { Register } from '../register.ts';
import { liveAssignments } from './assignments.ts';
import type { Principal } from './principal.ts';
import { rolesHeld } from './principal.ts';

type College = NonNullable<SessionView['college']>;

/** Everything the console needs to know about whoever signed in. */
export async function readSessionView({ db, systemClock }: Register, by: Principal): Promise<SessionView> {
  return readTx(db, async (tx) => {
    const account = await readAccount(tx, by);
    const colleges = await reachable(tx, by, legalDateOf(systemClock.now()));
    const college = colleges.find(({ id }) => id === by.collegeId) ?? null;
    const today = college ? (await collegeTime(tx, systemClock, college.id)).today : null;
    const term = college && today ? termOn(await listTerms(tx, college.id), today) : null;
    const roles = by.assignments.map(({ role, scope }) => ({
      role,
      title: roleTitles[role],
      scopeKind: scope.kind,
      scopeId: scope.id,
    }));
    return { ...account, roles, permissions: permissionsOf(rolesHeld(by)), college, colleges, today, term };
  });
}

type AccountPart = Pick<SessionView, 'user' | 'mustChangePassword' | 'idleSeconds' | 'expiresAt'>;

async function readAccount(tx: Tx, by: Principal): Promise<AccountPart> {
  const user = await tx('users').where({ id: by.userId }).first('login_name', 'display_name', 'person_id');
  const session = await tx('user_sessions').where({ id: by.sessionId }).first('idle_seconds', 'expires_at');
  if (!user || !session) throw new Problem('not_signed_in');
  return {
    user: { id: by.userId, displayName: user.display_name, loginName: user.login_name, personId: user.person_id },
    mustChangePassword: by.mustChangePassword,
    idleSeconds: Number(session.idle_seconds),
    expiresAt: session.expires_at,
  };
}

async function reachable(tx: Tx, by: Principal, today: string): Promise<College[]> {
  const held = await liveAssignments(tx, by.userId, today);
  const everywhere = held.some(({ college_id }) => college_id === null);
  const query = tx('colleges').orderBy('code').select('id', 'code', 'name_zh', 'name_en', 'demo');
  if (!everywhere)
    void query.whereIn(
      'id',
      held.flatMap(({ college_id }) => (college_id === null ? [] : [college_id])),
    );
  const rows: { id: string; code: string; name_zh: string; name_en: string; demo: number }[] = await query;
  return rows.map(({ id, code, name_zh, name_en, demo }) => ({
    id,
    code,
    name: { 'zh-CN': name_zh, en: name_en },
    demo: Boolean(demo),
  }));
}

/** The term at hand; between terms, the one that ended last. */
function termOn(terms: readonly Term[], today: string): Term | null {
  return terms.filter(({ startsOn }) => startsOn <= today).at(-1) ?? null;
}
