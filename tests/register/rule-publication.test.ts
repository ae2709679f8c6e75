import { describe, expect, test } from 'vitest';
import type { Actor } from '../../db/tx.ts';
import { readTx } from '../../db/read-tx.ts';
import { moveClock } from '../../register/college/move-clock.ts';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import { nobody } from '../../register/accounts/principal.ts';
import type { Principal } from '../../register/accounts/principal.ts';
import { bindRuleSet } from '../../register/rules/bind-rule-set.ts';
import { createDraft } from '../../register/rules/drafts/create-draft.ts';
import { saveRuleDraft } from '../../register/rules/drafts/save-draft.ts';
import { approveRevision } from '../../register/rules/publication/approve-revision.ts';
import { publishRevision } from '../../register/rules/publication/publish-revision.ts';
import { readPublication } from '../../register/rules/publication/read-publication.ts';
import { returnRevision } from '../../register/rules/publication/return-revision.ts';
import { resumeRevision, suspendRevision, withdrawRevision } from '../../register/rules/publication/stop-revision.ts';
import { submitDraft } from '../../register/rules/publication/submit-draft.ts';
import { openRuleBook } from '../../register/rules/rule-book.ts';
import { readStudentVerdicts } from '../../register/students/student-verdicts.ts';
import type { Role } from '../../schemas/permissions.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { libraryDocument, thresholdsOf, withLeaf } from '../rules/library.ts';
import { aUser, withRole } from '../support/api.ts';
import { aCollege, aStudent, someStudents, testRegister } from '../support/college.ts';
import type { College, Student } from '../support/college.ts';
import { forEachDatabase, onSqlite, testClock } from '../support/databases.ts';
import type { OpenTest } from '../support/databases.ts';
import { drive, scored } from '../support/students.ts';
import { approveAndPublish, approver, conduct, conductPublication, restated } from './publishing.ts';

const IN_TERM_FIVE = '2025-10-20T02:00:00.000Z';
const DIPLOMA = 'conclusion.diploma';

/** A college that has decided something, so that proofs and a preview are asked. */
async function aDecidingCollege(open: OpenTest): Promise<{ college: College; student: Student }> {
  const db = await open({ clock: testClock(IN_TERM_FIVE) });
  const college = await aCollege(db, { rules: true, register: testRegister(db) });
  const student = await aStudent(college);
  await scored(college, student, { course: 'JD101', value: 700 });
  await scored(college, student, { course: 'JD102', value: 800 });
  await auditPathway(college.register, college.call('registrar', { pathwayId: student.diploma }));
  await drive(college, student);
  return { college, student };
}

/** Seven months of internship instead of six, from a day or for ever. */
function stricter(validity: Partial<Ruleset['validity']> = {}): Ruleset {
  let next = libraryDocument(DIPLOMA);
  for (const leaf of thresholdsOf(next))
    if (leaf.fact === 'internshipMonths' && leaf.value === 6)
      next = withLeaf(next, leaf.name, (one) => (one.value = 7));
  return { ...restated(next), validity: { ...next.validity, ...validity } };
}

async function aDraft(college: College, document: Ruleset): Promise<string> {
  const { draft } = await createDraft(
    college.register,
    college.call('rule_editor', { from: 'in_force' as const, ruleSet: document.id }),
  );
  await saveRuleDraft(college.register, {
    ...college.call('rule_editor', { id: draft, document }),
    ifMatch: '"1"',
  });
  return draft;
}

/** Submitted with every finding waived that stands in the way. */
async function submitted(college: College, document: Ruleset, version = 2) {
  const draft = await aDraft(college, document);
  const submit = (waivers: { finding: string; reason: string }[]) =>
    submitDraft(college.register, {
      ...college.call('rule_editor', { id: draft, waivers }),
      ifMatch: `"${version}"`,
    });
  const frozen = await submit([]).catch((error: { code: string; errors: { detail: { finding: string } }[] }) => {
    if (error.code !== 'rule_findings_open') throw error;
    return submit(error.errors.map(({ detail }) => ({ finding: detail.finding, reason: '转人工处理' })));
  });
  return { draft, ...frozen };
}

