import { appendLeaf } from '../../db/audit.ts';
import { insertRows, pagesOf } from '../../db/rows.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { COMPILED_VERSION } from '../../rules/compile.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { REFERENCE_VERSION } from '../../rules/reference.ts';
import { canonicalJson } from '../../schemas/canonical.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import type { CollegeTime } from '../college/clock.ts';
import { insertOperation } from '../operations/create-operation.ts';
import type { Register } from '../register.ts';
import { findDraft } from '../rules/drafts/draft-rows.ts';
import { loadedByHash } from '../rules/loaded.ts';
import { eventsOf, findRevision, inForce } from '../rules/revision-row.ts';
import { bookHashOf } from './books.ts';
import { studentsInScope } from './cohort.ts';
import type { PreviewRequest } from './preview-row.ts';
import { boundTo, wantedBy } from './wanted.ts';

/** One of: a frozen revision, a draft as it stands, a document handed in. */
export interface StartPreview {
  revisionId?: string | undefined;
  draftId?: string | undefined;
  document?: unknown;
}

export interface StartedPreview {
  preview: string;
  operation: string;
  students: number;
}

/** Students a page of a preview holds. */
export const STUDENTS_A_PAGE = 1000;

/**
 * Starts an impact preview (rules.md §7): the change in worked-out verdicts if this document were published now. The work is done
 * by a `cohortOperation`, page by page; what it is compared with is fixed here.
 */
export async function startPreview(register: Register, call: Call<StartPreview>): Promise<StartedPreview> {
  const { by, input } = call;
  const { draft, revisionId } = await readTx(register.db, (tx) => documentOf(tx, by.collegeId, input));
  return writeTx(register.db, { command: 'startPreview', ...call }, async (tx) => {
    const collegeId = by.collegeId;
    if (collegeId === null) throw new Problem('not_found');
    const time = await collegeTime(tx, register.systemClock, collegeId);
    const head = await comparedWith(tx, { collegeId, draft, time });
    const students = await studentsInScope(tx, collegeId, head.request.wanted);
    const pages = pagesOf(students, STUDENTS_A_PAGE);
    const id = register.newId('preview');
    // the pages by their first student, then the conclusion by the preview's own id
    const items = [...pages.map((page) => page[0]!), id];
    const operation = await insertOperation(register, tx, { by, kind: 'preview', items });
    await tx('previews').insert({
      ...{ id, college_id: collegeId, operation_id: operation, rule_set: draft.doc.id, revision_id: revisionId },
      ...{ draft_hash: draft.hash, base_hash: head.baseHash, book_hash: head.bookHash },
      document: canonicalJson(draft.doc),
      request: canonicalJson({ ...head.request, students: students.length }),
      ...{ known_at: time.now, created_by: by.userId, created_at: register.systemClock.now() },
    });
    await insertRows(
      tx,
      'preview_pages',
      pages.map((page, index) => ({
        ...{ preview_id: id, ordinal: index + 1, first_id: page[0], last_id: page.at(-1), students: page.length },
      })),
    );
    await appendLeaf(tx, {
      kind: 'preview_started',
      object: { type: 'preview', id },
      body: { ruleSet: draft.doc.id, draft: draft.hash, base: head.baseHash, students: students.length },
    });
    return { preview: id, operation, students: students.length };
  });
}

interface Draft {
  draft: LoadedRuleset;
  revisionId: string | null;
}

async function documentOf(
  tx: Tx,
  collegeId: string | null,
  { revisionId, draftId, document }: StartPreview,
): Promise<Draft> {
  const given = Object.entries({ revisionId, draftId, document }).filter(([, value]) => value !== undefined);
  if (given.length !== 1)
    throw new Problem(
      'bad_input',
      ['/revisionId', '/draftId', '/document'].map((pointer) => ({ pointer, code: 'one_of_these_only' })),
    );
  if (draftId !== undefined) {
    const row = await findDraft(tx, { id: draftId, collegeId });
    return { draft: loadRuleset(JSON.parse(row.document)), revisionId: null };
  }
  if (revisionId === undefined) return { draft: loadRuleset(document), revisionId: null };
  const row = await findRevision(tx, { id: revisionId, college_id: collegeId });
  if (!row) throw new Problem('not_found');
  const events = await eventsOf(tx, [row.id]);
  if (events.some(({ kind }) => kind === 'published')) throw new Problem('rule_already_published');
  return { draft: loadedByHash(row.hash, row.document), revisionId: row.id };
}

interface Asked {
  collegeId: string;
  draft: LoadedRuleset;
  time: CollegeTime;
}

async function comparedWith(tx: Tx, { collegeId, draft, time: { now: knownAt, today } }: Asked) {
  const ruleSet = draft.doc.id;
  const bound = await boundTo(tx, { collegeId, ruleSet, on: today });
  const baseHash = (await inForce(tx, { collegeId, ruleSet, today }))?.hash ?? null;
  const { from } = draft.doc.validity;
  const request: Omit<PreviewRequest, 'students'> = {
    bound,
    wanted: wantedBy(bound),
    factsDiffer: bound.some(({ purpose }) => purpose === 'policy'),
    today,
    appliedOn: from > today ? from : today,
    seed: seedOf(draft.hash, baseHash),
    engines: { reference: REFERENCE_VERSION, compiled: COMPILED_VERSION },
  };
  return { baseHash, bookHash: await bookHashOf(tx, { collegeId, ruleSet, knownAt }), request };
}

/** 32 bits of each hash, one over the other. */
function seedOf(draft: string, base: string | null): number {
  const bits = (hash: string): number => Number.parseInt(hash.slice('sha256:'.length).slice(0, 8), 16);
  return (bits(draft) ^ (base === null ? 0 : bits(base))) >>> 0;
}
