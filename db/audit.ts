import { createHash } from 'node:crypto';
import { canonicalJson } from '../schemas/canonical.ts';
import { Problem } from '../schemas/problem.ts';
import { pagesOf } from './rows.ts';
import type { Tx, TxContext } from './tx.ts';
import { contextOf } from './tx.ts';

export interface LeafInput {
  /** A snake_case fact: `signed_off`. */
  kind: string;
  object: { type: string; id: string };
  /** The person whom `before`, `after` and `reason` are about: they are committed to under that person's key. */
  subject?: string;
  before?: unknown;
  after?: unknown;
  reason?: string;
  /** Ids, counts, codes and commitments only: a leaf is for ever. */
  body?: Readonly<Record<string, unknown>>;
  /** Other than the actor's college. */
  collegeId?: string;
}

const CODE = /^[a-z0-9_]{1,64}$/;

/** Adds a leaf to the audit log, written with the transaction's end. Values never enter it, only commitments to them. */
export async function appendLeaf(tx: Tx, input: LeafInput): Promise<void> {
  const context = contextOf(tx);
  const { kind, object, before, after, reason, body = {} } = input;
  const commit = await commitmentFor(tx, context, input.subject);
  context.leaves.push({
    kind,
    object_type: object.type,
    object_id: object.id,
    college_id: input.collegeId ?? context.by.collegeId,
    before: before === undefined ? null : commit(before),
    after: after === undefined ? null : commit(after),
    reason: reason === undefined || CODE.test(reason) ? (reason ?? null) : commit(reason),
    body,
  });
}

type Commit = (value: unknown) => string;

/** Things that are about nobody (rules, calendars) are hashed bare; what is about a person is hidden under the key. */
async function commitmentFor(tx: Tx, { db }: TxContext, subject: string | undefined): Promise<Commit> {
  if (subject === undefined)
    return (value) => `sha256:${createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex')}`;
  const key = (await subjectKeys(tx, [subject])).get(subject);
  if (key === undefined) throw withoutKey();
  return (value) => db.keys.commitment(key, value);
}

export interface SubjectValue {
  personId: string;
  value: unknown;
  /** Where it is at hand, as when the person was only just entered. */
  key?: Buffer;
}

/** Commitments for many people at once, in the order given, to stand in a leaf's body. */
export async function commitAll(tx: Tx, values: readonly SubjectValue[]): Promise<string[]> {
  const { db } = contextOf(tx);
  const keys = await subjectKeys(
    tx,
    values.filter(({ key }) => key === undefined).map(({ personId }) => personId),
  );
  return values.map(({ personId, value, key = keys.get(personId) }) => {
    if (key === undefined) throw withoutKey();
    return db.keys.commitment(key, value);
  });
}

async function subjectKeys(tx: Tx, personIds: readonly string[]): Promise<Map<string, Buffer>> {
  const { db } = contextOf(tx);
  const found = new Map<string, Buffer>();
  for (const page of pagesOf([...new Set(personIds)], 5000)) {
    const rows = await tx('people')
      .whereIn('id', page)
      .select<{ id: string; subject_key: string }[]>('id', 'subject_key');
    for (const { id, subject_key } of rows) found.set(id, db.keys.unwrapSubjectKey(subject_key));
  }
  return found;
}

/** No such person, or erased: nothing more may be recorded about them. */
function withoutKey(): Problem {
  return new Problem('invariant_broken', [{ pointer: '', code: 'subject_key_missing' }]);
}
