import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Problem } from '../../schemas/problem.ts';
import { createDraftRunner } from '../lib/draft-runner.ts';
import { check } from './check.ts';
import { decideOnce } from './decide.ts';
import { diff } from './diff.ts';
import { publish } from './publish.ts';
import { replay } from './replay.ts';
import { exits, refusal } from './terminal.ts';
import type { Terminal } from './terminal.ts';

export const HELP = `npm run rules -- <command>
  check <file> [--waive <finding>] [--json]
      lint, the document's tests on every evaluator, whether they ask enough, analysis; needs no database
  diff <file> <file> [--json]
      exactly which cases come out otherwise under the second document; needs no database
  decide <file> --facts <json or @file> [--on <YYYY-MM-DD>]
      what the document says of these facts, on both evaluators; needs no database
  replay <decision> [--json]
      decides a recorded decision again and compares every byte
  publish <file> --author <login> --approver <login> [--approver <login>]
      freeze as the next revision, approve by other people, publish; the system keeps running
exit: 0 passed, equal, done · 1 refused, failed, different · 2 asked wrongly`;

const options = {
  facts: { type: 'string' },
  on: { type: 'string' },
  waive: { type: 'string', multiple: true },
  author: { type: 'string' },
  approver: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
} as const;

/** For people who keep rules in git: the same core as in the console, with an exit code. */
export async function rulesCli(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await command(args, terminal);
  } catch (error) {
    if (error instanceof Problem) terminal.print(refusal(error));
    else if (isAskedWrongly(error)) terminal.print(`${error.message}\n\n${HELP}`);
    else throw error;
    return error instanceof Problem ? exits.not : exits.usage;
  }
}

/** A file that is not there, an option that does not exist. */
function isAskedWrongly(error: unknown): error is Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ENOENT', 'EISDIR', 'EACCES'].includes(code) || code.startsWith('ERR_PARSE_ARGS');
}

// a batch job may take longer than somebody who is typing
const PATIENCE = { evaluationMillis: 2_000, jobMillis: 120_000 };

async function command(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [name, first, second] = positionals;
  const { json } = values;
  if (first === undefined) return usage(terminal);
  if (name === 'replay') return replay(first, json, terminal);
  const document = await readFile(first, 'utf8');
  if (name === 'publish') {
    const { author, approver = [] } = values;
    if (author === undefined || approver.length === 0) return usage(terminal);
    return publish({ document, author, approvers: approver }, terminal);
  }
  const drafts = createDraftRunner({ limits: PATIENCE });
  try {
    if (name === 'check') return await check(document, { drafts, waive: values.waive ?? [], json }, terminal);
    if (name === 'decide')
      return await decideOnce({ document, facts: await textOf(values.facts ?? '{}'), on: values.on, drafts }, terminal);
    if (name !== 'diff' || second === undefined) return usage(terminal);
    return await diff({ base: document, document: await readFile(second, 'utf8'), drafts, json }, terminal);
  } finally {
    await drafts.close();
  }
}

const textOf = (given: string): string | Promise<string> =>
  given.startsWith('@') ? readFile(given.slice(1), 'utf8') : given;

function usage({ print }: Terminal): number {
  print(HELP);
  return exits.usage;
}
