import { describe, expect, test } from 'vitest';
import { readTx } from '../../db/read-tx.ts';
import { signOff } from '../../register/certification/sign-off.ts';
import { addAuthorisation } from '../../register/college/create-college.ts';
import { moveClock } from '../../register/college/move-clock.ts';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import { applyForCredit } from '../../register/outcomes/apply-for-credit.ts';
import { evaluateEquivalence } from '../../register/outcomes/evaluate-equivalence.ts';
import { freezeRevision } from '../../register/rules/freeze-revision.ts';
import { loadedByHash } from '../../register/rules/loaded.ts';
import { bindRuleSet } from '../../register/rules/bind-rule-set.ts';
import { approveRevision } from '../../register/rules/publication/approve-revision.ts';
import { publishRevision } from '../../register/rules/publication/publish-revision.ts';
import { openRuleBook } from '../../register/rules/rule-book.ts';
import { readStudentVerdicts } from '../../register/students/student-verdicts.ts';
import { replayDecision } from '../../rules/record.ts';
import type { Decision } from '../../schemas/decision.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { libraryDocument, thresholdsOf, withLeaf } from '../rules/library.ts';
import { aCollege, aStudent, testRegister } from '../support/college.ts';
import type { College, Student } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import type { OpenTest } from '../support/databases.ts';
import { aUser } from '../support/api.ts';
import { drive, scored } from '../support/students.ts';
import { aCourse, anOutcome } from './outcomes.ts';
import { approver, provedInput, publish, restated, withParam } from './publishing.ts';

/** Past the weeks in which the close of the term before still decides. */
const IN_TERM_FIVE = '2025-10-20T02:00:00.000Z';
const TITLES = 'title.skill-to-title';

async function aRunningCollege(open: OpenTest, { rules = true } = {}): Promise<College> {
  const db = await open({ clock: testClock(IN_TERM_FIVE) });
  return aCollege(db, { rules, register: testRegister(db) });
}

