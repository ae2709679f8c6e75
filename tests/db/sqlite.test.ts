import { closeSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendLeaf } from '../../db/audit.ts';
import type { Database } from '../../db/open.ts';
import { openDatabase } from '../../db/open.ts';
import { PRAGMAS } from '../../db/sqlite.ts';
import type { Actor } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { Place } from '../support/databases.ts';
import { onSqlite, placeOf, testClock, testKeys } from '../support/databases.ts';

const by: Actor = { userId: 'usr_registrar', collegeId: 'col_one', role: 'registrar' };

function folderOf(db: Database): string {
  const place: Place = placeOf.get(db)!;
  return 'dataDir' in place ? place.dataDir : '';
}

/** The last pages, where the newest rows lie; the schema is well before them. */
function spoil(path: string): void {
  const file = openSync(path, 'r+');
  const bytes = 60 * 4096;
  writeSync(file, Buffer.alloc(bytes, 0xff), 0, bytes, statSync(path).size - bytes);
  closeSync(file);
}

const day = (n: number) => ({
  ...{ day: new Date(Date.UTC(2026, 0, n)).toISOString().slice(0, 10), kind: 'holiday' },
  ...{ title: 'x'.repeat(3000), source: 'test', evidence: 'unconfirmed' },
});

async function addDays(db: Database, key: string, count: number): Promise<void> {
  await writeTx(db, { command: 'addDays', key, by, input: count }, async (tx) => {
    for (let n = 1; n <= count; n += 1) await tx('calendar_days').insert(day(n));
    await appendLeaf(tx, { kind: 'days_added', object: { type: 'calendar', id: 'cn' } });
  });
}

onSqlite((open) => {
  test('every connection of both pools has every pragma', async () => {
    const db = await open();
    for (const [pool, size, queryOnly] of [
      [db.writer, 1, 0],
      [db.reader, 4, 1],
    ] as const) {
      const held = await Promise.all(Array.from({ length: size }, () => pool.client.acquireConnection()));
      for (const connection of held) {
        for (const [name, wanted] of Object.entries({ ...PRAGMAS, query_only: queryOnly })) {
          const rows = await pool.raw<Record<string, unknown>[]>(`PRAGMA ${name}`).connection(connection);
          expect([name, Object.values(rows[0] ?? {})[0]]).toEqual([name, wanted]);
        }
      }
      for (const connection of held) await pool.client.releaseConnection(connection);
    }
  });

  test('a write transaction holds the write lock before its first statement', async () => {
    const db = await open();
    const statements: string[] = [];
    db.writer.on('query', ({ sql }: { sql: string }) => statements.push(sql));
    await db.writer.transaction(async (tx) => {
      expect(statements).toEqual(['BEGIN IMMEDIATE;']);
      await tx.raw('SELECT 1');
    });
    expect(statements.at(-1)).toBe('COMMIT;');
  });

  test('two processes that read and then write do not refuse each other', async () => {
    const db = await open();
    const other = await openDatabase(placeOf.get(db)!, { keys: testKeys(), clock: testClock() });
    const counted = (one: Database, i: number) =>
      writeTx(one, { command: 'next', key: `k${i}`, by, input: i }, async (tx) => {
        const row = await tx('calendar_days').count({ n: '*' }).first<{ n: number }>();
        await tx('calendar_days').insert(day(row.n + 1));
        await appendLeaf(tx, { kind: 'day_added', object: { type: 'calendar', id: 'cn' } });
      });
    await Promise.all(Array.from({ length: 100 }, (_, i) => counted(i % 2 ? db : other, i)));
    expect(await db.reader('calendar_days').count({ n: '*' })).toEqual([{ n: 100 }]);
    await other.close();
  });

  test('the reader pool cannot write', async () => {
    const db = await open();
    await expect(db.reader('calendar_days').insert(day(1))).rejects.toThrow(/readonly/i);
  });

  test('the file is for its owner only', async () => {
    const db = await open.bare();
    await db.writer.raw('CREATE TABLE t (id TEXT)');
    for (const file of ['register.db', 'register.db-wal', 'register.db-shm']) {
      expect(statSync(join(folderOf(db), file)).mode & 0o077).toBe(0);
    }
  });

  test('a file of another program is refused', async () => {
    const db = await open.bare();
    await db.writer.raw('PRAGMA application_id=1');
    const again = openDatabase(placeOf.get(db)!, { keys: testKeys(), clock: testClock() });
    await expect(again).rejects.toMatchObject({ code: 'not_a_register' });
  });

  test('a file that is no database is refused', async () => {
    const db = await open.bare();
    await db.close();
    writeFileSync(join(folderOf(db), 'register.db'), 'no database at all '.repeat(400));
    await expect(openDatabase(placeOf.get(db)!, { keys: testKeys(), clock: testClock() })).rejects.toThrow(
      /not a database/,
    );
  });

  test('a corrupt page asks for the end of the process', async () => {
    const db = await open();
    await addDays(db, 'some', 200);
    await db.writer.raw('PRAGMA wal_checkpoint(TRUNCATE)');
    spoil(join(folderOf(db), 'register.db'));
    const fatal: unknown[] = [];
    const onFatal = (error: Error): void => void fatal.push('code' in error && error.code);
    const again = await openDatabase(placeOf.get(db)!, { keys: testKeys(), clock: testClock(), onFatal });
    await expect(again.reader('calendar_days').select('*')).rejects.toThrow(/malformed/);
    expect(fatal).toEqual(['SQLITE_CORRUPT']);
    await again.close();
  });

  test('a full disk is storage_full, changes nothing, and passes when there is room again', async () => {
    const db = await open();
    const [pages] = await db.writer.raw<{ page_count: number }[]>('PRAGMA page_count');
    await db.writer.raw(`PRAGMA max_page_count=${(pages?.page_count ?? 0) + 4}`);
    await expect(addDays(db, 'big', 300)).rejects.toMatchObject({ code: 'storage_full' });
    expect(await db.reader('calendar_days').pluck('day')).toEqual([]);
    await db.writer.raw('PRAGMA max_page_count=1000000');
    await addDays(db, 'big', 300);
    expect(await db.reader('calendar_days').pluck('day')).toHaveLength(300);
  });

  test('each start leaves its heartbeat', async () => {
    const db = await open();
    const again = await openDatabase(placeOf.get(db)!, {
      keys: testKeys(),
      clock: testClock('2026-05-01T00:00:00.000Z'),
      process: 'worker',
    });
    expect(await again.reader('heartbeats').where({ process: 'worker' }).pluck('at')).toEqual([
      '2026-05-01T00:00:00.000Z',
    ]);
    await again.close();
  });
});
