import { appendLeaf } from '../../db/audit.ts';
import type { KeysetPage, Rows } from '../../db/keyset.ts';
import { keysetPage } from '../../db/keyset.ts';
import type { Call, Query } from '../../db/tx.ts';
import { expectVersion, updateVersioned } from '../../db/versions.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { UserView } from '../../schemas/api/accounts.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';
import { endSessions } from './sessions.ts';

interface UserRow {
  id: string;
  login_name: string;
  display_name: string;
  person_id: string | null;
  active: number;
  version: number;
  created_at: string;
}

type AssignedRole = UserView['roles'][number];

export interface ListUsers {
  limit: number;
  cursor?: string | undefined;
  role?: string | undefined;
  active?: boolean | undefined;
  text?: string | undefined;
}

/** Users are per deployment; their roles say where they work. */
export async function listUsers(
  { db }: Register,
  { limit, cursor, role, active, text }: ListUsers,
): Promise<{ items: UserView[]; next: string | null }> {
  const query: Rows = selectUsers(db.reader);
  if (active !== undefined) void query.where('u.active', active ? 1 : 0);
  if (role !== undefined)
    void query.whereIn('u.id', db.reader('role_assignments').where({ role, revoked_at: null }).select('user_id'));
  if (text !== undefined) void query.where((some) => contains(some, text));
  const page: KeysetPage<UserRow> = await keysetPage(query, { id: 'u.id', order: ['u.login_name'], cursor, limit });
  return { items: await withRoles(db.reader, page.rows), next: page.next };
}

export async function readUser({ db }: Register, id: string): Promise<UserView> {
  const row: UserRow | undefined = await selectUsers(db.reader).where('u.id', id).first();
  if (!row) throw new Problem('not_found');
  return (await withRoles(db.reader, [row]))[0]!;
}

function selectUsers(query: Query): Rows {
  return query('users as u').select(
    'u.id',
    'u.login_name',
    'u.display_name',
    'u.person_id',
    'u.active',
    'u.version',
    'u.created_at',
  );
}

function contains(some: Rows, text: string): void {
  const like = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  void some
    .whereRaw("u.login_name LIKE ? ESCAPE '\\'", [like])
    .orWhereRaw("lower(u.display_name) LIKE ? ESCAPE '\\'", [like]);
}

async function withRoles(query: Query, rows: readonly UserRow[]): Promise<UserView[]> {
  const ids = rows.map(({ id }) => id);
  const roles = await rolesOf(query, ids);
  const seen = await lastSignIns(query, ids);
  return rows.map((row) => ({
    id: row.id,
    loginName: row.login_name,
    displayName: row.display_name,
    personId: row.person_id,
    active: Boolean(row.active),
    version: Number(row.version),
    createdAt: row.created_at,
    lastSignInAt: seen.get(row.id) ?? null,
    roles: roles.get(row.id) ?? [],
  }));
}

async function rolesOf(query: Query, userIds: readonly string[]): Promise<Map<string, AssignedRole[]>> {
  const rows = await query('role_assignments').whereIn('user_id', userIds).where({ revoked_at: null }).orderBy('id');
  const found = new Map<string, AssignedRole[]>();
  for (const row of rows) {
    const role: AssignedRole = {
      id: row.id,
      role: row.role,
      collegeId: row.college_id,
      scopeKind: row.scope_kind,
      scopeId: row.scope_id,
      fromOn: row.from_on,
      toOn: row.to_on,
    };
    found.set(row.user_id, [...(found.get(row.user_id) ?? []), role]);
  }
  return found;
}

async function lastSignIns(query: Query, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows: { user_id: string; at: string }[] = await query('sign_in_attempts')
    .whereIn('user_id', userIds)
    .where({ outcome: 'succeeded' })
    .groupBy('user_id')
    .select('user_id')
    .max('at as at');
  return new Map(rows.map(({ user_id, at }) => [user_id, at]));
}

export interface ChangeUser {
  id: string;
  displayName?: string | undefined;
  active?: boolean | undefined;
}

/** A disabled account signs in no more, and its sessions end with the same act. */
export async function changeUser(
  { db, systemClock }: Register,
  call: Call<ChangeUser>,
): Promise<{ id: string; version: number }> {
  const { id, displayName, active } = call.input;
  if (call.by.userId === id && active === false) throw new Problem('own_rights');
  return writeTx(db, { command: 'changeUser', ...call }, async (tx) => {
    const before: UserRow | undefined = await tx('users').where({ id }).first();
    if (!before) throw new Problem('not_found');
    expectVersion(before, call.ifMatch);
    const patch = {
      ...(displayName === undefined ? {} : { display_name: displayName }),
      ...(active === undefined ? {} : { active: active ? 1 : 0 }),
    };
    const version = await updateVersioned(tx, 'users', { id, version: Number(before.version), patch });
    if (active === false) await endSessions(tx, { user_id: id }, { at: systemClock.now(), because: 'disabled' });
    await appendLeaf(tx, {
      kind: 'user_changed',
      object: { type: 'user', id },
      body: { active: active ?? Boolean(before.active), renamed: displayName !== undefined },
    });
    return { id, version };
  });
}

export interface SignInRecord {
  id: string;
  userId: string | null;
  address: string;
  outcome: 'failed' | 'succeeded' | 'locked';
  at: string;
}

/** 登录日志, newest first. */
export async function listSignIns(
  { db }: Register,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: SignInRecord[]; next: string | null }> {
  const query: Rows = db
    .reader('sign_in_attempts as a')
    .select('a.id', 'a.user_id as userId', 'a.address', 'a.outcome', 'a.at');
  const page = await keysetPage<SignInRecord>(query, { id: 'a.id', order: ['a.at'], direction: 'desc', cursor, limit });
  return { items: page.rows, next: page.next };
}