forEachDatabase((_name, open) => {
  describe('publishing a revision', () => {
    test('the author may not approve, nor an approver twice', async () => {
      const college = await aRunningCollege(open, { rules: false });
      const { frozen, approve } = await frozenDraft(college);

      await expect(approve(college.by('rule_editor'))).rejects.toMatchObject({ code: 'second_person_required' });
      expect(await approve(await approver(college, 0))).toEqual({ approvals: 1, needed: 1 });
      await expect(approve(await approver(college, 0))).rejects.toMatchObject({ code: 'second_person_required' });
      expect(await college.register.db.reader('rule_approvals').where({ revision_id: frozen.revision })).toHaveLength(
        1,
      );
    });

    test('one person has one account, so that nobody approves twice under another name', async () => {
      const college = await aRunningCollege(open, { rules: false });
      const { person: personId } = await aStudent(college);
      await aUser(college.register, { loginName: 'the-person', personId });

      await expect(aUser(college.register, { loginName: 'the-person-again', personId })).rejects.toMatchObject({
        code: 'person_has_user',
      });
    });

    test('too few approvals, or none, do not publish', async () => {
      const college = await aRunningCollege(open);
      await auditedStudent(college);
      const { input, approve } = await frozenDraft(college);
      const publishing = () => publishRevision(college.register, college.call('rule_approver', input));

      await expect(publishing()).rejects.toMatchObject({
        code: 'approvals_missing',
        errors: [{ detail: { have: 0, needed: 2 } }],
      });
      expect(await approve(await approver(college, 0))).toEqual({ approvals: 1, needed: 2 });
      await expect(publishing()).rejects.toMatchObject({
        code: 'approvals_missing',
        errors: [{ detail: { have: 1, needed: 2 } }],
      });
    });

    test('where certificates follow and the past is touched three people must approve', async () => {
      const college = await aRunningCollege(open);
      await auditedStudent(college);
      const { input, approve } = await frozenDraft(college, stricterDiploma());
      for (const index of [0, 1]) await approve(await approver(college, index));

      await expect(publishRevision(college.register, college.call('rule_approver', input))).rejects.toMatchObject({
        code: 'approvals_missing',
        errors: [{ detail: { have: 2, needed: 3 } }],
      });
      expect(await approve(await approver(college, 2))).toEqual({ approvals: 3, needed: 3 });
      await publishRevision(college.register, college.call('rule_approver', input));
    });

    test('only the very document that was frozen is approved and published', async () => {
      const college = await aRunningCollege(open, { rules: false });
      const { input, approve } = await frozenDraft(college);
      const other = { ...input, hash: `sha256:${'0'.repeat(64)}` };

      await expect(approveRevision(college.register, college.call('rule_approver', other))).rejects.toMatchObject({
        code: 'rule_hash_mismatch',
      });
      await approve(await approver(college, 0));
      await expect(publishRevision(college.register, college.call('rule_approver', other))).rejects.toMatchObject({
        code: 'rule_hash_mismatch',
      });
    });

    test('a second draft waits until the first is published, which happens once', async () => {
      const college = await aRunningCollege(open, { rules: false });
      const { input, approve } = await frozenDraft(college);
      await expect(frozenDraft(college)).rejects.toMatchObject({ code: 'draft_already_frozen' });
      await approve(await approver(college, 0));
      await publishRevision(college.register, college.call('rule_approver', input));

      await expect(publishRevision(college.register, college.call('rule_approver', input))).rejects.toMatchObject({
        code: 'rule_already_published',
      });
      await expect(approve(await approver(college, 1))).rejects.toMatchObject({ code: 'rule_already_published' });
      const { frozen } = await frozenDraft(college);
      expect(frozen.number).toBe(2);
    });

    test('a document whose own tests fail, or outside the dialect, is not even frozen', async () => {
      const college = await aRunningCollege(open, { rules: false });
      const document = libraryDocument(TITLES);
      const leaf = thresholdsOf(document)[0]!;
      const untrue = withLeaf(document, leaf.name, (one) => (one.value = Number(one.value) + 1));
      const foreign = { ...document, rules: document.rules.map((rule) => ({ ...rule, onSuccess: 'run me' })) };
      const freeze = (given: unknown) =>
        freezeRevision(college.register, college.call('rule_editor', { document: given }));

      await expect(freeze(untrue)).rejects.toMatchObject({ code: 'rule_tests_failed' });
      await expect(freeze(foreign)).rejects.toMatchObject({ code: 'rule_document_faulty' });
      expect(await college.register.db.reader('rule_revisions')).toEqual([]);
    });

    test("another college's draft is not found", async () => {
      const college = await aRunningCollege(open, { rules: false });
      const other = await aCollege(college.register.db, { code: '14998', register: college.register });
      const { input } = await frozenDraft(college);

      await expect(approveRevision(college.register, other.call('rule_approver', input))).rejects.toMatchObject({
        code: 'not_found',
      });
      await expect(publishRevision(college.register, other.call('rule_approver', input))).rejects.toMatchObject({
        code: 'not_found',
      });
    });
  });

  describe('a revision in force', () => {
    test('a row of the table of titles, published anew, changes the title of who holds that qualification, and of nobody else', async () => {
      const college = await aRunningCollege(open);
      const student = await aStudent(college);
      const holder = await anOutcome(college, student, { kind: 'occupational_qualification', name: '资产评估师' });
      const neighbour = await anOutcome(college, await aStudent(college), {
        kind: 'occupational_qualification',
        name: '执业药师',
      });
      const before = await titleOf(college, neighbour);
      expect(await titleOf(college, holder)).toMatchObject({ title: '经济师', titleLevel: 'intermediate' });

      const { table: _, ...next } = structuredClone(libraryDocument('title.qualification-to-title')) as Ruleset & {
        table?: unknown;
      };
      next.rules.find(({ name }) => name === 'QT-01')!.event.params = {
        effect: 'may_apply',
        title: '助理经济师',
        titleLevel: 'junior',
      };
      await publish(college, restated(next as Ruleset));

      expect(await titleOf(college, holder)).toMatchObject({ title: '助理经济师', titleLevel: 'junior' });
      expect(await titleOf(college, neighbour)).toEqual(before);
    });

    test('a pass mark one step higher fails who stood on it, and so the diploma', async () => {
      const college = await aRunningCollege(open);
      const [student, neighbour] = [await aTaughtStudent(college, 600), await aTaughtStudent(college, 601)];
      expect(await diplomaOf(college, student)).toBe('grant');

      await publish(college, withParam('policy.teaching', 'passMark', 601));

      expect(await diplomaOf(college, student)).toBe('deny');
      expect(await diplomaOf(college, neighbour)).toBe('grant');
    });

    test.each([
      ['totalCapShare', 4999],
      ['perCertificateMaxCredits', 39],
    ])('a smaller %s refuses the application that just fitted, and leaves what was converted', async (param, value) => {
      const college = await aRunningCollege(open);
      const covered = [{ kind: 'skill_certificate' as const, name: '电工', overlap: 9000 }];
      const courseIds = [
        await aCourse(college, { code: 'A', credits: 20, covered }),
        await aCourse(college, { code: 'B', credits: 20, covered }),
      ];
      const [before, after] = [await aStudent(college), await aStudent(college)];
      const apply = async (student: Student) => {
        const outcomeId = await anOutcome(college, student, { kind: 'skill_certificate', level: 'three' });
        return applyForCredit(college.register, college.call('registrar', { outcomeId, courseIds }));
      };
      await apply(before);

      await publish(college, withParam('policy.teaching', param, value));

      await expect(apply(after)).rejects.toMatchObject({ code: 'credit_over_limit' });
      expect(await college.register.db.reader('credit_entries').pluck('enrolment_id')).toEqual([
        before.enrolment,
        before.enrolment,
      ]);
    });

    test('the verdict changes at once, the record at the next decision point, superseding the one before', async () => {
      const college = await aRunningCollege(open);
      const student = await auditedStudent(college);
      const [first] = await recordsOf(college, student);
      const { hash } = await publish(college, stricterDiploma());

      expect(await diplomaOf(college, student)).toBe('deny');
      await drive(college, student);
      expect(await recordsOf(college, student)).toEqual([first]);
      await auditPathway(college.register, college.call('registrar', { pathwayId: student.diploma }));
      await drive(college, student);

      const [, second] = await recordsOf(college, student);
      expect(first).toMatchObject({ outcome: { type: 'grant' }, ruleSet: { revision: 1 } });
      expect(second).toMatchObject({
        outcome: { type: 'deny' },
        supersedes: first!.id,
        ruleSet: { revision: 2, hash },
      });
    });

    test('publishing wakes the open cases, without a fact in the nudge', async () => {
      const college = await aRunningCollege(open);
      const student = await auditedStudent(college);
      const { reader } = college.register.db;
      const last = Number((await reader('outbox').max({ id: 'id' }).first())?.id ?? 0);

      await publish(college, stricterDiploma());

      const woken = reader('outbox').where('id', '>', last).where({ workflow_type: 'studentPathway' });
      expect(await woken.select('case_id', 'seq')).toEqual([{ case_id: student.enrolment, seq: null }]);
    });

    test('a diploma issued under the old revision stays issued', async () => {
      const college = await aRunningCollege(open);
      const student = await auditedStudent(college);
      await addAuthorisation(college.register, college.call('registrar', diplomas));
      await moveClock(college.register, college.call('registrar', { to: 'days' as const, days: 10, reason: 'test' }));
      await drive(college, student);
      await signOff(
        college.register,
        college.call('certification_officer', { pathwayId: student.diploma, answer: 'approved' as const }),
      );
      await drive(college, student);
      const records = await recordsOf(college, student);

      await publish(college, stricterDiploma());
      await drive(college, student);

      const { pathways } = await readStudentVerdicts(college.register, student.enrolment);
      expect(pathways.find(({ type }) => type === 'diploma')?.stage.name).toBe('issued');
      expect(await college.register.db.reader('certificates').pluck('state')).toEqual(['issued']);
      expect(await recordsOf(college, student)).toEqual(records);
    });

    test('a grant whose rule has changed since is not signed off', async () => {
      const college = await aRunningCollege(open);
      const student = await auditedStudent(college);
      await moveClock(college.register, college.call('registrar', { to: 'days' as const, days: 10, reason: 'test' }));
      await drive(college, student);
      await publish(college, stricterDiploma());

      await expect(
        signOff(
          college.register,
          college.call('certification_officer', { pathwayId: student.diploma, answer: 'approved' as const }),
        ),
      ).rejects.toMatchObject({ code: 'verdict_changed' });
    });

    test('credit spent under the old revision stays spent, and its record replays under it', async () => {
      const college = await aRunningCollege(open);
      const covered = [{ kind: 'skill_certificate' as const, name: '电工', overlap: 8000 }];
      const course = await aCourse(college, { code: 'A', credits: 20, covered });
      const [student, late] = [await aStudent(college), await aStudent(college)];
      const apply = async (who: Student) => {
        const outcomeId = await anOutcome(college, who, { kind: 'skill_certificate', level: 'three' });
        return applyForCredit(college.register, college.call('registrar', { outcomeId, courseIds: [course] }));
      };
      const { courses } = await apply(student);
      await publish(college, stepped('credit.skill-certificate', 'contentOverlap', 8000));

      expect((await apply(late)).courses).toMatchObject([{ outcome: 'not_recognised', credits: 0 }]);
      expect(await college.register.db.reader('credit_entries').pluck('enrolment_id')).toEqual([student.enrolment]);
      const row = await college.register.db.reader('decisions').where({ id: courses[0]!.decision }).first('record');
      const record = JSON.parse(row.record) as Decision;
      const revision = await college.register.db
        .reader('rule_revisions')
        .where({ hash: record.ruleSet.hash })
        .first('document');
      expect(record.ruleSet.revision).toBe(1);
      expect(await replayDecision(loadedByHash(record.ruleSet.hash, revision.document), record)).toEqual({
        same: true,
        differences: [],
      });
    });
  });

  describe('which revision answers', () => {
    test('what was known then gives the answer of then', async () => {
      const college = await aRunningCollege(open);
      const { db } = college.register;
      const then = db.clock.now();
      (db.clock as ReturnType<typeof testClock>).advance(3_600_000);
      await publish(college, stepped(TITLES, 'workMonthsAfterOutcome', 24));

      const revisionAt = (knownAt: string) =>
        readTx(db, async (tx) =>
          (await openRuleBook(tx, college.id, knownAt)).select({
            purpose: 'title',
            scope: 'skill_certificate',
            dateOf: () => 20_250_908,
          }),
        );
      expect(await revisionAt(then)).toMatchObject({ revision: 1, effectiveDate: '2025-09-08' });
      expect(await revisionAt(db.clock.now())).toMatchObject({ revision: 2 });
    });

    test('a revision valid from next year answers only for what is asked as of next year', async () => {
      const college = await aRunningCollege(open);
      const outcome = await anOutcome(college, await aStudent(college), {
        kind: 'skill_certificate',
        level: 'three',
        work_months_after: 24,
      });
      const next = stepped(TITLES, 'workMonthsAfterOutcome', 24);
      await publish(college, { ...next, validity: { ...next.validity, from: '2026-01-01' } });

      const on = async (date: string) =>
        (await ask(college, { purpose: 'title', outcomeId: outcome, date })).answers[0];
      expect(await on('2025-12-31')).toMatchObject({ revision: 1, verdict: { type: 'grant' } });
      expect(await on('2026-01-01')).toMatchObject({ revision: 2, verdict: { type: 'deny' } });
      await expect(on('2015-08-31')).rejects.toMatchObject({ code: 'no_rule_for_date' });
    });

    test('what is bound to one kind of outcome goes before what is bound to all', async () => {
      const college = await aRunningCollege(open);
      await bindRuleSet(
        college.register,
        college.call('rule_editor', {
          purpose: 'title',
          scope: '*',
          ruleSet: 'title.qualification-to-title',
          fromOn: '2025-09-01',
        }),
      );
      const outcome = await anOutcome(college, await aStudent(college), {
        kind: 'skill_certificate',
        level: 'three',
        work_months_after: 24,
      });

      expect((await ask(college, { purpose: 'title', outcomeId: outcome })).answers).toMatchObject([
        { ruleSet: TITLES },
      ]);
    });

    test('a purpose to which nothing is bound is a problem, not a default', async () => {
      const college = await aRunningCollege(open, { rules: false });

      await expect(
        ask(college, { purpose: 'title', facts: { outcomeKind: 'skill_certificate' } }),
      ).rejects.toMatchObject({ code: 'rule_not_bound' });
    });

    test('suspended rules send every case to a person and spend nothing, until they are resumed', async () => {
      const college = await aRunningCollege(open);
      const covered = [{ kind: 'skill_certificate' as const, name: '电工', overlap: 9000 }];
      const course = await aCourse(college, { code: 'A', credits: 20, covered });
      const student = await aTaughtStudent(college, 700);
      const outcomeId = await anOutcome(college, student, { kind: 'skill_certificate', level: 'three' });
      const apply = () =>
        applyForCredit(college.register, college.call('registrar', { outcomeId, courseIds: [course] }));
      for (const ruleSet of ['credit.skill-certificate', 'conclusion.diploma'])
        await happens(college, ruleSet, 'suspended');

      expect(await diplomaOf(college, student)).toBe('refer');
      const { courses } = await apply();
      expect(courses).toMatchObject([{ outcome: 'referred', credits: 0 }]);
      const row = await college.register.db
        .reader('decisions')
        .where({ id: courses[0]!.decision })
        .first('record', 'rule_hash');
      const { document } = await college.register.db
        .reader('rule_revisions')
        .where({ hash: row.rule_hash })
        .first('document');
      const record = JSON.parse(row.record) as Decision;
      expect(record.outcome.because.kind).toBe('suspended');
      expect(await replayDecision(loadedByHash(row.rule_hash, document), record)).toEqual({
        same: true,
        differences: [],
      });

      (college.register.db.clock as ReturnType<typeof testClock>).advance(1000);
      for (const ruleSet of ['credit.skill-certificate', 'conclusion.diploma'])
        await happens(college, ruleSet, 'resumed');
      expect(await diplomaOf(college, student)).toBe('grant');
      expect((await apply()).courses).toMatchObject([{ credits: 20 }]);
    });

    test('a revision withdrawn gives way to the one before', async () => {
      const college = await aRunningCollege(open);
      const student = await aTaughtStudent(college, 700);
      await publish(college, stricterDiploma());
      expect(await diplomaOf(college, student)).toBe('deny');

      await happens(college, 'conclusion.diploma', 'withdrawn');

      expect(await diplomaOf(college, student)).toBe('grant');
    });
  });
});

