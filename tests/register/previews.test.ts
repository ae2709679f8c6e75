import { describe, expect, test } from 'vitest';
import { readTx } from '../../db/read-tx.ts';
import { collegeTime } from '../../register/college/clock.ts';
import type { PreviewResult } from '../../register/previews/conclude.ts';
import { runPreviewItem } from '../../register/previews/run-item.ts';
import { standingOf } from '../../register/previews/standing.ts';
import { startPreview } from '../../register/previews/start-preview.ts';
import type { StartPreview } from '../../register/previews/start-preview.ts';
import { freezeRevision } from '../../register/rules/freeze-revision.ts';
import { readGround, workOutAll } from '../../register/verdicts/work-out.ts';
import { canonicalJson } from '../../rules/canonical.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { libraryDocument, thresholdsOf, withLeaf } from '../rules/library.ts';
import { aCollege, testRegister } from '../support/college.ts';
import type { College } from '../support/college.ts';
import { forEachDatabase, onSqlite, testClock } from '../support/databases.ts';
import type { OpenTest } from '../support/databases.ts';
import { carryOut } from '../support/operations.ts';
import { publish, restated, withParam } from './publishing.ts';
import { mutatedDocuments } from './mutated.ts';
import { aVariedCohort, randomUnder } from './varied-college.ts';

const IN_TERM_FIVE = '2025-10-20T02:00:00.000Z';

async function aVariedCollege(open: OpenTest, count = 24): Promise<College> {
  const db = await open({ clock: testClock(IN_TERM_FIVE) });
  const college = await aCollege(db, { rules: true, register: testRegister(db) });
  await aVariedCohort(college, { count, seed: 4 });
  return college;
}

forEachDatabase((_name, open) => {
  describe('an impact preview', () => {
    test('names whom a stricter rule changes, and publishing then changes exactly them', async () => {
      const college = await aVariedCollege(open);
      const next = stepped('conclusion.diploma', 'internshipMonths', 6);
      const before = await verdictsOf(college);

      const { preview, operation } = await previewed(college, { document: next });
      const result = await resultOf(college, preview);
      await publish(college, next);

      const changed = await changedIn(college, preview);
      expect(changed).toEqual(differing(before, await verdictsOf(college)));
      expect(changed.length).toBeGreaterThan(0);
      expect(result).toMatchObject({ problem: null, oracle: { disagreed: 0, moved: 0 }, tally: { students: 24 } });
      expect(await operationOf(college, operation)).toMatchObject({ refused: 0 });
    });

    test('a policy reaches every verdict that rests on its facts', async () => {
      const college = await aVariedCollege(open);
      const next = withParam('policy.teaching', 'passMark', 601);
      const before = await verdictsOf(college);

      const { preview } = await previewed(college, { document: next });
      await publish(college, next);

      const pathways = (await changedIn(college, preview)).filter((ref) => ref.startsWith('pth_'));
      expect(pathways).toEqual(differing(before, await verdictsOf(college)));
      expect(pathways.length).toBeGreaterThan(0);
    });

    test('a frozen revision is previewed under the hash that approvers see', async () => {
      const college = await aVariedCollege(open, 6);
      const document = stepped('credit.x-certificate', 'contentOverlap', 8000);
      const frozen = await freezeRevision(college.register, college.call('rule_editor', { document }));

      const { preview } = await previewed(college, { revisionId: frozen.revision });

      const row = await college.register.db.reader('previews').where({ id: preview }).first();
      expect(row).toMatchObject({ draft_hash: frozen.hash, revision_id: frozen.revision });
    });
  });
});

