import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { restated } from '../register/publishing.ts';
import { libraryDocument, thresholdsOf, withLeaf } from '../rules/library.ts';
import type { Browser } from '../support/api.ts';
import { aUser, key, withRole } from '../support/api.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import { carryOut } from '../support/operations.ts';
import { scored } from '../support/students.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

/** Seven months of internship instead of six, which everybody has. */
function stricter(): Ruleset {
  let next = libraryDocument('conclusion.diploma');
  for (const leaf of thresholdsOf(next))
    if (leaf.fact === 'internshipMonths') next = withLeaf(next, leaf.name, (one) => (one.value = 7));
  return restated(next);
}

onSqlite((open) => {
  let world: World;
  let editor: Browser;
  let approver: Browser;
  let id: string;
  beforeAll(async () => {
    world = await aWorld(await open({ clock: testClock('2025-10-20T02:00:00.000Z') }), 3);
    editor = await world.api.signedIn('rule_editor-14999');
    approver = await world.api.signedIn('rule_approver-14999');
    for (const student of world.students.slice(0, 2))
      for (const course of ['JD101', 'JD102'] as const) await scored(world.college, student, { course, value: 800 });
    const { status, body } = await editor.ask('POST', '/v1/previews', { key: key(1), body: { document: stricter() } });
    expect([status, body.students]).toEqual([202, 3]);
    id = body.preview;
    expect((await editor.ask('GET', `/v1/previews/${id}`)).body).toMatchObject({ state: 'waiting', result: null });
    await carryOut(world.college.register, body.operation);
  });
  afterAll(() => world.api.close());

  describe('an impact preview', () => {
    test('takes one document, faultless and not yet published', async () => {
      const start = (n: number, body: unknown, who = editor) => who.ask('POST', '/v1/previews', { key: key(n), body });
      const { rules: _, ...faulty } = stricter();
      expect((await start(2, {})).body.code).toBe('bad_input');
      expect((await start(3, { document: faulty })).body.code).toBe('rule_document_faulty');
      const { body: sets } = await editor.ask('GET', '/v1/rule-sets/conclusion.diploma');
      expect((await start(4, { revisionId: sets.revisions[0].id })).body.code).toBe('rule_already_published');
      expect((await start(5, { revisionId: sets.revisions[0].id }, world.stranger)).body.code).toBe('not_found');
      expect((await start(6, { document: stricter() }, world.student)).status).toBe(403);
    });

    test('counts who gains and who loses, and what the second opinion was asked', async () => {
      const { body } = await approver.ask('GET', `/v1/previews/${id}`);
      expect(body).toMatchObject({
        state: 'done',
        standing: 'holds',
        progress: { done: 2, total: 2 },
        students: 3,
        studentsChanged: 3,
        changes: { gain: 0, lose: 3 },
        result: {
          subjects: 3,
          targets: [{ target: 'diploma', counts: { lose: 3 } }],
          classes: [{ name: { 'zh-CN': '机电2301班' } }],
          oracle: { changed: 3, unchanged: 0, disagreed: 0, moved: 0 },
          crossCheck: { checked: 3, disagreed: 0, undecided: 0 },
          problem: null,
        },
      });
      expect(body.result.matrix).toContainEqual({ purpose: 'diploma_conclusion', from: 'grant', to: 'deny', count: 2 });
      expect(body.hash).toMatch(/^sha256:/);
      expect((await editor.ask('GET', '/v1/previews?ruleSet=conclusion.diploma')).body.items).toMatchObject([{ id }]);
      expect((await editor.ask('GET', '/v1/previews?ruleSet=policy.teaching')).body.items).toEqual([]);
    });

    test('names them page by page, narrowed by what it counts', async () => {
      const changes = async (query: string, who = world.registrar) =>
        (await who.ask('GET', `/v1/previews/${id}/changes${query}`)).body;
      const first = await changes('?limit=1&change=lose&from=grant');
      expect(first).toMatchObject({ total: 2, items: [{ change: 'lose', before: { type: 'grant' } }] });
      expect(first.items[0].turned[0]).toMatchObject({
        before: { text: { 'zh-CN': '不低于6个月' }, truth: 'true' },
        after: { text: { 'zh-CN': '不低于7个月' }, truth: 'false' },
      });
      const second = await changes(`?limit=1&change=lose&from=grant&after=${first.next}`);
      expect([second.items[0].student.id, second.next]).toEqual([world.students[1]!.enrolment, null]);
      const { result } = (await editor.ask('GET', `/v1/previews/${id}`)).body;
      for (const { key: rule, gained, lost } of result.rules)
        expect((await changes(`?rule=${encodeURIComponent(rule)}`)).total).toBeGreaterThanOrEqual(gained + lost);
      expect((await changes('?rule=conclusion.diploma%23none')).total).toBe(0);
      expect((await changes(`?class=${world.college.classId}`)).total).toBe(3);
      expect((await changes('?to=grant')).total).toBe(0);
    });

    test('shows both explanations of one student side by side, with what would be needed', async () => {
      const student = world.students[0]!.enrolment;
      const { status, body } = await editor.ask('GET', `/v1/previews/${id}/students/${student}`);
      expect(status).toBe(200);
      expect(body.items[0]).toMatchObject({
        change: 'lose',
        moved: false,
        before: { type: 'grant' },
        after: { type: 'deny', rule: { ruleSet: 'conclusion.diploma' } },
      });
      expect(body.items[0].after.reasons.length).toBeGreaterThan(0);
      expect(body.items[0].after.nearMisses[0].changes).toMatchObject([{ fact: 'internshipMonths', needed: 7 }]);
    });

    test('says who it is only to those who may read the student', async () => {
      const path = `/v1/previews/${id}/students/${world.students[0]!.enrolment}`;
      const { studentNo, name } = { studentNo: world.students[0]!.studentNo, name: world.students[0]!.name };
      expect((await editor.ask('GET', path)).body.student).toMatchObject({ studentNo: null, name: null });
      expect((await world.registrar.ask('GET', path)).body.student).toMatchObject({ studentNo, name });
      const list = await editor.ask('GET', `/v1/previews/${id}/changes`);
      expect(JSON.stringify(list.body)).not.toContain(name);
    });

    test("is nobody else's: another college finds none of it", async () => {
      const other = await aUser(world.college.register, {
        loginName: 'editor-14998',
        roles: withRole('rule_editor', world.other.id),
      });
      expect(other).toMatch(/^usr_/);
      const stranger = await world.api.signedIn('editor-14998');
      for (const rest of ['', '/changes', `/students/${world.students[0]!.enrolment}`])
        expect((await stranger.ask('GET', `/v1/previews/${id}${rest}`)).status).toBe(404);
      expect((await stranger.ask('GET', '/v1/previews')).body.items).toEqual([]);
    });
  });
});