const diplomas = {
  type: 'diploma' as const,
  programmeCode: '460301',
  schoolCode: '14999',
  schoolKind: '1' as const,
  schoolLevel: '06',
  fromOn: '2020-01-01',
  source: 'test',
  evidence: 'unconfirmed' as const,
};

/** Every bound on that fact with that value a step higher, whichever side it is seen from. */
function stepped(id: string, fact: string, value: number): Ruleset {
  let next = libraryDocument(id);
  for (const leaf of thresholdsOf(next))
    if (leaf.fact === fact && leaf.value === value) next = withLeaf(next, leaf.name, (one) => (one.value = value + 1));
  return restated(next);
}

/** Seven months of internship instead of six. */
const stricterDiploma = (): Ruleset => stepped('conclusion.diploma', 'internshipMonths', 6);

async function frozenDraft(college: College, document: Ruleset = stepped(TITLES, 'workMonthsAfterOutcome', 24)) {
  const frozen = await freezeRevision(college.register, college.call('rule_editor', { document }));
  const input = await provedInput(college, frozen);
  const approve = (by: ReturnType<College['by']>) =>
    approveRevision(college.register, { ...college.call('rule_approver', input), by });
  return { frozen, input, approve };
}

async function aTaughtStudent(college: College, value: number): Promise<Student> {
  const student = await aStudent(college);
  await scored(college, student, { course: 'JD101', value });
  await scored(college, student, { course: 'JD102', value: 800 });
  return student;
}