const view = (college: College, id: string, by: Principal) => readPublication(college.register, by, id);

function principal(
  { id: collegeId, users }: College,
  role: 'rule_editor' | 'rule_approver',
  userId = users[role],
): Principal {
  const scope = { kind: 'college' as const, id: null };
  return { ...nobody, userId, collegeId, role, assignments: [{ role, scope }] };
}

async function another(college: College, role: Role): Promise<Actor> {
  const userId = await aUser(college.register, {
    loginName: `${role}-${(count += 1)}`,
    roles: withRole(role, college.id),
  });
  return { userId, collegeId: college.id, role };
}
let count = 0;

async function diplomaOf({ register }: College, { enrolment }: Student): Promise<string | undefined> {
  const { pathways } = await readStudentVerdicts(register, enrolment);
  return pathways.find(({ type }) => type === 'diploma')?.verdict.type;
}

forEachDatabase((_name, open) => {
  describe('a draft submitted for publication', () => {
    test('is proved, frozen and previewed; approved with its proofs by three, it comes into force', async () => {
      const { college, student } = await aDecidingCollege(open);
      const frozen = await submitted(college, stricter());
      const by = principal(college, 'rule_approver');
      const before = await view(college, frozen.revision, by);
      expect(before).toMatchObject({
        state: 'frozen',
        proofsAsked: true,
        retroactive: true,
        previewAsked: true,
        preview: null,
        blockers: ['rule_preview_missing'],
        openFindings: [],
        base: { revision: 1 },
      });
      expect(before.proofs?.difference?.shifts.length).toBeGreaterThan(0);
      expect(before.proofs?.tests.every(({ passed }) => passed)).toBe(true);
      expect(before.allowed).toEqual(['return', 'preview']);

      await conductPublication(college, frozen.revision);
      const proved = await view(college, frozen.revision, by);
      expect(proved).toMatchObject({ blockers: [], preview: { state: 'done', fresh: true } });
      expect(proved.allowed).toEqual(['approve', 'return', 'preview']);

      expect(await diplomaOf(college, student)).toBe('grant');
      expect(await approveAndPublish(college, frozen)).toBe(3);
      expect(await diplomaOf(college, student)).toBe('deny');
      await conductPublication(college, frozen.revision);
      const after = await view(college, frozen.revision, by);
      expect(after).toMatchObject({ state: 'published', woken: { cases: 1, finished: true } });
      expect(after.approvals.map(({ counts }) => counts)).toEqual([true, true, true]);
      expect(after.allowed).toEqual(['suspend', 'withdraw']);
      expect(after).toMatchObject({ base: { revision: 1 }, proofs: { differenceHash: proved.proofs!.differenceHash } });
    });

    test('with an error of the analysis is not frozen until the error is waived by its name', async () => {
      const { college } = await aDecidingCollege(open);
      const document = stricter();
      const [first] = document.rules;
      const doubled = { ...structuredClone(first!), name: 'TWICE' };
      rename(doubled.conditions, 'TWICE');
      const note = { ...document.notes[first!.name]!, title: { 'zh-CN': '重复', en: 'twice' } };
      const { table: _, ...rest } = document;
      const faulty = { ...rest, rules: [...document.rules, doubled], notes: { ...document.notes, TWICE: note } };
      const draft = await aDraft(college, restated(faulty as Ruleset));
      const submit = (waivers: { finding: string; reason: string }[]) =>
        submitDraft(college.register, { ...college.call('rule_editor', { id: draft, waivers }), ifMatch: '"2"' });

      const refused = await submit([]).catch((error) => error);
      expect(refused).toMatchObject({ code: 'rule_findings_open' });
      expect(refused.errors[0].text['zh-CN']).toMatch(/[㐀-鿿]/);
      expect(await college.register.db.reader('rule_revisions').where({ rule_set: DIPLOMA })).toHaveLength(1);
      const waivers = refused.errors.map(({ detail }: { detail: { finding: string } }) => ({
        finding: detail.finding,
        reason: '两条并存是有意的',
      }));
      const { revision } = await submit(waivers);
      const { openFindings, waivers: given } = await view(college, revision, principal(college, 'rule_approver'));
      expect(openFindings).toEqual([]);
      expect(given).toHaveLength(waivers.length);
    });

    test('is approved by nobody who saved it, nor twice by one person', async () => {
      const { college } = await aDecidingCollege(open);
      const frozen = await submitted(college, stricter());
      await conductPublication(college, frozen.revision);
      const { proofs, preview } = await view(college, frozen.revision, principal(college, 'rule_approver'));
      const input = {
        revisionId: frozen.revision,
        hash: frozen.hash,
        difference: proofs!.differenceHash,
        preview: preview!.hash,
      };
      const approve = (by: Actor) => approveRevision(college.register, { ...college.call('rule_approver', input), by });
      await expect(approve(college.by('rule_editor'))).rejects.toMatchObject({ code: 'second_person_required' });
      expect(await approve(await approver(college, 0))).toEqual({ approvals: 1, needed: 3 });
      await expect(approve(await approver(college, 0))).rejects.toMatchObject({ code: 'second_person_required' });
      const stale = { ...input, difference: `sha256:${'0'.repeat(64)}` };
      const call = { ...college.call('rule_approver', stale), by: await approver(college, 1) };
      await expect(approveRevision(college.register, call)).rejects.toMatchObject({ code: 'rule_proofs_changed' });
    });

    test('is not approved by somebody else who edited the draft before it was submitted', async () => {
      const { college } = await aDecidingCollege(open);
      const draft = await aDraft(college, stricter());
      const helper = await another(college, 'rule_editor');
      const save = college.call('rule_editor', { id: draft, document: stricter() });
      await saveRuleDraft(college.register, { ...save, by: helper, ifMatch: '"2"' });
      const refused = await submitDraft(college.register, {
        ...college.call('rule_editor', { id: draft }),
        ifMatch: '"3"',
      }).catch((error) => error);
      const waivers = (refused.errors ?? []).map(({ detail }: { detail: { finding: string } }) => ({
        finding: detail.finding,
        reason: 'test',
      }));
      const frozen =
        refused.code === undefined
          ? refused
          : await submitDraft(college.register, {
              ...college.call('rule_editor', { id: draft, waivers }),
              ifMatch: '"3"',
            });
      await conductPublication(college, frozen.revision);
      const { proofs, preview, editors } = await view(college, frozen.revision, principal(college, 'rule_approver'));
      expect(editors.map(({ id }) => id).sort()).toEqual([college.users.rule_editor, helper.userId].sort());
      const input = {
        revisionId: frozen.revision,
        hash: frozen.hash,
        difference: proofs!.differenceHash,
        preview: preview!.hash,
      };
      await expect(
        approveRevision(college.register, { ...college.call('rule_approver', input), by: helper }),
      ).rejects.toMatchObject({ code: 'second_person_required' });
    });

    test('returned with a reason, is void, and its text goes on as a draft of the same editors', async () => {
      const { college } = await aDecidingCollege(open);
      const frozen = await submitted(college, stricter());
      await conductPublication(college, frozen.revision);
      const input = { revisionId: frozen.revision, hash: frozen.hash, reason: '理由不充分' };
      const { draft } = await returnRevision(college.register, college.call('rule_approver', input));

      const after = await view(college, frozen.revision, principal(college, 'rule_approver'));
      expect(after).toMatchObject({ state: 'withdrawn', events: [{ kind: 'withdrawn', reason: '理由不充分' }] });
      expect(after.allowed).toEqual([]);
      const row = await college.register.db.reader('rule_drafts').where({ id: draft }).first();
      expect(row).toMatchObject({ created_by: college.users.rule_editor, base_revision: 1, ended_at: null });
      expect(
        await college.register.db.reader('rule_draft_editors').where({ draft_id: draft }).pluck('user_id'),
      ).toEqual([college.users.rule_editor]);
      await expect(
        publishRevision(
          college.register,
          college.call('rule_approver', { revisionId: frozen.revision, hash: frozen.hash }),
        ),
      ).rejects.toMatchObject({ code: 'rule_not_frozen' });
      expect((await submitted(college, stricter())).number).toBe(3);
    });

    test('nobody approves is reminded of, weekly, and after thirty days goes back to its editors', async () => {
      const { college } = await aDecidingCollege(open);
      const frozen = await submitted(college, stricter());
      const days = async (by: number) => {
        await moveClock(college.register, college.call('registrar', { to: 'days' as const, days: by, reason: 'test' }));
        await conduct(college, { workflowType: 'rulePublication', caseId: frozen.revision });
      };
      await conduct(college, { workflowType: 'rulePublication', caseId: frozen.revision });
      const reminders = () => college.register.db.reader('reminders').where({ object_id: frozen.revision });
      expect(await reminders()).toHaveLength(0);
      await days(2);
      expect(await reminders()).toMatchObject([{ role: 'rule_approver', step: 'rule_approval', due_on: '2025-10-22' }]);
      const { submission } = await view(college, frozen.revision, principal(college, 'rule_approver'));
      expect(submission).toMatchObject({ reminded: 1, remindOn: '2025-10-29', expiresOn: '2025-11-19' });
      await days(7);
      expect(await reminders()).toHaveLength(2);
      await days(21);
      const over = await view(college, frozen.revision, principal(college, 'rule_approver'));
      expect(over).toMatchObject({ state: 'withdrawn', events: [{ reason: 'approval_overdue' }] });
      const drafts = college.register.db.reader('rule_drafts').where({ rule_set: DIPLOMA, ended_at: null });
      expect(await drafts).toHaveLength(1);
    });

    test('with a preview a week old, waits for a new one, and for approvals of that', async () => {
      const { college } = await aDecidingCollege(open);
      const frozen = await submitted(college, stricter());
      await conductPublication(college, frozen.revision);
      await moveClock(college.register, college.call('registrar', { to: 'days' as const, days: 8, reason: 'test' }));
      const late = await view(college, frozen.revision, principal(college, 'rule_approver'));
      expect(late).toMatchObject({ blockers: ['rule_preview_outdated'], preview: { fresh: false } });
      expect(late.allowed).not.toContain('approve');
    });

    test('from before today, must say that it reaches back', async () => {
      const { college } = await aDecidingCollege(open);
      const { retroactive: _, ...validity } = stricter().validity;
      await expect(submitted(college, { ...stricter(), validity })).rejects.toMatchObject({
        code: 'rule_retroactive_undeclared',
        errors: [{ pointer: '/validity/from' }],
      });
      const later = { ...stricter(), validity: { ...validity, from: '2025-10-20' } };
      expect(await submitted(college, later)).toMatchObject({ number: 2 });
    });

    test('from a later day, wakes the open cases on that day and not before', async () => {
      const { college } = await aDecidingCollege(open);
      const { retroactive: _, ...validity } = stricter().validity;
      const frozen = await submitted(college, { ...stricter(), validity: { ...validity, from: '2025-11-03' } });
      await conductPublication(college, frozen.revision);
      expect(await approveAndPublish(college, frozen)).toBe(2);
      await conductPublication(college, frozen.revision);
      const woken = async () => (await view(college, frozen.revision, principal(college, 'rule_approver'))).woken;
      expect(await woken()).toEqual({ cases: 0, dueOn: '2025-11-03', finished: false });
      await moveClock(college.register, college.call('registrar', { to: 'days' as const, days: 14, reason: 'test' }));
      await conductPublication(college, frozen.revision);
      expect(await woken()).toEqual({ cases: 1, dueOn: '2025-11-03', finished: true });
    });
  });

  test('a rule about credit wakes nobody: a credit is worked out when somebody asks', async () => {
    const { college } = await aDecidingCollege(open);
    const credit = await college.register.db
      .reader('rule_revisions')
      .where({ rule_set: 'credit.x-certificate' })
      .first();
    const input = { revisionId: credit.id, reason: '发现错误' };
    await suspendRevision(college.register, college.call('rule_approver', input));
    await conductPublication(college, credit.id);
    const { woken } = await view(college, credit.id, principal(college, 'rule_approver'));
    expect(woken).toMatchObject({ cases: 0, finished: true });
  });

  describe('a revision in force', () => {
    test('is suspended by one at once, and resumed by two', async () => {
      const { college, student } = await aDecidingCollege(open);
      const revision = await college.register.db.reader('rule_revisions').where({ rule_set: DIPLOMA }).first('id');
      const input = { revisionId: revision.id, reason: '发现错误' };
      const call = async (index: number) => ({
        ...college.call('rule_approver', input),
        by: await approver(college, index),
      });
      expect(await suspendRevision(college.register, await call(0))).toMatchObject({ state: 'suspended' });
      expect(await diplomaOf(college, student)).toBe('refer');
      await expect(suspendRevision(college.register, await call(1))).rejects.toMatchObject({ code: 'rule_suspended' });

      (college.register.db.clock as ReturnType<typeof testClock>).advance(1000);
      expect(await resumeRevision(college.register, await call(0))).toEqual({
        state: 'suspended',
        waitingForSecond: true,
      });
      await expect(resumeRevision(college.register, await call(0))).rejects.toMatchObject({
        code: 'second_person_required',
      });
      expect(await resumeRevision(college.register, await call(1))).toMatchObject({ state: 'published' });
      expect(await diplomaOf(college, student)).toBe('grant');
      await expect(resumeRevision(college.register, await call(1))).rejects.toMatchObject({
        code: 'rule_not_suspended',
      });
    });

    test('withdrawn by two, gives way to the one before; nothing is deleted', async () => {
      const { college, student } = await aDecidingCollege(open);
      const frozen = await submitted(college, stricter());
      await conductPublication(college, frozen.revision);
      await approveAndPublish(college, frozen);
      expect(await diplomaOf(college, student)).toBe('deny');
      const withdraw = async (index: number) =>
        withdrawRevision(college.register, {
          ...college.call('rule_approver', { revisionId: frozen.revision, reason: '误发' }),
          by: await approver(college, index),
        });
      (college.register.db.clock as ReturnType<typeof testClock>).advance(1000);
      expect(await withdraw(0)).toEqual({ state: 'published', waitingForSecond: true });
      expect(await diplomaOf(college, student)).toBe('deny');
      expect(await withdraw(1)).toEqual({ state: 'withdrawn', waitingForSecond: false });
      expect(await diplomaOf(college, student)).toBe('grant');
      await expect(withdraw(2)).rejects.toMatchObject({ code: 'rule_not_published' });
    });

    test('is rolled back by publishing an old revision anew', async () => {
      const { college, student } = await aDecidingCollege(open);
      const frozen = await submitted(college, stricter());
      await conductPublication(college, frozen.revision);
      await approveAndPublish(college, frozen);
      const { draft } = await createDraft(
        college.register,
        college.call('rule_editor', { from: 'revision' as const, ruleSet: DIPLOMA, revision: 1 }),
      );
      const row = await college.register.db.reader('rule_drafts').where({ id: draft }).first();
      expect(row.base_revision).toBe(2);
      const old: Ruleset = JSON.parse(row.document);
      await expect(submitted(college, old), 'why it comes back').rejects.toMatchObject({
        errors: [{ pointer: '/change/reason' }],
      });
      const { reason } = libraryDocument(DIPLOMA).change;
      const back = await submitted(college, { ...old, change: { ...old.change, reason } });
      await conductPublication(college, back.revision);
      await approveAndPublish(college, back);
      expect(back.number).toBe(3);
      expect(await diplomaOf(college, student)).toBe('grant');
    });
  });

  test('what is bound today, from an earlier day, changes no answer about the past', async () => {
    const { college } = await aDecidingCollege(open);
    const { db } = college.register;
    const then = db.clock.now();
    (db.clock as ReturnType<typeof testClock>).advance(3_600_000);
    const binding = { purpose: 'diploma_conclusion', scope: '*', ruleSet: 'policy.teaching', fromOn: '2020-01-01' };
    await bindRuleSet(college.register, college.call('rule_approver', binding));
    const answering = (knownAt: string) =>
      readTx(db, async (tx) =>
        (await openRuleBook(tx, college.id, knownAt)).select({
          purpose: 'diploma_conclusion',
          scope: '*',
          dateOf: () => 20_230_901,
        }),
      );
    expect(await answering(then)).toMatchObject({ ruleSet: DIPLOMA });
    expect(await answering(db.clock.now())).toMatchObject({ ruleSet: 'policy.teaching' });
  });
});

