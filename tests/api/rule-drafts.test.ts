import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../support/api.ts';
import { key } from '../support/api.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

const DIPLOMA = 'conclusion.diploma';
const library = (name: string) => JSON.parse(readFileSync(`rules/library/${name}.json`, 'utf8'));

onSqlite((open) => {
  let world: World;
  let editor: Browser;
  let approver: Browser;
  let keys = 0;
  const next = () => key((keys += 1));
  const made = async (body: unknown) => editor.ask('POST', '/v1/rule-drafts', { key: next(), body });
  const save = (id: string, version: number, document: unknown) =>
    editor.ask('PUT', `/v1/rule-drafts/${id}`, {
      key: next(),
      body: { document },
      headers: { 'if-match': `"${version}"` },
    });
  beforeAll(async () => {
    world = await aWorld(await open({ clock: testClock('2025-09-05T02:00:00.000Z') }), 1);
    editor = await world.api.signedIn('rule_editor-14999');
    approver = await world.api.signedIn('rule_approver-14999');
  });
  afterAll(() => world.api.close());

  describe('a draft', () => {
    test('opens from the revision in force, from an older one, from a document and from nothing', async () => {
      const fromForce = await made({ from: 'in_force', ruleSet: DIPLOMA });
      const fromOld = await made({ from: 'revision', ruleSet: DIPLOMA, revision: 1 });
      const fromFile = await made({ from: 'document', document: library('title.skill-to-title') });
      const title = { 'zh-CN': '新规则', en: 'New rules' };
      const fromNothing = await made({ from: 'scratch', ruleSet: 'credit.new', title, subject: 'outcome_course' });
      expect([fromForce, fromOld, fromFile, fromNothing].map(({ status }) => status)).toEqual([201, 201, 201, 201]);

      const { body } = await editor.ask('GET', '/v1/rule-drafts');
      expect(body.items).toMatchObject([
        { ruleSet: 'credit.new', base: null, title },
        { ruleSet: 'title.skill-to-title', base: { revision: 1 }, faultCount: 0 },
        { ruleSet: DIPLOMA, base: { revision: 1 }, faultCount: 0 },
        { ruleSet: DIPLOMA, base: { revision: 1 }, faultCount: 0 },
      ]);
      expect(body.items[0].faultCount).toBeGreaterThan(0);
      expect((await approver.ask('GET', `/v1/rule-drafts?ruleSet=${DIPLOMA}`)).body.items).toHaveLength(2);
      expect((await world.stranger.ask('GET', '/v1/rule-drafts')).body.items).toEqual([]);
      expect((await world.student.ask('GET', '/v1/rule-drafts')).status).toBe(403);
      expect((await made({ from: 'in_force', ruleSet: 'nothing.at.all' })).status).toBe(404);
      expect((await made({ from: 'scratch', ruleSet: DIPLOMA, title })).body.code).toBe('rule_set_exists');
    });

    test('keeps faulty text, names every fault, and is saved on the version that was read', async () => {
      const { draft } = (await made({ from: 'in_force', ruleSet: DIPLOMA })).body;
      const document = library(DIPLOMA);
      const faulty = { ...document, rules: [], extra: 1 };
      const saved = await save(draft, 1, faulty);
      expect(saved.body).toMatchObject({ draft, version: 2 });
      expect(saved.body.faults.length).toBeGreaterThanOrEqual(2);
      expect(saved.body.faults[0].text['zh-CN']).toMatch(/[㐀-鿿]/);

      const { body, headers } = await editor.ask('GET', `/v1/rule-drafts/${draft}`);
      expect(body.document).toEqual(faulty);
      expect(headers.get('etag')).toBe('"2"');
      expect(body.editors).toMatchObject([{ name: 'rule_editor-14999' }]);
      expect((await save(draft, 1, document)).body.code).toBe('version_mismatch');
      expect((await save(draft, 2, document)).body).toMatchObject({ version: 3, faults: [] });
    });

    test('is kept with doubled keys or deadly nesting by nobody', async () => {
      const { draft } = (await made({ from: 'in_force', ruleSet: DIPLOMA })).body;
      let deep: unknown = 1;
      for (let i = 0; i < 200; i += 1) deep = { deep };
      expect((await save(draft, 1, deep)).body).toMatchObject({
        code: 'bad_input',
        errors: [{ code: 'too_deep' }],
      });
      const doubled = await editor.ask('PUT', `/v1/rule-drafts/${draft}`, {
        key: next(),
        body: '{"document":{"format":"ruleset/1","format":"ruleset/1"}}',
        headers: { 'if-match': '"1"', 'content-type': 'application/json' },
      });
      expect(doubled.body.errors[0].code).toBe('key_doubled');
      expect((await save(draft, 1, [])).body.code).toBe('rule_document_faulty');
    });

    test('is changed by editors alone, in their own college', async () => {
      const { draft } = (await made({ from: 'in_force', ruleSet: DIPLOMA })).body;
      const ask = { key: next(), body: { document: {} }, headers: { 'if-match': '"1"' } };
      expect((await approver.ask('PUT', `/v1/rule-drafts/${draft}`, ask)).status).toBe(403);
      expect((await world.stranger.ask('GET', `/v1/rule-drafts/${draft}`)).status).toBe(404);
    });

    test('put away, can no longer change, and stands on record', async () => {
      const { draft } = (await made({ from: 'in_force', ruleSet: DIPLOMA })).body;
      expect((await editor.ask('POST', `/v1/rule-drafts/${draft}/discard`, { key: next() })).status).toBe(200);
      expect((await save(draft, 2, library(DIPLOMA))).body.code).toBe('draft_ended');
      expect((await editor.ask('GET', `/v1/rule-drafts/${draft}`)).body.ended).toMatchObject({ because: 'discarded' });
    });
  });

  describe('what is asked of a draft', () => {
    let draft: string;
    beforeAll(async () => {
      ({ draft } = (await made({ from: 'in_force', ruleSet: DIPLOMA })).body);
    });
    const ask = (act: string, body: unknown, by = editor) =>
      by.ask('POST', `/v1/rule-drafts/${draft}/${act}`, { body });

    test('check: faults first, then sentences and its own tests', async () => {
      const { body } = await ask('check', { parts: ['tests'] });
      expect(body).toMatchObject({ faults: [], base: { revision: 1 } });
      expect(body.sentences['zh-CN'].rules.length).toBeGreaterThan(0);
      expect(body.tests.every(({ passed }: { passed: boolean }) => passed)).toBe(true);

      const typed = await ask('check', { document: { ...library(DIPLOMA), extra: 1 } });
      expect(typed.body).toMatchObject({ hash: null, sentences: null, tests: null });
      expect(typed.body.faults).toHaveLength(1);
    });

    test('try: typed facts, beside what is said of them today', async () => {
      const document = library(DIPLOMA);
      const { facts } = document.tests.cases.find(
        ({ expect: { type } }: { expect: { type: string } }) => type === 'grant',
      );
      const { body } = await ask('try', { facts: { ...document.tests.base, ...facts } });
      expect(body).toMatchObject({ draft: { verdict: { type: 'grant' } }, evaluatorsAgree: true, hidden: [] });
      expect(body.inForce.verdict).toEqual(body.draft.verdict);
      expect((await ask('try', { facts: { nothing_like_it: 1 } })).body.errors[0]).toMatchObject({
        pointer: '/facts/nothing_like_it',
        code: 'unknown_field',
      });
    });

    test('try: a pathway, its personal facts hidden from who may not see the student', async () => {
      const pathwayId = world.students[0]!.diploma;
      const { body } = await ask('try', { pathwayId });
      expect(body.draft.verdict.type).toBe('undetermined');
      const known = await ask('try', { pathwayId }, world.registrar);
      expect(known.body.hidden).toEqual([]);
      for (const fact of body.hidden) expect(body.facts[fact]).toBeUndefined();
      expect(known.body.facts.enrolmentStatus).toBe('enrolled');
      expect((await ask('try', { pathwayId: 'pth_00000000000000000000000000' })).status).toBe(404);
      expect((await ask('try', { pathwayId, facts: {} })).body.code).toBe('bad_input');
    });
  });
});
