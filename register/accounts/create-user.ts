import { appendLeaf } from '../../db/audit.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';
import type { NewAssignment } from './assign-role.ts';
import { grantRole } from './assign-role.ts';
import { normalLoginName } from './login-name.ts';
import { passwordFaults } from './password-rules.ts';

export interface NewUser {
  loginName: string;
  /** What others see; for a student or teacher, the name. */
  displayName: string;
  personId?: string | undefined;
  password: string;
  /** An initial password, to be replaced at first sign-in. */
  mustChange?: boolean;
  /** Only set-up and seeding give roles here; otherwise they are the security administrator's to give. */
  roles?: readonly Omit<NewAssignment, 'userId'>[];
}

export interface UserCreated {
  id: string;
  version: number;
}

/** What belongs to the same act, such as using up a set-up code. */
export type AlsoInTx = (tx: Tx, userId: string) => Promise<void>;

/** An account. The password never reaches the idempotency table: a fingerprint of it could be guessed. */
export async function createUser(
  register: Register,
  call: Call<NewUser>,
  also: AlsoInTx = async () => {},
): Promise<UserCreated> {
  const { input, ...rest } = call;
  const loginName = normalLoginName(input.loginName);
  const faults = passwordFaults(input.password, { pointer: '/password', loginName });
  if (faults.length > 0) throw new Problem('bad_input', faults);
  const hash = await register.passwords.hash(input.password);
  const { password: _password, ...fingerprinted } = input;
  return writeTx(
    register.db,
    { command: 'createUser', ...rest, input: { ...fingerprinted, loginName } },
    async (tx) => {
      const id = register.newId('user');
      await refuseDoubles(tx, loginName, input.personId);
      await insertUser(register, tx, { id, loginName, hash, input });
      await appendLeaf(tx, {
        kind: 'user_created',
        object: { type: 'user', id },
        body: { person: input.personId ?? null },
      });
      for (const role of input.roles ?? [])
        await grantRole(register, tx, { by: call.by, assignment: { userId: id, ...role } });
      await also(tx, id);
      return { id, version: 1 };
    },
  );
}

async function refuseDoubles(tx: Tx, loginName: string, personId: string | undefined): Promise<void> {
  if (await tx('users').where({ login_name: loginName }).first('id'))
    throw new Problem('login_name_taken', [{ pointer: '/loginName', code: 'login_name_taken' }]);
  if (personId === undefined) return;
  if (!(await tx('people').where({ id: personId }).first('id')))
    throw new Problem('bad_input', [{ pointer: '/personId', code: 'person_unknown' }]);
  if (await tx('users').where({ person_id: personId }).first('id')) throw new Problem('person_has_user');
}

interface Inserting {
  id: string;
  loginName: string;
  hash: string;
  input: NewUser;
}

async function insertUser({ systemClock }: Register, tx: Tx, { id, loginName, hash, input }: Inserting): Promise<void> {
  const now = systemClock.now();
  await tx('users').insert({
    id,
    login_name: loginName,
    display_name: input.displayName.trim(),
    person_id: input.personId ?? null,
    active: 1,
    version: 1,
    created_at: now,
  });
  await tx('credentials').insert({
    user_id: id,
    password_hash: hash,
    must_change: input.mustChange ? 1 : 0,
    changed_at: now,
  });
}
