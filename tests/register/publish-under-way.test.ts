import { expect, test } from 'vitest';
import { insertRows } from '../../db/rows.ts';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import { loadCase } from '../../register/cases/load-case.ts';
import { recordDecision } from '../../register/decisions/record-decision.ts';
import { loadedByHash } from '../../register/rules/loaded.ts';
import { replayDecision } from '../../rules/record.ts';
import type { Decision } from '../../schemas/decision.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { libraryDocument, thresholdsOf, withLeaf } from '../rules/library.ts';
import { aCollege, someStudents, testRegister } from '../support/college.ts';
import type { College, Student } from '../support/college.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import { drive, scored } from '../support/students.ts';
import { freezeRevision } from '../../register/rules/freeze-revision.ts';
import { approveAndPublish, provedInput, restated } from './publishing.ts';

const DIPLOMA = 'conclusion.diploma';
const COUNT = 1000;
const AT_ONCE = 8;

/** Seven months of internship instead of six: everyone of this class loses. */
function stricter(): Ruleset {
  let next = libraryDocument(DIPLOMA);
  for (const leaf of thresholdsOf(next))
    if (leaf.fact === 'internshipMonths' && leaf.value === 6)
      next = withLeaf(next, leaf.name, (one) => (one.value = 7));
  return restated(next);
}

onSqlite((open) => {
  test('published while a thousand decisions are under way, each decision cites exactly one revision and replays under it', async () => {
    const db = await open({ clock: testClock('2025-10-20T02:00:00.000Z') });
    const college = await aCollege(db, { rules: true, register: testRegister(db) });
    const [first, ...students] = await someStudents(college, COUNT + 1);
    await scoredAlike(college, first!, students);
    await auditPathway(college.register, college.call('registrar', { pathwayId: first!.diploma }));
    await drive(college, first!);
    for (const { diploma } of students)
      await auditPathway(college.register, college.call('registrar', { pathwayId: diploma }));

    const frozen = await freezeRevision(college.register, college.call('rule_editor', { document: stricter() }));
    await provedInput(college, frozen);
    let decided = 0;
    const deciding = inParallel(students, async ({ enrolment }) => {
      await decide(college, enrolment);
      decided += 1;
    });
    while (decided < COUNT / 4) await new Promise((done) => setTimeout(done, 5));
    await approveAndPublish(college, frozen);
    const atPublication = decided;
    await deciding;

    const revisions: { revision: number; hash: string; document: string }[] = await db
      .reader('rule_revisions')
      .where({ rule_set: DIPLOMA })
      .orderBy('revision');
    const rows: { record: string; revision: number; rule_hash: string }[] = await db
      .reader('decisions')
      .whereIn(
        'pathway_id',
        students.map(({ diploma }) => diploma),
      )
      .select('record', 'revision', 'rule_hash');
    expect(rows).toHaveLength(COUNT);
    const cited = [0, 0];
    for (const { record, revision, rule_hash } of rows) {
      const decision = JSON.parse(record) as Decision;
      const own = revisions.find((one) => one.hash === decision.ruleSet.hash);
      expect([revision, rule_hash, decision.ruleSet.revision]).toEqual([own?.revision, own?.hash, own?.revision]);
      expect(decision.outcome.type).toBe(own?.revision === 1 ? 'grant' : 'deny');
      cited[Number(own?.revision) - 1]! += 1;
    }
    console.log(`${cited[0]} decided under revision 1, ${cited[1]} under revision 2, published after ${atPublication}`);
    expect(cited[0]).toBeGreaterThan(0);
    expect(cited[1]).toBeGreaterThan(0);
    for (const { record } of rows.filter((_, i) => i % 50 === 0)) {
      const decision = JSON.parse(record) as Decision;
      const { hash, document } = revisions.find((one) => one.hash === decision.ruleSet.hash)!;
      expect(await replayDecision(loadedByHash(hash, document), decision)).toEqual({ same: true, differences: [] });
    }
  }, 300_000);
});

/** What an activity does: look, do what is due; a case that moved meanwhile is looked at again. */
async function decide({ register }: College, caseId: string): Promise<void> {
  for (;;) {
    const { due } = await loadCase(register, caseId);
    const next = due.find(({ kind }) => kind === 'recordDecision');
    if (!next) return;
    await recordDecision(register, { caseId, opKey: next.opKey });
  }
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** The others' scores are copied from the first's. */
async function scoredAlike(college: College, first: Student, students: readonly Student[]): Promise<void> {
  await scored(college, first, { course: 'JD101', value: 700 });
  await scored(college, first, { course: 'JD102', value: 800 });
  const { db } = college.register;
  const rows: Record<string, string | number | null>[] = await db
    .reader('current_scores')
    .where({ enrolment_id: first.enrolment });
  await db.writer.transaction(async (tx) => {
    for (const row of rows)
      await insertRows(
        tx,
        'current_scores',
        students.map(({ enrolment }) => ({ ...row, enrolment_id: enrolment })),
      );
  });
}
