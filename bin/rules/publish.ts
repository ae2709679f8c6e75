import { randomUUID } from 'node:crypto';
import type { Actor } from '../../db/tx.ts';
import { freezeRevision } from '../../register/rules/freeze-revision.ts';
import { approveRevision } from '../../register/rules/publication/approve-revision.ts';
import { publishRevision } from '../../register/rules/publication/publish-revision.ts';
import { parseStrictJson } from '../../rules/strict-json.ts';
import type { Register } from '../../register/register.ts';
import { Problem } from '../../schemas/problem.ts';
import { whenProved } from './proved.ts';
import { exits } from './terminal.ts';
import type { Terminal } from './terminal.ts';

interface Asked {
  document: string;
  author: string;
  approvers: readonly string[];
}

/**
 * Freezes, approves and publishes in one go, each step as the person named. The system keeps running: where the college has
 * decisions, it is its worker that proves and previews what is approved.
 */
export async function publish({ document, author, approvers }: Asked, { print, open }: Terminal): Promise<number> {
  const { register, close } = await open();
  try {
    const by = await actorNamed(register, author, 'rule_editor');
    const given = { document: parseStrictJson(document) };
    const frozen = await freezeRevision(register, { key: randomUUID(), by, input: given });
    const input = { revisionId: frozen.revision, hash: frozen.hash };
    const people: Actor[] = [];
    for (const login of approvers) people.push(await actorNamed(register, login, 'rule_approver'));
    const proofs = await whenProved(register, { revisionId: frozen.revision, collegeId: by.collegeId });
    const approving = { ...input, ...proofs };
    for (const person of people) await approveRevision(register, { key: randomUUID(), by: person, input: approving });
    const published = await publishRevision(register, { key: randomUUID(), by: people[0] ?? by, input });
    const { publishedAt, validFrom } = published;
    print(`revision ${frozen.number} ${frozen.hash} published ${publishedAt}, in force from ${validFrom}`);
    return exits.fine;
  } finally {
    await close();
  }
}

/** The account with that login name, acting in the role; refused when it does not hold it. */
async function actorNamed({ db }: Register, login: string, role: string): Promise<Actor> {
  const row = await db
    .reader('users')
    .join('role_assignments', 'role_assignments.user_id', 'users.id')
    .where({ 'users.login_name': login, 'role_assignments.role': role, 'role_assignments.revoked_at': null })
    .first({ userId: 'users.id', collegeId: 'role_assignments.college_id' });
  if (!row) throw new Problem('not_permitted', [{ pointer: '', code: 'role_missing', detail: { login, role } }]);
  return { ...row, role };
}
