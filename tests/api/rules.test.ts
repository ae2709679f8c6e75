import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../support/api.ts';
import { aUser, key, withRole } from '../support/api.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

const DIPLOMA = 'conclusion.diploma';
const library = (name: string) => JSON.parse(readFileSync(`rules/library/${name}.json`, 'utf8'));

onSqlite((open) => {
  let world: World;
  let editor: Browser;
  let approver: Browser;
  beforeAll(async () => {
    world = await aWorld(await open({ clock: testClock('2025-09-05T02:00:00.000Z') }), 1);
    editor = await world.api.signedIn('rule_editor-14999');
    approver = await world.api.signedIn('rule_approver-14999');
  });
  afterAll(() => world.api.close());

  describe('the rule library', () => {
    test('names what each rule set answers, what it is bound to and what is in force', async () => {
      const { body } = await world.registrar.ask('GET', '/v1/rule-sets');
      const diploma = body.items.find(({ id }: { id: string }) => id === DIPLOMA);
      expect(diploma).toMatchObject({
        subject: 'pathway',
        bindings: [{ purpose: 'diploma_conclusion' }],
        revisions: [{ revision: 1, state: 'published', inForce: true }],
      });
      expect((await world.stranger.ask('GET', '/v1/rule-sets')).body.items).toEqual([]);
      expect((await world.stranger.ask('GET', `/v1/rule-sets/${DIPLOMA}`)).status).toBe(404);
      expect((await world.registrar.ask('GET', '/v1/rule-bindings')).body.items.length).toBeGreaterThan(5);
    });

    test('reads every revision as sentences in both languages, with sources and tests that pass', async () => {
      const { body: library } = await world.student.ask('GET', '/v1/rule-sets');
      for (const { id } of library.items) {
        const { status, body } = await world.student.ask('GET', `/v1/rule-sets/${id}/revisions/1`);
        expect([id, status]).toEqual([id, 200]);
        expect(body.sentences['zh-CN'].rules[0].conditions.text).toMatch(/[㐀-鿿]/);
        expect(body.sentences.en.rules[0].cites[0].text.length).toBeGreaterThan(0);
        expect(body.sources.length).toBeGreaterThan(0);
        expect(body.tests.every(({ passed }: { passed: boolean }) => passed)).toBe(true);
      }
      expect((await world.registrar.ask('GET', `/v1/rule-sets/${DIPLOMA}/revisions/9`)).status).toBe(404);
    });
  });

  describe('a new revision', () => {
    let revision: string;
    let hash: string;
    const ask = (n: number) => ({ key: key(n), body: { hash } });

    test('is frozen by an editor, with every fault of its document at once', async () => {
      const document = library(DIPLOMA);
      const faulty = { ...document, rules: [], sources: undefined, extra: 1 };
      const refused = await editor.ask('POST', '/v1/rule-sets/revisions', { key: key(1), body: { document: faulty } });
      expect(refused.body.code).toBe('rule_document_faulty');
      expect(refused.body.errors.length).toBeGreaterThanOrEqual(2);
      expect(
        (await world.registrar.ask('POST', '/v1/rule-sets/revisions', { key: key(2), body: { document } })).status,
      ).toBe(403);
      const doubled = `{"document":${JSON.stringify(document).replace('{"format"', '{"format":"ruleset/1","format"')}}`;
      const twice = await editor.ask('POST', '/v1/rule-sets/revisions', {
        key: key(3),
        body: doubled,
        headers: { 'content-type': 'application/json' },
      });
      expect(twice.body.errors[0].code).toBe('key_doubled');
      const frozen = await editor.ask('POST', '/v1/rule-sets/revisions', { key: key(4), body: { document } });
      expect([frozen.status, frozen.body.number]).toEqual([201, 2]);
      ({ revision, hash } = frozen.body);
    });

    test('waits on the approver’s home, and neither its author nor a stranger approves it', async () => {
      expect((await approver.ask('GET', '/v1/home')).body.groups).toMatchObject([
        { kind: 'revision_to_approve', items: [{ id: revision, title: DIPLOMA, detail: '2' }] },
      ]);
      expect((await editor.ask('POST', `/v1/rule-revisions/${revision}/approve`, ask(5))).status).toBe(403);
      await aUser(world.college.register, {
        loginName: 'other-approver',
        roles: withRole('rule_approver', world.other.id),
      });
      const other = await world.api.signedIn('other-approver');
      expect((await other.ask('POST', `/v1/rule-revisions/${revision}/approve`, ask(6))).status).toBe(404);
    });

    test('is published after approval of the very document, and answers at once', async () => {
      const wrong = { key: key(7), body: { hash: `sha256:${'0'.repeat(64)}` } };
      expect((await approver.ask('POST', `/v1/rule-revisions/${revision}/approve`, wrong)).body.code).toBe(
        'rule_hash_mismatch',
      );
      expect((await approver.ask('POST', `/v1/rule-revisions/${revision}/publish`, ask(8))).body.code).toBe(
        'approvals_missing',
      );
      expect((await approver.ask('POST', `/v1/rule-revisions/${revision}/approve`, ask(9))).body).toEqual({
        approvals: 1,
        needed: 1,
      });
      expect((await approver.ask('POST', `/v1/rule-revisions/${revision}/approve`, ask(10))).body.code).toBe(
        'second_person_required',
      );
      expect((await approver.ask('POST', `/v1/rule-revisions/${revision}/publish`, ask(11))).status).toBe(200);
      expect((await approver.ask('POST', `/v1/rule-revisions/${revision}/publish`, ask(12))).body.code).toBe(
        'rule_already_published',
      );
      const { body } = await world.registrar.ask('GET', `/v1/rule-sets/${DIPLOMA}`);
      expect(body.revisions).toMatchObject([
        { revision: 2, inForce: true },
        { revision: 1, inForce: false },
      ]);
      const student = await world.registrar.ask('GET', `/v1/students/${world.students[0]!.enrolment}`);
      expect(student.body.pathways[0].rule).toMatchObject({ ruleSet: DIPLOMA, revision: 2 });
    });

    test('is bound to a purpose by whoever publishes', async () => {
      const binding = { purpose: 'diploma_conclusion', scope: '*', ruleSet: DIPLOMA, fromOn: '2026-01-01' };
      expect((await editor.ask('POST', '/v1/rule-bindings', { key: key(13), body: binding })).status).toBe(403);
      expect(
        (await approver.ask('POST', '/v1/rule-bindings', { key: key(14), body: { ...binding, ruleSet: 'nothing' } }))
          .status,
      ).toBe(404);
      expect((await approver.ask('POST', '/v1/rule-bindings', { key: key(15), body: binding })).status).toBe(201);
    });
  });
});
