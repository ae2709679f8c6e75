import { expect, test } from 'vitest';
import { appendLeaf } from '../../db/audit.ts';
import { checkSchema } from '../../db/check-schema.ts';
import { listenForNudges } from '../../db/listen.ts';
import { enqueueNudge } from '../../db/outbox.ts';
import { writeTx } from '../../db/write-tx.ts';
import { forEachDatabase } from '../support/databases.ts';

forEachDatabase((name, open) => {
  test('a migrated database is as the migrations made it', async () => {
    const db = await open();
    expect(await checkSchema(db)).toEqual([]);
  });

  test('a lost trigger, a dropped index and a table of somebody else are found', async () => {
    const db = await open();
    const on = name === 'sqlite' ? '' : ' ON score_events';
    await db.writer.raw(`DROP TRIGGER score_events_append_only_update${on}`);
    await db.writer.raw('DROP INDEX outbox_unsent');
    await db.writer.raw('CREATE TABLE extra (id TEXT)');
    expect(await checkSchema(db)).toEqual([
      { code: 'object_missing', name: 'index outbox_unsent' },
      { code: 'object_missing', name: 'trigger score_events_append_only_update' },
      { code: 'object_unknown', name: 'table extra' },
    ]);
  });

  test('a reference into nothing, or a guard switched off, is found', async () => {
    const db = await open();
    if (name === 'sqlite') {
      await db.writer.raw('PRAGMA foreign_keys=0');
      const term = { id: 'trm_1', college_id: 'col_none', code: 'x', starts_on: '2026-03-01', ends_on: '2026-07-01' };
      await db.writer('terms').insert(term);
      expect(await checkSchema(db)).toEqual([{ code: 'reference_broken', name: 'terms' }]);
    } else {
      await db.writer.raw('ALTER TABLE decisions DISABLE TRIGGER decisions_append_only_delete');
      expect(await checkSchema(db)).toEqual([{ code: 'trigger_disabled', name: 'decisions_append_only_delete' }]);
    }
  });

  test('a relay elsewhere hears of a nudge at once on PostgreSQL, and polls on SQLite', async () => {
    const db = await open();
    let heard = 0;
    const stop = await listenForNudges(db, () => {
      heard += 1;
    });
    const by = { userId: 'usr_1', collegeId: 'col_1', role: 'teacher' };
    await writeTx(db, { command: 'testAct', key: 'a', by, input: null }, async (tx) => {
      await appendLeaf(tx, { kind: 'tested', object: { type: 'test', id: 'a' } });
      await enqueueNudge(tx, { workflowType: 'studentPathway', caseId: 'enr_1' });
    });
    await expect.poll(() => heard, { timeout: 5000 }).toBe(name === 'sqlite' ? 0 : 1);
    await stop();
  });
});
