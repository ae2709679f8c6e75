import type { Actor, Call, Tx } from '../../db/tx.ts';
import { plumbingTx } from '../../db/transaction.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';
import { grantRole } from './assign-role.ts';
import type { UserCreated } from './create-user.ts';
import { createUser } from './create-user.ts';
import { sha256 } from './login-name.ts';

export const setUpRoles = ['system_admin', 'security_admin'] as const;
export type SetUpRole = (typeof setUpRoles)[number];

/**
 * There are no default accounts. On a deployment without users, one code each is made for the first system
 * administrator and the first security administrator; the codes go to a file only the operator can read.
 */
export async function issueSetUpCodes(register: Register): Promise<Record<SetUpRole, string> | null> {
  const { db, randomBytes, systemClock } = register;
  const code = () =>
    Buffer.from(randomBytes(20))
      .toString('hex')
      .replace(/(.{5})(?=.)/g, '$1-');
  const codes: Record<SetUpRole, string> = { system_admin: code(), security_admin: code() };
  const issued = await plumbingTx(db, 'issueSetUpCodes', async (tx) => {
    if ((await tx('users').first('id')) || (await tx('setup_codes').first('role'))) return false;
    const created_at = systemClock.now();
    for (const role of setUpRoles)
      await tx('setup_codes').insert({
        role,
        code_hash: sha256(codes[role]),
        created_at,
        used_at: null,
        user_id: null,
      });
    return true;
  });
  return issued ? codes : null;
}

export async function openSetUps({ db }: Register): Promise<SetUpRole[]> {
  return await db.reader('setup_codes').where({ used_at: null }).orderBy('role').pluck<SetUpRole[]>('role');
}

export interface SetUp {
  code: string;
  loginName: string;
  displayName: string;
  password: string;
}

/** The first administrators sign themselves up with their code; each code works once. */
export async function setUp(register: Register, call: Call<SetUp>): Promise<UserCreated> {
  const { code, ...user } = call.input;
  const by: Actor = { userId: 'set_up', collegeId: null, role: 'set_up' };
  return createUser(register, { ...call, by, input: user }, (tx, userId) =>
    useCode(register, tx, { by, code, userId }),
  );
}

async function useCode(
  register: Register,
  tx: Tx,
  { by, code, userId }: { by: Actor; code: string; userId: string },
): Promise<void> {
  const row: { role: SetUpRole } | undefined = await tx('setup_codes')
    .where({ code_hash: sha256(code.trim()), used_at: null })
    .first('role');
  if (!row) throw new Problem('setup_code_wrong');
  await tx('setup_codes')
    .where({ role: row.role, used_at: null })
    .update({ used_at: register.systemClock.now(), user_id: userId });
  await grantRole(register, tx, { by, assignment: { userId, role: row.role, scopeKind: 'deployment' } });
}
