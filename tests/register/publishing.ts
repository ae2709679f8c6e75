import type { Actor } from '../../db/tx.ts';
import { freezeRevision } from '../../register/rules/freeze-revision.ts';
import { approveRevision, publishRevision } from '../../register/rules/publish-revision.ts';
import { compile, evaluate } from '../../rules/compile.ts';
import type { Ruleset, TestCase } from '../../schemas/ruleset.ts';
import { aUser, withRole } from '../support/api.ts';
import type { College } from '../support/college.ts';
import { libraryDocument } from '../rules/library.ts';

interface Published {
  revision: string;
  number: number;
  hash: string;
  /** How many people it took. */
  approvals: number;
}

const approvers = new WeakMap<College, Actor[]>();

/** More people who may approve, made when first asked for. */
export async function approver(college: College, index: number): Promise<Actor> {
  const known = approvers.get(college) ?? [college.by('rule_approver')];
  approvers.set(college, known);
  while (known.length <= index) {
    const userId = await aUser(college.register, {
      loginName: `approver-${known.length}-${college.id}`,
      roles: withRole('rule_approver', college.id),
    });
    known.push({ userId, collegeId: college.id, role: 'rule_approver' });
  }
  return known[index]!;
}

/** By its author, by as many other people as are needed, on the running register. */
export async function publish(college: College, document: unknown): Promise<Published> {
  const { register } = college;
  const frozen = await freezeRevision(register, college.call('rule_editor', { document }));
  const input = { revisionId: frozen.revision, hash: frozen.hash };
  let approvals = 0;
  for (let needed = 1; approvals < needed; ) {
    const by = await approver(college, approvals);
    ({ approvals, needed } = await approveRevision(register, { ...college.call('rule_approver', input), by }));
  }
  await publishRevision(register, college.call('rule_approver', input));
  return { ...frozen, approvals };
}

/** The document with its own tests made to say what it now says. */
export function restated(document: Ruleset, cases: readonly TestCase[] = document.tests.cases): Ruleset {
  const program = compile(document);
  const restate = ({ name, facts }: TestCase): TestCase => {
    const { type, params = {}, fired, missing } = evaluate(program, { ...document.tests.base, ...facts });
    return { name, facts, expect: { type, fired, missing, ...(Object.keys(params).length > 0 ? { params } : {}) } };
  };
  return { ...document, tests: { base: document.tests.base, cases: cases.map(restate) } };
}

/** A library document with another value of a param, wherever it is given. */
export function withParam(id: string, param: string, value: string | number | boolean): Ruleset {
  const { table: _, ...next } = structuredClone(libraryDocument(id)) as Ruleset & { table?: unknown };
  for (const { event } of next.rules) if (event.params && param in event.params) event.params[param] = value;
  return restated(next as Ruleset);
}