function rename(node: object, prefix: string): void {
  if ('name' in node && typeof node.name === 'string') node.name = `${prefix}.${node.name}`;
  for (const part of Object.values(node)) {
    if (Array.isArray(part)) for (const one of part) if (typeof one === 'object' && one !== null) rename(one, prefix);
    if (typeof part === 'object' && part !== null && !Array.isArray(part)) rename(part, prefix);
  }
}

describe('many cases', () =>
  onSqlite((open) => {
    test('are woken in pages of five hundred', async () => {
      const { college } = await aDecidingCollege(open);
      const students = await someStudents(college, 1200);
      const at = college.register.db.clock.now();
      for (let from = 0; from < students.length; from += 400)
        await college.register.db.writer('case_watch').insert(
          students.slice(from, from + 400).map(({ enrolment }) => ({
            workflow_type: 'studentPathway',
            case_id: enrolment,
            college_id: college.id,
            event_seq: 1,
            changed_at: at,
            seen_seq: 1,
          })),
        );
      const row = await college.register.db.reader('rule_revisions').where({ rule_set: DIPLOMA }).first('id');
      const input = { revisionId: row.id, reason: '发现错误' };
      await suspendRevision(college.register, college.call('rule_approver', input));
      const last = Number((await college.register.db.reader('outbox').max({ id: 'id' }).first())?.id ?? 0);
      const pages = new Set<string>();
      for (;;) {
        const open_ = await college.register.db.reader('rule_rollouts').whereNull('finished_at').first();
        if (!open_) break;
        pages.add(open_.after_case);
        await conductOnce(college, row.id);
      }
      const sent = college.register.db.reader('outbox').where('id', '>', last);
      expect(pages.size).toBe(3);
      expect(await sent.clone().count({ n: '*' })).toEqual([{ n: 1201 }]);
      expect(await sent.clone().distinct('priority', 'seq')).toEqual([{ priority: 1, seq: null }]);
    });
  }));

async function conductOnce({ register }: College, caseId: string): Promise<void> {
  const { conductorOf } = await import('../../bin/conductor.ts');
  const conductor = conductorOf(register);
  const { due } = await conductor.loadCase({ workflowType: 'rulePublication', caseId });
  const context = { heartbeat: () => undefined, signal: new AbortController().signal };
  for (const { kind, opKey } of due) await conductor.perform[kind]({ caseId, opKey }, context);
}
