import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Actor } from '../db/tx.ts';
import { lintRuleset } from '../rules/dialect.ts';
import { agree, decideByReference, decideWithTrace } from '../rules/decide.ts';
import { explain, outcomeText } from '../rules/explain.ts';
import { loadRuleset } from '../rules/load.ts';
import { runTests } from '../rules/run-tests.ts';
import { parseStrictJson } from '../rules/strict-json.ts';
import { freezeRevision } from '../register/rules/freeze-revision.ts';
import { approveRevision } from '../register/rules/publication/approve-revision.ts';
import { publishRevision } from '../register/rules/publication/publish-revision.ts';
import type { Register } from '../register/register.ts';
import { Problem, problemKinds } from '../schemas/problem.ts';
import { openRegister } from './compose.ts';

const HELP = `npm run rules -- <command>
  check <file>                      lint and the document's own tests on every evaluator; needs no database
  decide <file> --facts <json>      what the document says of these facts, on both evaluators
  publish <file> --author <login> --approver <login> [--approver <login>]
                                    freeze as the next revision, approve by other people, publish; the system keeps running`;

interface Options {
  facts?: string;
  author?: string;
  approver?: string[];
}

/** For people who keep rules in git. Exit 0: done; 1: refused, every fault printed. */
export async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { facts: { type: 'string' }, author: { type: 'string' }, approver: { type: 'string', multiple: true } },
  });
  const [command, file] = positionals;
  if (command === undefined || file === undefined) return say(HELP, 1);
  const document: unknown = parseStrictJson(await readFile(file, 'utf8'));
  if (command === 'check') return check(document);
  if (command === 'decide') return decideOnce(document, values);
  if (command === 'publish') return publish(document, values);
  return say(HELP, 1);
}

async function check(document: unknown): Promise<number> {
  const faults = lintRuleset(document);
  for (const { pointer, code, text } of faults)
    say(`${pointer || '/'}  ${code}  ${text?.['zh-CN'] ?? ''}  ${text?.en ?? ''}`);
  if (faults.length > 0) return say(`${faults.length} faults`, 1);
  const reports = await runTests(loadRuleset(document));
  for (const { name, passed, faults: broken } of reports)
    say(`${passed ? 'ok  ' : 'FAIL'} ${name}${passed ? '' : ` (${broken.join(', ')})`}`);
  const failed = reports.filter((report) => !report.passed).length;
  return say(`${reports.length - failed} tests passed, ${failed} failed`, failed === 0 ? 0 : 1);
}

async function decideOnce(document: unknown, { facts = '{}' }: Options): Promise<number> {
  const loaded = loadRuleset(document);
  const given = parseStrictJson(facts) as Record<string, unknown>; // the facts gate checks every value
  const traced = decideWithTrace(loaded, given);
  const same = agree(traced, await decideByReference(loaded, given));
  const { trace: _, ...verdict } = traced;
  const reasons = explain(loaded, traced, given).map(({ text }) => text);
  say(JSON.stringify({ ...verdict, title: outcomeText(loaded.doc, verdict), reasons, evaluatorsAgree: same }, null, 2));
  return same ? 0 : 1;
}

async function publish(document: unknown, { author, approver = [] }: Options): Promise<number> {
  if (author === undefined || approver.length === 0) return say(HELP, 1);
  const { register, close } = await openRegister(process.env, 'rules');
  try {
    const by = await actorNamed(register, author, 'rule_editor');
    const frozen = await freezeRevision(register, { key: randomUUID(), by, input: { document } });
    const input = { revisionId: frozen.revision, hash: frozen.hash };
    const approvers = [];
    for (const login of approver) approvers.push(await actorNamed(register, login, 'rule_approver'));
    for (const person of approvers) await approveRevision(register, { key: randomUUID(), by: person, input });
    const published = await publishRevision(register, { key: randomUUID(), by: approvers[0] as Actor, input });
    return say(
      `revision ${frozen.number} ${frozen.hash} published ${published.publishedAt}, in force from ${published.validFrom}`,
      0,
    );
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

function say(text: string, code = 0): number {
  process.stdout.write(`${text}\n`);
  return code;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof Problem)) throw error;
    const { text } = problemKinds[error.code];
    process.stderr.write(
      `${error.code}: ${text['zh-CN']} ${text.en}\n${error.errors.map((fault) => `  ${fault.pointer} ${fault.code} ${JSON.stringify(fault.detail ?? {})}\n`).join('')}`,
    );
    process.exitCode = 1;
  },
);
