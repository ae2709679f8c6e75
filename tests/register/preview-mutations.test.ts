import { expect, test } from 'vitest';
import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import { collegeTime } from '../../register/college/clock.ts';
import { selectOrNone } from '../../register/facts/no-rule.ts';
import { openBooks } from '../../register/previews/books.ts';
import { comparePairs, readStudents } from '../../register/previews/compare.ts';
import type { Ground, Pair, Read } from '../../register/previews/compare.ts';
import { studentsInScope } from '../../register/previews/cohort.ts';
import { crossCheck } from '../../register/previews/cross-check.ts';
import { boundTo, wantedBy } from '../../register/previews/wanted.ts';
import { openRuleBook } from '../../register/rules/rule-book.ts';
import type { RuleBook } from '../../register/rules/rule-book.ts';
import { verdictUnder, workOutAll } from '../../register/verdicts/work-out.ts';
import { canonicalJson } from '../../rules/canonical.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { aCollege, testRegister } from '../support/college.ts';
import type { College } from '../support/college.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import { runs, seed } from '../rules/seed.ts';
import { mutatedDocuments } from './mutated.ts';
import { aVariedCohort, randomUnder } from './varied-college.ts';

const MUTATIONS = runs(1000);
/** Of so many the exact difference is worked out too, and held against the preview. */
const CHECKED = 100;

onSqlite((open) => {
  test(`a preview finds exactly whom publishing changes: ${MUTATIONS} random changes of library documents, seed ${seed}`, {
    timeout: 300_000,
  }, async () => {
    const db = await open({ clock: testClock('2025-10-20T02:00:00.000Z') });
    const college = await aCollege(db, { rules: true, register: testRegister(db) });
    await aVariedCohort(college, { count: 12, seed });
    const world = await theWorld(college);
    const found = { both: 0, missed: 0, invented: 0, documents: 0, checked: 0, beside: 0 };
    let left = MUTATIONS;
    for (const draft of mutatedDocuments(randomUnder(seed))) {
      if (left === 0) break;
      left -= 1;
      const { pairs, asked } = await previewOfDraft(college, world, draft);
      const foreseen = new Set(pairs.filter(({ change }) => change !== null).map(refOf));
      const actual = await changedByPublishing(college, { world, draft, asked });
      for (const ref of new Set([...foreseen, ...actual])) {
        if (!foreseen.has(ref)) found.missed += 1;
        else if (actual.has(ref)) found.both += 1;
        else found.invented += 1;
      }
      if (actual.size > 0) found.documents += 1;
      if (left % Math.ceil(MUTATIONS / CHECKED) !== 0) continue;
      const check = crossCheck(pairs);
      found.checked += check.checked;
      found.beside += check.disagreed;
    }
    // precision = recall = 1, and neither for want of anything to find
    expect(found).toMatchObject({ missed: 0, invented: 0, beside: 0 });
    expect(found.both).toBeGreaterThan(MUTATIONS);
    expect(found.documents).toBeGreaterThan(MUTATIONS / 3);
    expect(found.checked).toBeGreaterThan(CHECKED);
  });
});

interface World {
  time: Ground['time'];
  students: string[];
  /** Every question there is, read under the book in force. */
  read: Read;
  before: Map<string, string>;
}

const everything = { diploma: true, skill: true, eligibility: ['*'], credit: ['*'], title: ['*'] };

async function theWorld({ register, id: collegeId }: College): Promise<World> {
  return readTx(register.db, async (tx) => {
    const time = await collegeTime(tx, register.systemClock, collegeId);
    const students = await studentsInScope(tx, collegeId, everything);
    const base = await openRuleBook(tx, collegeId, time.now);
    const ground = { time, appliedOn: time.today, wanted: everything, factsDiffer: false };
    const read = await readStudents(tx, { ...ground, books: { base, draft: base } }, students);
    const world = { time, students, read };
    return { ...world, before: await verdictsUnder(tx, collegeId, { world, again: false }) };
  });
}

