import { conductorOf } from '../../bin/conductor.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Actor } from '../../db/tx.ts';
import { freezeRevision } from '../../register/rules/freeze-revision.ts';
import { approveRevision, provedTuple } from '../../register/rules/publication/approve-revision.ts';
import { publishRevision } from '../../register/rules/publication/publish-revision.ts';
import { loadPublication } from '../../register/rules/publication/publication-file.ts';
import { openFindings } from '../../register/rules/publication/proofs.ts';
import { findRevision } from '../../register/rules/revision-row.ts';
import type { Analysis } from '../../rules/analysis/analyse.ts';
import { compile, evaluate } from '../../rules/compile.ts';
import type { Ruleset, TestCase } from '../../schemas/ruleset.ts';
import type { CaseRef } from '../../workflows/messages.ts';
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

/** What approvers have before them once the worker has proved a frozen revision. */
export async function provedInput(college: College, frozen: { revision: string; hash: string }) {
  await waive(college, frozen.revision);
  await conductPublication(college, frozen.revision);
  return tupleOf(college, frozen);
}

/** By its author, by as many other people as are needed, through the whole gate, on the running register. */
export async function publish(college: College, document: unknown): Promise<Published> {
  const { register } = college;
  const frozen = await freezeRevision(register, college.call('rule_editor', { document }));
  const approvals = await approveAndPublish(college, frozen);
  await conductPublication(college, frozen.revision);
  return { ...frozen, approvals };
}

export async function approveAndPublish(
  college: College,
  { revision, hash }: { revision: string; hash: string },
): Promise<number> {
  const { register } = college;
  const input = await provedInput(college, { revision, hash });
  let approvals = 0;
  for (let needed = 1; approvals < needed; ) {
    const by = await approver(college, approvals);
    ({ approvals, needed } = await approveRevision(register, { ...college.call('rule_approver', input), by }));
  }
  await publishRevision(register, college.call('rule_approver', { revisionId: revision, hash }));
  return approvals;
}

/** What an approver approves: the document, and in a college with decisions its difference and its preview. */
async function tupleOf({ register, id }: College, { revision, hash }: { revision: string; hash: string }) {
  const proved = await readTx(register.db, async (tx) => {
    const row = await findRevision(tx, { id: revision, college_id: id });
    const publication = await loadPublication(register, tx, row!);
    return publication.gate ? provedTuple(tx, publication) : null;
  });
  return { revisionId: revision, hash, ...(proved && { difference: proved.difference, preview: proved.preview }) };
}

/** Library documents are not all without findings: whoever publishes them here has said why each may stand. */
async function waive({ register, users }: College, revisionId: string): Promise<void> {
  const { hash, document } = await register.db.reader('rule_revisions').where({ id: revisionId }).first();
  const { findings } = await register.drafts.analyse(JSON.parse(document));
  const tests = await register.drafts.tests(JSON.parse(document));
  const at = register.systemClock.now();
  for (const { name } of openFindings({ analysis: { findings } as Analysis, tests }))
    await register.db
      .writer('rule_waivers')
      .insert({
        id: register.newId('waiver'),
        revision_id: revisionId,
        document_hash: hash,
        finding: name,
        reason: 'test',
        waived_by: users.rule_editor,
        at,
      })
      .onConflict(['revision_id', 'finding'])
      .ignore();
}

/** What the worker does by itself until nothing is due: proofs, the preview with its pages, waking cases. */
export async function conductPublication(college: College, revisionId: string): Promise<void> {
  const { register } = college;
  await conduct(college, { workflowType: 'rulePublication', caseId: revisionId });
  const operations: string[] = await register.db
    .reader('previews')
    .where({ revision_id: revisionId })
    .pluck('operation_id');
  for (const caseId of operations) await conduct(college, { workflowType: 'cohortOperation', caseId });
}

export async function conduct({ register }: College, one: CaseRef): Promise<void> {
  const conductor = conductorOf(register);
  const context = { heartbeat: () => undefined, signal: new AbortController().signal };
  for (let steps = 0; steps < 200; steps += 1) {
    const { due } = await conductor.loadCase(one);
    if (due.length === 0) return;
    for (const { kind, opKey } of due) await conductor.perform[kind]({ caseId: one.caseId, opKey }, context);
  }
  throw new Error(`${one.workflowType} does not come to rest`);
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
