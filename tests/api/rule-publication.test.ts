import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { conductPublication, restated } from '../register/publishing.ts';
import { libraryDocument, thresholdsOf, withLeaf } from '../rules/library.ts';
import type { Browser } from '../support/api.ts';
import { aUser, key, withRole } from '../support/api.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import { drive, scored } from '../support/students.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

const DIPLOMA = 'conclusion.diploma';

function stricter(): Ruleset {
  let next = libraryDocument(DIPLOMA);
  for (const leaf of thresholdsOf(next))
    if (leaf.fact === 'internshipMonths' && leaf.value === 6)
      next = withLeaf(next, leaf.name, (one) => (one.value = 7));
  return restated(next);
}

describe('a rule changed from the console, on a running system', () =>
  onSqlite((open) => {
    let world: World;
    let editor: Browser;
    const approvers: Browser[] = [];
    let keys = 0;
    const next = () => key((keys += 1));
    const act = (by: Browser, path: string, body: unknown = {}) => by.ask('POST', path, { key: next(), body });
    const verdict = async () => {
      const { body } = await world.registrar.ask('GET', `/v1/pathways/${world.students[0]!.diploma}`);
      return [body.verdict.type, body.rule.revision, body.rule.title['zh-CN']];
    };
    const publicationOf = async (by: Browser, id: string) =>
      (await by.ask('GET', `/v1/rule-revisions/${id}/publication`)).body;

    beforeAll(async () => {
      world = await aWorld(await open({ clock: testClock('2025-10-20T02:00:00.000Z') }), 1);
      const { college, students } = world;
      const [student] = students;
      await scored(college, student!, { course: 'JD101', value: 700 });
      await scored(college, student!, { course: 'JD102', value: 800 });
      await auditPathway(college.register, college.call('registrar', { pathwayId: student!.diploma }));
      await drive(college, student!);
      editor = await world.api.signedIn('rule_editor-14999');
      approvers.push(await world.api.signedIn('rule_approver-14999'));
      for (const loginName of ['second-approver', 'third-approver']) {
        await aUser(college.register, { loginName, roles: withRole('rule_approver', college.id) });
        approvers.push(await world.api.signedIn(loginName));
      }
    });
    afterAll(() => world.api.close());

    test('draft, findings, waivers, submission, preview, three approvals, publication, effect, suspension', async () => {
      const draft = (await act(editor, '/v1/rule-drafts', { from: 'in_force', ruleSet: DIPLOMA })).body.draft;
      const saved = await editor.ask('PUT', `/v1/rule-drafts/${draft}`, {
        key: next(),
        body: { document: stricter() },
        headers: { 'if-match': '"1"' },
      });
      expect(saved.body).toMatchObject({ version: 2, faults: [] });
      const checks = (await editor.ask('POST', `/v1/rule-drafts/${draft}/check`, { body: {} })).body;
      expect(checks.difference.shifts.length).toBeGreaterThan(0);
      expect(checks.difference.shifts[0].regions[0].words['zh-CN']).toMatch(/[㐀-鿿]/);
      expect(checks.analysis.cells).toBeGreaterThan(0);
      expect(checks.tests.every(({ passed }: { passed: boolean }) => passed)).toBe(true);

      const submit = (waivers: unknown[]) =>
        editor.ask('POST', `/v1/rule-drafts/${draft}/submit`, {
          key: next(),
          body: { waivers },
          headers: { 'if-match': '"2"' },
        });
      let answer = await submit([]);
      if (answer.body.code === 'rule_findings_open')
        answer = await submit(
          answer.body.errors.map(({ detail }: { detail: { finding: string } }) => ({
            finding: detail.finding,
            reason: '该情形按规定转人工',
          })),
        );
      expect([answer.status, answer.body.number]).toEqual([201, 2]);
      const { revision, hash } = answer.body;
      const path = `/v1/rule-revisions/${revision}`;
      const first = approvers[0]!;
      expect((await publicationOf(first, revision)).blockers).toEqual(['rule_preview_missing']);
      expect((await act(first, `${path}/approve`, { hash })).body.code).toBe('rule_preview_missing');

      await conductPublication(world.college, revision);
      const proved = await publicationOf(first, revision);
      expect(proved.preview).toMatchObject({ state: 'done', fresh: true });
      expect((await publicationOf(editor, revision)).allowed).toEqual(['return', 'preview']);
      const tuple = { hash, difference: proved.proofs.differenceHash, preview: proved.preview.hash };
      expect((await act(first, `${path}/approve`, { hash })).body.code).toBe('rule_proofs_changed');
      expect((await act(editor, `${path}/approve`, tuple)).status).toBe(403);
      expect((await first.ask('GET', '/v1/home')).body.groups[0]).toMatchObject({ kind: 'revision_to_approve' });
      expect((await first.ask('GET', `${path}/touches`)).body.items).toMatchObject([{ changes: true }]);
      for (const [index, by] of approvers.entries())
        expect((await act(by, `${path}/approve`, tuple)).body).toEqual({ approvals: index + 1, needed: 3 });
      expect((await act(editor, `${path}/publish`, { hash })).status).toBe(403);

      expect(await verdict()).toEqual(['grant', 1, stricter().title['zh-CN']]);
      expect((await act(first, `${path}/publish`, { hash })).status).toBe(200);
      expect(await verdict()).toEqual(['deny', 2, stricter().title['zh-CN']]);
      const between = await editor.ask('GET', `/v1/rule-sets/${DIPLOMA}/difference?from=1&to=2`);
      expect(between.body).toMatchObject({ equal: false, decided: true });

      const reason = '发现错误';
      expect((await act(first, `${path}/suspend`, { reason })).body).toMatchObject({ state: 'suspended' });
      expect((await verdict())[0]).toBe('refer');
      expect((await act(editor, `${path}/resume`, { reason })).status).toBe(403);
      expect((await act(first, `${path}/resume`, { reason })).body.waitingForSecond).toBe(true);
      expect((await publicationOf(first, revision)).motions).toMatchObject([{ kind: 'resume' }]);
      const leaves = await world.college.register.db
        .reader('audit_leaves')
        .where({ object_id: revision })
        .orderBy('seq')
        .pluck('kind');
      expect(leaves.filter((kind) => kind !== 'rule_finding_waived')).toEqual([
        'rule_frozen',
        ...['rule_approved', 'rule_approved', 'rule_approved', 'rule_published'],
        ...['rule_suspended', 'rule_resume_asked'],
      ]);
    });

    test('returned with a reason by an approver, or taken back by an editor, it goes on as a draft', async () => {
      const reason = '请补充依据';
      for (const [act_, by] of [
        ['return', approvers[0]!],
        ['take-back', editor],
      ] as const) {
        const document = libraryDocument('title.skill-to-title');
        const frozen = (await act(editor, '/v1/rule-sets/revisions', { document })).body;
        const path = `/v1/rule-revisions/${frozen.revision}/${act_}`;
        expect((await act(world.registrar, path, { hash: frozen.hash, reason })).status).toBe(403);
        expect((await act(by, path, { hash: frozen.hash })).body.code).toBe('bad_input');
        const { body } = await act(by, path, { hash: frozen.hash, reason });
        expect((await editor.ask('GET', `/v1/rule-drafts/${body.draft}`)).body.ruleSet).toBe('title.skill-to-title');
        expect((await act(by, path, { hash: frozen.hash, reason })).body.code).toBe('rule_not_frozen');
      }
    });
  }));
