import { describe, expect, test } from 'vitest';
import { migrationOn } from '../../db/migrate.ts';
import { appendOnly, immutableColumns } from '../../db/migrations/sql.ts';
import type { TestDatabase } from '../support/databases.ts';
import { forEachDatabase } from '../support/databases.ts';

async function withTable(
  db: TestDatabase,
  columns: string,
  more = async (_m: ReturnType<typeof migrationOn>) => {},
): Promise<void> {
  await db.writer.transaction(async (tx) => {
    const m = migrationOn(tx, db.dialect);
    await m.run(`CREATE TABLE sample (\n${columns}\n) STRICT;`);
    await more(m);
  });
}

const ID = 'enr_0123456789abcdefghjkmnpqrs';

forEachDatabase((_name, open) => {
  test.each([
    [
      'is_instant(v)',
      ['2026-09-01T00:00:00.000Z'],
      ['2026-09-01', '2026-09-01T00:00:00Z', '2026-09-01T00:00:00.000+08:00'],
    ],
    [
      'is_date(v)',
      ['2026-09-01', '2024-02-29', '2000-02-29'],
      ['2026-02-29', '1900-02-29', '2026-13-01', '2026-04-31', '2026-9-1', '2026-01-00'],
    ],
    ["is_id(v, 'enr')", [ID], ['enr_short', ID.replace('enr', 'app'), ID.replace('0', 'u')]],
    ['is_hash(v)', [`sha256:${'a'.repeat(64)}`], [`sha256:${'A'.repeat(64)}`, 'a'.repeat(64)]],
    ['is_json(v)', ['{"a":[1]}', 'null'], ['{a:1}', '']],
  ])('%s takes what is right and refuses what is not', async (check, right, wrong) => {
    const db = await open.bare();
    await withTable(db, `v TEXT CHECK (${check})`);
    for (const v of [...right, null]) await db.writer('sample').insert({ v });
    for (const v of wrong) await expect(db.writer('sample').insert({ v }), v).rejects.toThrow();
  });

  test('text is compared by code point, on both', async () => {
    const db = await open.bare();
    await withTable(db, 'v TEXT NOT NULL');
    for (const v of ['b', 'B', '曾', 'a', 'Ä']) await db.writer('sample').insert({ v });
    expect(await db.reader('sample').orderBy('v').pluck('v')).toEqual(['B', 'a', 'b', 'Ä', '曾']);
  });

  test('integers are 64 bits wide and come back as numbers', async () => {
    const db = await open.bare();
    await withTable(db, 'id IDENTITY,\nv INTEGER NOT NULL CHECK (is_bool(v) OR v > 2000000000)');
    await db.writer('sample').insert([{ v: 5_000_000_000 }, { v: 1 }]);
    expect(await db.reader('sample').orderBy('id').pluck('v')).toEqual([5_000_000_000, 1]);
    expect(await db.reader('sample').sum({ total: 'v' })).toEqual([{ total: 5_000_000_001 }]);
    await expect(db.writer('sample').insert({ v: 2 })).rejects.toThrow();
  });

  describe('append-only tables', () => {
    const columns = 'id TEXT PRIMARY KEY,\nv TEXT NOT NULL,\nfrozen_at TEXT';
    const row = { id: 'a', v: 'first', frozen_at: '2026-01-01' };

    test('refuse UPDATE, DELETE, REPLACE and TRUNCATE', async () => {
      const db = await open.bare();
      await refuseFunction(db);
      await withTable(db, columns, (m) => appendOnly(m, 'sample'));
      await db.writer('sample').insert(row);
      await expect(db.writer('sample').update({ v: 'second' })).rejects.toThrow('append_only');
      await expect(db.writer('sample').delete()).rejects.toThrow('append_only');
      if (db.dialect === 'sqlite') {
        await expect(db.writer.raw("INSERT OR REPLACE INTO sample (id, v) VALUES ('a', 'second')")).rejects.toThrow(
          'append_only',
        );
      } else {
        await expect(db.writer.raw('TRUNCATE sample')).rejects.toThrow('append_only');
      }
      expect(await db.reader('sample').select('*')).toEqual([row]);
    });

    test('may guard only some rows', async () => {
      const db = await open.bare();
      await refuseFunction(db);
      await withTable(db, columns, (m) => appendOnly(m, 'sample', { when: 'OLD.frozen_at IS NOT NULL' }));
      await db.writer('sample').insert([row, { id: 'b', v: 'draft', frozen_at: null }]);
      await db.writer('sample').where({ id: 'b' }).update({ v: 'changed' });
      await expect(db.writer('sample').where({ id: 'a' }).update({ v: 'changed' })).rejects.toThrow('append_only');
    });

    test('may fix only some columns', async () => {
      const db = await open.bare();
      await refuseFunction(db);
      await withTable(db, columns, (m) => immutableColumns(m, 'sample', ['v']));
      await db.writer('sample').insert(row);
      await db.writer('sample').update({ frozen_at: '2027-01-01' });
      await expect(db.writer('sample').update({ v: 'changed' })).rejects.toThrow('append_only');
      await expect(db.writer('sample').delete()).rejects.toThrow('append_only');
    });
  });

  test('the audit log and the tables of the register refuse change', async () => {
    const db = await open();
    for (const table of [
      'audit_leaves',
      'score_events',
      'decisions',
      'rule_revisions',
      'certificate_events',
      'sign_offs',
    ]) {
      const triggers =
        db.dialect === 'sqlite'
          ? await db.reader('sqlite_schema').where({ type: 'trigger', tbl_name: table }).pluck('name')
          : await db
              .reader('pg_trigger')
              .whereRaw('tgrelid = ?::regclass AND NOT tgisinternal', [table])
              .pluck('tgname');
      expect([table, triggers.length]).toEqual([table, db.dialect === 'sqlite' ? 2 : 3]);
    }
  });
});

/** What the first migration makes, on a database that has not run it. */
async function refuseFunction(db: TestDatabase): Promise<void> {
  if (db.dialect === 'sqlite') return;
  await db.writer.raw(
    `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append_only'; END $$`,
  );
}
