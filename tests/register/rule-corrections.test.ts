import { describe, expect, test } from 'vitest';
import { nobody } from '../../register/accounts/principal.ts';
import type { Principal } from '../../register/accounts/principal.ts';
import { listAffected } from '../../register/decisions/affected.ts';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import { applyForCredit } from '../../register/outcomes/apply-for-credit.ts';
import { freezeRevision } from '../../register/rules/freeze-revision.ts';
import { listTouched } from '../../register/rules/publication/touched.ts';
import type { Role } from '../../schemas/permissions.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { libraryDocument, thresholdsOf, withLeaf } from '../rules/library.ts';
import { aCollege, someStudents, testRegister } from '../support/college.ts';
import type { College, Student } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import type { OpenTest } from '../support/databases.ts';
import { drive, scored } from '../support/students.ts';
import { aCourse, anOutcome } from './outcomes.ts';
import { publish, restated } from './publishing.ts';

const DIPLOMA = 'conclusion.diploma';

const as = ({ id: collegeId, users }: College, role: 'registrar' | 'rule_approver'): Principal => {
  const scope = { kind: 'college' as const, id: null };
  return {
    ...nobody,
    userId: users[role],
    collegeId,
    role,
    assignments: [{ role: role as Role, scope }],
    scopes: [scope],
  };
};

async function allAffected(college: College, input: { ruleSet?: string; studentId?: string } = {}, limit = 2) {
  const items = [];
  for (let cursor: string | undefined; ; ) {
    const page = await listAffected(college.register, as(college, 'registrar'), { ...input, limit, cursor });
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = page.next;
  }
}

/** Three students with a diploma decided: granted, granted, refused. */
async function decided(open: OpenTest): Promise<{ college: College; students: Student[] }> {
  const db = await open({ clock: testClock('2025-10-20T02:00:00.000Z') });
  const college = await aCollege(db, { rules: true, register: testRegister(db) });
  const students = await someStudents(college, 3);
  for (const [index, student] of students.entries()) {
    await scored(college, student, { course: 'JD101', value: index === 2 ? 500 : 700 });
    await scored(college, student, { course: 'JD102', value: 800 });
    await auditPathway(college.register, college.call('registrar', { pathwayId: student.diploma }));
    await drive(college, student);
  }
  return { college, students };
}

function stricter(): Ruleset {
  let next = libraryDocument(DIPLOMA);
  for (const leaf of thresholdsOf(next))
    if (leaf.fact === 'internshipMonths' && leaf.value === 6)
      next = withLeaf(next, leaf.name, (one) => (one.value = 7));
  return restated(next);
}

forEachDatabase((_name, open) => {
  describe('a late correction', () => {
    test('of nothing affects nothing, though time has passed', async () => {
      const { college } = await decided(open);
      (college.register.db.clock as ReturnType<typeof testClock>).advance(90 * 24 * 3_600_000);
      expect(await allAffected(college)).toEqual([]);
    });

    test('of a score names exactly the decision it turns, with the fact that changed', async () => {
      const { college, students } = await decided(open);
      await scored(college, students[1]!, { course: 'JD101', value: 590 });
      await scored(college, students[0]!, { course: 'JD101', value: 710 });

      expect(await allAffected(college)).toMatchObject([
        {
          pathwayId: students[1]!.diploma,
          was: { type: 'grant', revision: 1 },
          now: { type: 'deny', revision: 1 },
          changedFacts: expect.arrayContaining(['coursesFailed']),
          settled: false,
        },
      ]);
      expect(await allAffected(college, { studentId: students[0]!.enrolment })).toEqual([]);
      expect(await allAffected(college, { ruleSet: 'credit.skill-certificate' })).toEqual([]);
    });

    test('by a retroactive revision names those it turns, no others', async () => {
      const { college, students } = await decided(open);
      await publish(college, stricter());
      const affected = await allAffected(college);
      const turned = affected.filter(({ reasonOnly }) => !reasonOnly);
      expect(turned.map(({ pathwayId }) => pathwayId).sort()).toEqual(
        [students[0]!.diploma, students[1]!.diploma].sort(),
      );
      expect(affected.filter(({ reasonOnly }) => reasonOnly)).toMatchObject([{ pathwayId: students[2]!.diploma }]);
      expect(affected.every(({ now, changedFacts }) => now.revision === 2 && changedFacts.length === 0)).toBe(true);
    });

    test('leaves a spent credit alone, and names it once its outcome is corrected', async () => {
      const { college, students } = await decided(open);
      const covered = [{ kind: 'skill_certificate' as const, name: '电工', overlap: 9000 }];
      const course = await aCourse(college, { code: 'A', credits: 20, covered });
      const outcomeId = await anOutcome(college, students[0]!, { kind: 'skill_certificate', level: 'three' });
      await applyForCredit(college.register, college.call('registrar', { outcomeId, courseIds: [course] }));
      const credit = () => allAffected(college, { ruleSet: 'credit.skill-certificate' });
      expect(await credit()).toEqual([]);

      await college.register.db.writer('learning_outcomes').where({ id: outcomeId }).update({ verified: 0 });
      expect(await credit()).toMatchObject([
        { purpose: 'credit', was: { type: 'grant' }, settled: true, changedFacts: ['outcomeVerified'] },
      ]);
    });
  });

  describe('a retroactive revision', () => {
    test('lists the issued decisions it touches, each with what its own facts would give', async () => {
      const { college, students } = await decided(open);
      const { revision } = await freezeRevision(
        college.register,
        college.call('rule_editor', { document: stricter() }),
      );
      const page = (cursor?: string) =>
        listTouched(college.register, as(college, 'rule_approver'), { id: revision, limit: 2, cursor });
      const first = await page();
      expect(first.items).toHaveLength(2);
      const second = await page(first.next ?? undefined);
      const all = [...first.items, ...second.items];
      const [granted, alsoGranted, refused] = students.map(({ diploma }) => diploma);
      const of = (pathway: string | undefined) => all.find(({ pathwayId }) => pathwayId === pathway);
      expect(of(granted)).toMatchObject({
        was: { type: 'grant' },
        would: { type: 'deny' },
        changes: true,
        revision: 1,
      });
      expect(of(alsoGranted)).toMatchObject({ changes: true, settled: false });
      expect(of(refused)).toMatchObject({ was: { type: 'deny' }, would: { type: 'deny' } });
      expect(second.next).toBeNull();
    });

    test('that begins later touches none of them', async () => {
      const { college } = await decided(open);
      const document = { ...stricter(), validity: { ...stricter().validity, from: '2025-10-01' } };
      const { revision } = await freezeRevision(college.register, college.call('rule_editor', { document }));
      const by = as(college, 'rule_approver');
      expect((await listTouched(college.register, by, { id: revision, limit: 50 })).items).toEqual([]);
    });
  });
});
