import { appendLeaf } from '../../db/audit.ts';
import { enqueueNudge } from '../../db/outbox.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Actor, Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { runTests } from '../../rules/run-tests.ts';
import { canonicalJson } from '../../schemas/canonical.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import type { Register } from '../register.ts';
import { gateAsked } from './publication/gate.ts';
import { refuseUndeclared } from './publication/retroactive.ts';

interface Last {
  revision: number;
  hash: string | null;
}

export interface Frozen {
  revision: string;
  number: number;
  hash: string;
}

/**
 * Freezes a document as the next revision of its rule set: lint clean, its own tests green on every evaluator, then numbered,
 * so that what approvers see is what will be published. `revision`, `supersedes` and the author are given here.
 */
export async function freezeRevision(register: Register, call: Call<{ document: unknown }>): Promise<Frozen> {
  const { by, input } = call;
  const { last, loaded } = await numbered(register, { document: input.document, by });
  await refuseFailing(loaded);
  return writeTx(register.db, { command: 'freezeRevision', ...call }, (tx) =>
    insertRevision(register, tx, { loaded, last, by }),
  );
}

/** The document as the next revision of its rule set, not stored yet. */
export async function numbered(
  register: Register,
  { document, by }: { document: unknown; by: Actor },
): Promise<{ last: Last; loaded: LoadedRuleset }> {
  const given = loadRuleset(document).doc;
  const last = await readTx(register.db, (tx) => lastRevision(tx, by.collegeId, given.id));
  return { last, loaded: loadRuleset(asNext(given, { last, author: by.userId })) };
}

interface Freezing {
  loaded: LoadedRuleset;
  last: Last;
  by: Actor;
}

export async function insertRevision(register: Register, tx: Tx, { loaded, last, by }: Freezing): Promise<Frozen> {
  const { doc, hash } = loaded;
  if ((await lastRevision(tx, by.collegeId, doc.id)).revision !== last.revision) throw new Problem('stale');
  await refuseSecondDraft(tx, by.collegeId, doc.id);
  await refuseUndeclared(register, tx, { collegeId: by.collegeId, validity: doc.validity });
  const now = register.systemClock.now();
  const set = {
    college_id: by.collegeId,
    id: doc.id,
    subject: doc.decision.subject,
    title: canonicalJson(doc.title),
    created_at: now,
  };
  await tx('rule_sets').insert(set).onConflict(['college_id', 'id']).ignore();
  const id = register.newId('ruleRevision');
  const row = { id, college_id: by.collegeId, rule_set: doc.id, revision: doc.revision, hash };
  await tx('rule_revisions').insert({
    ...row,
    document: canonicalJson(doc),
    valid_from: doc.validity.from,
    valid_to: doc.validity.to,
    author_id: by.userId,
    frozen_at: now,
  });
  await appendLeaf(tx, {
    kind: 'rule_frozen',
    object: { type: 'rule_revision', id },
    body: { ruleSet: doc.id, revision: doc.revision, hash },
  });
  if (await gateAsked(tx, by.collegeId)) await enqueueNudge(tx, { workflowType: 'rulePublication', caseId: id });
  return { revision: id, number: doc.revision, hash };
}

function asNext(given: Ruleset, { last, author }: { last: Last; author: string }): Ruleset {
  const { supersedes: _, ...doc } = structuredClone(given) as Ruleset;
  const next = { ...doc, revision: last.revision + 1, change: { ...doc.change, author } };
  return last.hash === null ? next : { ...next, supersedes: { revision: last.revision, hash: last.hash } };
}

/** Hashes of documents whose tests have passed in this process: the same bytes need not prove themselves twice. */
const proved = new Set<string>();

async function refuseFailing(loaded: LoadedRuleset): Promise<void> {
  if (proved.has(loaded.hash)) return;
  const failed = (await runTests(loaded)).filter((report) => !report.passed);
  if (failed.length > 0)
    throw new Problem(
      'rule_tests_failed',
      failed.map(({ name }) => ({ pointer: '/tests/cases', code: 'rule_test_failed', detail: { name } })),
    );
  proved.add(loaded.hash);
}

async function lastRevision(tx: Tx, collegeId: string | null, ruleSet: string): Promise<Last> {
  const row = await tx('rule_revisions')
    .where({ college_id: collegeId, rule_set: ruleSet })
    .orderBy('revision', 'desc')
    .first('revision', 'hash');
  return { revision: Number(row?.revision ?? 0), hash: row?.hash ?? null };
}

/** One frozen draft per rule set: what came before must be published or withdrawn first. */
async function refuseSecondDraft(tx: Tx, collegeId: string | null, ruleSet: string): Promise<void> {
  const open = await tx('rule_revisions')
    .where({ college_id: collegeId, rule_set: ruleSet })
    .whereNotExists(tx('rule_events').whereRaw('rule_events.revision_id = rule_revisions.id').select('rule_events.id'))
    .first('id');
  if (open) throw new Problem('draft_already_frozen');
}
