import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readWorkbook } from '../../documents/spreadsheet/read.ts';
import { seedRegulations } from '../../demo/seed/seed-college.ts';
import type { Browser } from '../support/api.ts';
import { key } from '../support/api.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

onSqlite((open) => {
  let world: World;
  let editor: Browser;
  beforeAll(async () => {
    world = await aWorld(await open({ clock: testClock('2025-09-05T02:00:00.000Z') }), 1);
    await seedRegulations(world.college.register, world.college.id);
    editor = await world.api.signedIn('rule_editor-14999');
  });
  afterAll(() => world.api.close());

  describe('regulations', () => {
    test('an editor files one, marks an article with a reason, and both colleges see only their own', async () => {
      const input = {
        title: { 'zh-CN': '补考规定', en: 'Rule on resits' },
        issuer: '示例职业技术学院',
        articles: [{ article: '1', text: '不及格者补考一次。' }],
      };
      const filed = await editor.ask('POST', '/v1/regulations', { body: input, key: key(1) });
      expect(filed.status).toBe(201);
      const path = `/v1/regulations/${filed.body.regulation}`;
      const unexplained = await editor.ask('POST', `${path}/marks`, {
        body: { article: '1', mark: 'manual', reason: ' ' },
        key: key(2),
      });
      expect(unexplained).toMatchObject({ status: 400, body: { errors: [{ pointer: '/reason' }] } });
      const body = { article: '1', mark: 'manual', reason: '教务处安排' };
      expect((await editor.ask('POST', `${path}/marks`, { body, key: key(3) })).status).toBe(200);
      const read = await world.registrar.ask('GET', path);
      expect(read.body).toMatchObject({ counts: { executable: 0, manual: 1, open: 0 }, unconfirmed: true });
      expect((await world.stranger.ask('GET', path)).status).toBe(404);
      expect((await world.stranger.ask('GET', '/v1/regulations')).body.items).toEqual([]);
      const refused = await world.registrar.ask('POST', '/v1/regulations', { body: input, key: key(4) });
      expect(refused.status).toBe(403);
    });

    test('the coverage downloads as a workbook with every article, its rules, its tests and why it is done by hand', async () => {
      const { items } = (await editor.ask('GET', '/v1/regulations')).body;
      const { id } = items.find(({ counts }: { counts: { executable: number } }) => counts.executable === 4);
      const file = await fetch(`${world.api.url}/v1/regulations/${id}/workbook`, {
        headers: { cookie: editor.cookie ?? '' },
      });
      expect(file.status).toBe(200);
      const [sheet] = await readWorkbook(Buffer.from(await file.arrayBuffer()));
      const cells = sheet!.rows.map((row) => row.cells.map((cell) => cell.text));
      expect(cells).toHaveLength(8);
      expect(cells[1]![2]).toBe('规则执行');
      expect(cells[6]).toEqual(expect.arrayContaining(['6', '人工办理']));
    });
  });
});