/** With a diploma decided. */
async function auditedStudent(college: College): Promise<Student> {
  const student = await aTaughtStudent(college, 700);
  await auditPathway(college.register, college.call('registrar', { pathwayId: student.diploma }));
  await drive(college, student);
  return student;
}

async function diplomaOf({ register }: College, { enrolment }: Student): Promise<string | undefined> {
  const { pathways } = await readStudentVerdicts(register, enrolment);
  return pathways.find(({ type }) => type === 'diploma')?.verdict.type;
}

async function recordsOf({ register }: College, { diploma }: Student): Promise<Decision[]> {
  const records: string[] = await register.db
    .reader('decisions')
    .where({ pathway_id: diploma })
    .orderBy(['decided_at', 'id'])
    .pluck('record');
  return records.map((record) => JSON.parse(record));
}

const ask = (college: College, input: Parameters<typeof evaluateEquivalence>[1]['input']) =>
  evaluateEquivalence(college.register, { by: college.by('registrar'), input });

async function titleOf(college: College, outcomeId: string) {
  return (await ask(college, { purpose: 'title', outcomeId })).answers[0]?.verdict.params;
}

/** Until the commands for it come with the issue on rules, as they will record it. */
async function happens(
  { register, id, users }: College,
  ruleSet: string,
  kind: 'suspended' | 'resumed' | 'withdrawn',
): Promise<void> {
  const revision = await register.db
    .reader('rule_revisions')
    .where({ college_id: id, rule_set: ruleSet })
    .orderBy('revision', 'desc')
    .first('id');
  const row = {
    id: register.newId('event'),
    revision_id: revision.id,
    kind,
    reason: 'test',
    actor_id: users.rule_approver,
    at: register.db.clock.now(),
  };
  await register.db.writer('rule_events').insert(row);
}