onSqlite((open) => {
  test('six random changes in a row, each previewed and then published by people, do what their previews said', async () => {
    const college = await aVariedCollege(open, 16);
    let [left, found] = [6, 0];
    for (const { doc } of mutatedDocuments(randomUnder(77))) {
      if (doc.decision.subject !== 'pathway') continue;
      const next = restated(doc);
      const before = await verdictsOf(college);
      const { preview } = await previewed(college, { document: next });
      await publish(college, next);

      const changed = await changedIn(college, preview);
      expect([doc.id, changed]).toEqual([doc.id, differing(before, await verdictsOf(college))]);
      found += changed.length;
      left -= 1;
      if (left === 0) break;
    }
    expect(found).toBeGreaterThan(0);
  });

  test('a preview of the same document at the same time says the same, under the same hash', async () => {
    const college = await aVariedCollege(open, 8);
    const document = stepped('conclusion.diploma', 'internshipMonths', 6);
    const first = await previewed(college, { document });
    const second = await previewed(college, { document });
    expect(await hashOfResult(college, second.preview)).toBe(await hashOfResult(college, first.preview));
    expect(await changedIn(college, second.preview)).toEqual(await changedIn(college, first.preview));
  });

  test('a page done again finds itself done', async () => {
    const college = await aVariedCollege(open, 8);
    const document = stepped('conclusion.diploma', 'internshipMonths', 6);
    const { preview, operation } = await startPreview(college.register, college.call('rule_editor', { document }));
    const { reader } = college.register.db;
    const [page] = await reader('operation_items')
      .where({ operation_id: operation })
      .orderBy('ordinal')
      .pluck('item_id');
    for (let times = 0; times < 2; times += 1)
      await runPreviewItem(college.register, { operationId: operation, item: page });
    const once = await changedIn(college, preview);
    await carryOut(college.register, operation);
    expect(await changedIn(college, preview)).toEqual(once);
    expect(new Set(once).size).toBe(once.length);
  });

  test('stands for seven days, and until anything it was compared with is published', async () => {
    const college = await aVariedCollege(open, 4);
    const { register } = college;
    const { preview } = await previewed(college, { document: stepped('conclusion.diploma', 'internshipMonths', 6) });
    const row = await register.db.reader('previews').where({ id: preview }).first();
    const at = (days: number) => new Date(Date.parse(row.known_at) + days * 86_400_000 + 1000).toISOString();
    const standing = (days: number) => readTx(register.db, (tx) => standingOf(tx, row, at(days)));

    expect([await standing(0), await standing(6.9), await standing(7.1)]).toEqual(['holds', 'holds', 'too_old']);
    await publish(college, stepped('credit.x-certificate', 'contentOverlap', 8000));
    expect(await standing(1)).toBe('holds');
    await publish(college, withParam('policy.teaching', 'passMark', 601));
    expect(await standing(1)).toBe('base_moved');
  });

  test('a fact outside what the draft declares is told as such, and agreed on by both evaluators', async () => {
    const college = await aVariedCollege(open, 4);
    const [first] = await college.register.db.reader('enrolments').pluck('id');
    await college.register.db.writer('enrolments').where({ id: first }).update({ internship_months: 36 });
    const library = libraryDocument('conclusion.diploma');
    const facts = { ...library.facts, internshipMonths: { ...library.facts.internshipMonths!, max: 24 } };
    const { preview } = await previewed(college, { document: { ...library, facts } as Ruleset });
    const { tally, oracle, problem } = await resultOf(college, preview);
    const errors = Object.values(tally.matrix.diploma_conclusion!).reduce((sum, row) => sum + (row.error ?? 0), 0);
    expect(errors).toBe(1);
    expect([problem, oracle.disagreed]).toEqual([null, 0]);
  });
});

async function hashOfResult({ register }: College, preview: string): Promise<string> {
  return (await register.db.reader('preview_results').where({ preview_id: preview }).first('hash')).hash;
}

/** Every bound on that fact with that value a step higher. */
function stepped(id: string, fact: string, value: number): Ruleset {
  let next = libraryDocument(id);
  for (const leaf of thresholdsOf(next))
    if (leaf.fact === fact && leaf.value === value) next = withLeaf(next, leaf.name, (one) => (one.value = value + 1));
  return restated(next);
}

async function previewed(college: College, input: StartPreview) {
  const started = await startPreview(college.register, college.call('rule_editor', input));
  await carryOut(college.register, started.operation);
  return started;
}

async function resultOf({ register }: College, preview: string): Promise<PreviewResult> {
  const row = await register.db.reader('preview_results').where({ preview_id: preview }).first();
  return JSON.parse(row.result) as PreviewResult;
}

async function operationOf({ register }: College, id: string): Promise<unknown> {
  const { report } = await register.db.reader('operations').where({ id }).first('report');
  return JSON.parse(report);
}

const changedIn = async ({ register }: College, preview: string): Promise<string[]> =>
  (await register.db.reader('preview_changes').where({ preview_id: preview }).select('subject_id', 'purpose'))
    .map((row) => `${row.subject_id} ${row.purpose}`)
    .sort();

/** Every verdict of every pathway as the register works it out now. */
async function verdictsOf({ register, id }: College): Promise<Map<string, string>> {
  const pathwayIds: string[] = await register.db.reader('pathways').where({ college_id: id }).pluck('id');
  const ground = await readTx(register.db, async (tx) =>
    readGround(tx, { collegeId: id, pathwayIds, time: await collegeTime(tx, register.systemClock, id) }),
  );
  const both = [
    ...workOutAll(ground, 'conclusion'),
    ...workOutAll({ ...ground, read: ground.read.filter(({ pathway }) => pathway.type === 'skill') }, 'eligibility'),
  ];
  return new Map(both.map(({ pathway, purpose, verdict }) => [`${pathway.id} ${purpose}`, canonicalJson(verdict)]));
}

const differing = (before: Map<string, string>, after: Map<string, string>): string[] =>
  [...before].flatMap(([ref, verdict]) => (after.get(ref) === verdict ? [] : [ref])).sort();
