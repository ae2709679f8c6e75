import * as XLSX from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from '../support/api.ts';
import { key } from '../support/api.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

const TABLE = 'credit.prior-course';

onSqlite((open) => {
  let world: World;
  let editor: Browser;
  let draft: string;
  let exported: Buffer;
  let keys = 0;
  const next = () => key((keys += 1));
  beforeAll(async () => {
    world = await aWorld(await open({ clock: testClock('2025-09-05T02:00:00.000Z') }), 1);
    editor = await world.api.signedIn('rule_editor-14999');
    const made = await editor.ask('POST', '/v1/rule-drafts', {
      key: next(),
      body: { from: 'in_force', ruleSet: TABLE },
    });
    draft = made.body.draft;
    exported = await download(`/v1/rule-drafts/${draft}/table`);
  });
  afterAll(() => world.api.close());

  const download = async (path: string) => {
    const file = await fetch(world.api.url + path, { headers: { cookie: editor.cookie ?? '' } });
    return Buffer.from(await file.arrayBuffer());
  };
  const readBack = (file: Buffer, by = editor) => {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(file)]), 'table.xlsx');
    return by.ask('POST', `/v1/rule-drafts/${draft}/table`, { body: form });
  };
  const typed = (cells: Record<string, string>): Buffer => {
    const book = XLSX.read(exported, { type: 'buffer' });
    for (const [origin, text] of Object.entries(cells))
      XLSX.utils.sheet_add_aoa(book.Sheets.规则!, [[text]], { origin });
    return XLSX.write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer; // type: 'buffer'
  };

  describe('a decision table in Excel', () => {
    test('comes back unchanged from a draft and from the revision it was opened from', async () => {
      const ofRevision = await download(`/v1/rule-sets/${TABLE}/revisions/1/table`);
      for (const file of [exported, ofRevision])
        expect((await readBack(file)).body).toMatchObject({
          unchanged: true,
          faults: [],
          changed: [],
          difference: null,
        });
      expect((await editor.ask('GET', '/v1/rule-sets/conclusion.diploma/revisions/1/table')).body.code).toBe(
        'rule_without_table',
      );
    });

    test('says which rows change and whose cases come out differently, and saves nothing', async () => {
      const { body } = await readBack(typed({ F4: '<70' }));
      expect(body).toMatchObject({ unchanged: false, faults: [], added: [], removed: [], changed: ['CP-03'] });
      expect(body.difference.shifts.length).toBeGreaterThan(0);
      expect(body.document.rules[2].conditions.all[0].value).toBe(700);
      expect((await editor.ask('GET', `/v1/rule-drafts/${draft}`)).body.version).toBe(1);
    });

    test('names every cell that cannot be read at once', async () => {
      const { body } = await readBack(typed({ F4: '六十', H6: '很多' }));
      expect(body.faults.flatMap(({ detail }: { detail?: { cell?: string } }) => detail?.cell ?? [])).toEqual(
        expect.arrayContaining(['F4', 'H6']),
      );
    });

    test('is refused from another rule set, from before a change, and to whoever may not edit', async () => {
      const other = await download('/v1/rule-sets/title.qualification-to-title/revisions/1/table');
      expect((await readBack(other)).body.code).toBe('rule_table_foreign');
      expect((await readBack(exported, world.registrar)).status).toBe(403);
      expect((await world.stranger.ask('GET', `/v1/rule-drafts/${draft}/table`)).status).toBe(404);
      const { document } = (await readBack(typed({ F4: '<70' }))).body;
      const stale = typed({ F4: '<71' });
      const changedFile = await (async () => {
        const save = { key: next(), body: { document }, headers: { 'if-match': '"1"' } };
        expect((await editor.ask('PUT', `/v1/rule-drafts/${draft}`, save)).status).toBe(200);
        return download(`/v1/rule-drafts/${draft}/table`);
      })();
      expect((await readBack(changedFile)).body.unchanged).toBe(true);
      // exported from the revision the draft was opened from: still a way back to it
      const read = await readBack(stale);
      expect(read.body.changed).toEqual(['CP-03']);
      const again = { key: next(), body: { document: read.body.document }, headers: { 'if-match': '"2"' } };
      expect((await editor.ask('PUT', `/v1/rule-drafts/${draft}`, again)).status).toBe(200);
      expect((await readBack(changedFile)).body.code).toBe('rule_table_stale');
    });
  });

  test('a revision is tried on typed facts, beside what is in force', async () => {
    const path = `/v1/rule-sets/${TABLE}/revisions/1/try`;
    const facts = { enrolmentStatus: 'enrolled', outcomeKind: 'prior_course', priorScore: 500 };
    const rest = { coursePassed: false, courseKind: 'public_basic', priorCredits: 30, courseCredits: 30 };
    const { status, body } = await editor.ask('POST', path, { body: { facts: { ...facts, ...rest } } });
    expect([status, body.draft?.verdict.type, body.inForce?.verdict.type]).toEqual([200, 'deny', 'deny']);
    expect((await editor.ask('POST', path, { body: { facts: { ...facts, nonsense: 1 } } })).status).toBe(400);
    expect((await world.stranger.ask('POST', path, { body: { facts } })).status).toBe(404);
  });
});
