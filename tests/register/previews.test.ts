import { describe, expect, test } from 'vitest';
import { readTx } from '../../db/read-tx.ts';
import { collegeTime } from '../../register/college/clock.ts';
import type { PreviewResult } from '../../register/previews/conclude.ts';
import { startPreview } from '../../register/previews/start-preview.ts';
import type { StartPreview } from '../../register/previews/start-preview.ts';
import { freezeRevision } from '../../register/rules/freeze-revision.ts';
import { readGround, workOutAll } from '../../register/verdicts/work-out.ts';
import { canonicalJson } from '../../rules/canonical.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { libraryDocument, thresholdsOf, withLeaf } from '../rules/library.ts';
import { aCollege, testRegister } from '../support/college.ts';
import type { College } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import type { OpenTest } from '../support/databases.ts';
import { carryOut } from '../support/operations.ts';
import { publish, restated, withParam } from './publishing.ts';
import { aVariedCohort } from './varied-college.ts';

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