/** The preview's own functions; facts that no rule stands behind are read once for all. */
async function previewOfDraft({ register, id: collegeId }: College, world: World, draft: LoadedRuleset) {
  const { time } = world;
  const read = await readTx(register.db, async (tx) => {
    const bound = await boundTo(tx, { collegeId, ruleSet: draft.doc.id, on: time.today });
    const factsDiffer = bound.some(({ purpose }) => purpose === 'policy');
    const books = await openBooks(tx, { collegeId, knownAt: time.now, draft });
    const ground: Ground = { books, time, appliedOn: time.today, wanted: wantedBy(bound), factsDiffer };
    return factsDiffer ? readStudents(tx, ground, world.students) : { ...world.read, ground };
  });
  return { pairs: comparePairs(read), asked: read };
}

const ROLLBACK = new Error('nothing is kept');

interface Published {
  world: World;
  draft: LoadedRuleset;
  asked: Read;
}

/**
 * Whose verdicts are others once the document stands in the college's tables as published, by the readers every page uses; rolled
 * back afterwards.
 */
async function changedByPublishing(
  { register, id: collegeId, users }: College,
  { world, draft, asked }: Published,
): Promise<Set<string>> {
  const changed = new Set<string>();
  const { doc, hash } = draft;
  await register.db.writer
    .transaction(async (tx: Tx) => {
      const last = await tx('rule_revisions').where({ rule_set: doc.id }).max({ revision: 'revision' }).first();
      const id = register.newId('ruleRevision');
      await tx('rule_revisions').insert({
        ...{ id, college_id: collegeId, rule_set: doc.id, revision: Number(last?.revision) + 1, hash },
        ...{ document: canonicalJson(doc), valid_from: doc.validity.from, valid_to: doc.validity.to },
        ...{ author_id: users.rule_editor, frozen_at: world.time.now },
      });
      const event = { revision_id: id, kind: 'published', reason: null, actor_id: users.rule_approver };
      await tx('rule_events').insert({ id: register.newId('event'), ...event, at: world.time.now });
      const after = await verdictsUnder(tx, collegeId, { world, again: asked.ground.factsDiffer });
      for (const [ref, verdict] of world.before) if (after.get(ref) !== verdict) changed.add(ref);
      throw ROLLBACK;
    })
    .catch((error: unknown) => {
      if (error !== ROLLBACK) throw error;
    });
  return changed;
}

interface Reading {
  world: Omit<World, 'before'>;
  /** The document stands behind facts: they are read again, under the book that now answers. */
  again: boolean;
}

/** Every verdict of everybody, as pages work them out, by the book as it stands in this transaction. */
async function verdictsUnder(tx: Tx, collegeId: string, { world, again }: Reading): Promise<Map<string, string>> {
  const { time, students } = world;
  const book = await openRuleBook(tx, collegeId, time.now);
  const ground = { ...world.read.ground, books: { base: book, draft: book } };
  const read = again ? await readStudents(tx, ground, students) : world.read;
  const found = new Map<string, string>();
  const add = (ref: string, selected: object, verdict: unknown): void =>
    void found.set(ref, canonicalJson({ verdict, none: 'noRule' in selected }));
  const pathways = read.pathways.base;
  const skills = pathways.filter(({ pathway }) => pathway.type === 'skill');
  for (const { pathway, purpose, selected, verdict } of [
    ...workOutAll({ book, time, read: pathways }, 'conclusion'),
    ...workOutAll({ book, time, read: skills }, 'eligibility'),
  ])
    add(`${pathway.id} ${purpose} `, selected, verdict);
  for (const { outcome, courses, noPolicy } of read.credits.base)
    for (const { courseId, facts } of courses) {
      const selected = noPolicy ?? chosen(book, 'credit', { scope: outcome.kind, facts });
      add(`${outcome.id} credit ${courseId}`, selected, verdictUnder(selected, facts));
    }
  for (const { outcome, facts } of read.titles) {
    const selected = chosen(book, 'title', { scope: outcome.kind, facts });
    add(`${outcome.id} title `, selected, verdictUnder(selected, facts));
  }
  return found;
}

function chosen(
  book: RuleBook,
  purpose: 'credit' | 'title',
  { scope, facts }: { scope: string; facts: Readonly<Record<string, unknown>> },
) {
  const dateOf = (fact: string): number | null => (typeof facts[fact] === 'number' ? (facts[fact] as number) : null);
  return selectOrNone(book, { purpose, scope, dateOf });
}

const refOf = ({ subject, purpose, courseId }: Pair): string => `${subject.id} ${purpose} ${courseId ?? ''}`;
