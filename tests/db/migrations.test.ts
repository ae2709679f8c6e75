import { expect, test } from 'vitest';
import { demandMigrated, migrate } from '../../db/migrate.ts';
import { migrations } from '../../db/migrations/index.ts';
import { forEachDatabase } from '../support/databases.ts';

forEachDatabase((_name, open) => {
  test('an empty database is brought to this version, and a second run does nothing', async () => {
    const db = await open.bare();
    expect(await migrate(db)).toEqual(migrations.map((step) => step.name));
    expect(await migrate(db)).toEqual([]);
    await demandMigrated(db);
  });

  test('a step that fails leaves nothing of itself', async () => {
    const db = await open.bare();
    const faulty = {
      name: '001-faulty',
      async up(m: { statement(sql: string): Promise<void> }) {
        await m.statement('CREATE TABLE half (id TEXT)');
        await m.statement('CREATE TABLE half (id TEXT)');
      },
    };
    await expect(migrate(db, [faulty])).rejects.toThrow();
    expect(await db.reader.schema.hasTable('half')).toBe(false);
  });

  test('a database of a newer version is refused', async () => {
    const db = await open.bare();
    await migrate(db);
    await expect(migrate(db, migrations.slice(0, 1))).rejects.toMatchObject({ code: 'data_newer_than_code' });
    await expect(demandMigrated(db, migrations.slice(0, 1))).rejects.toMatchObject({ code: 'data_newer_than_code' });
  });

  test('a database that is behind is refused until it is migrated', async () => {
    const db = await open.bare();
    await expect(demandMigrated(db)).rejects.toMatchObject({ code: 'schema_behind' });
  });
});
