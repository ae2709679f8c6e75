import { describe, expect, test } from 'vitest';
import { appendLeaf } from '../../db/audit.ts';
import { lockCase } from '../../db/case-watch.ts';
import { deleteOldKeys } from '../../db/idempotency.ts';
import type { Database } from '../../db/open.ts';
import { openDatabase } from '../../db/open.ts';
import { enqueueNudge } from '../../db/outbox.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Actor, Tx } from '../../db/tx.ts';
import type { CommandCall } from '../../db/write-tx.ts';
import { writeTx, writeTxReplayed } from '../../db/write-tx.ts';
import { forEachDatabase, placeOf, testClock, testKeys } from '../support/databases.ts';

const officer: Actor = { userId: 'usr_officer', collegeId: 'col_one', role: 'certification_officer' };
const call = (over: Partial<CommandCall> = {}): CommandCall => ({
  command: 'addDay',
  key: 'key-1',
  by: officer,
  input: { day: '2026-10-01' },
  ...over,
});

async function addDay(tx: Tx, day = '2026-10-01'): Promise<{ day: string }> {
  await tx('calendar_days').insert({ day, kind: 'holiday', title: '国庆节', source: 'test', evidence: 'unconfirmed' });
  await appendLeaf(tx, { kind: 'day_added', object: { type: 'calendar_day', id: day } });
  return { day };
}

const days = (db: Database) => db.reader('calendar_days').orderBy('day').pluck<string[]>('day');
const count = async (db: Database, table: string): Promise<number> =>
  (await db.reader(table).count({ n: '*' }).first<{ n: number }>()).n;

forEachDatabase((name, open) => {
  describe('idempotency', () => {
    test('the same key and input gives the first answer and changes nothing', async () => {
      const db = await open();
      const first = await writeTxReplayed(db, call(), (tx) => addDay(tx));
      const second = await writeTxReplayed(db, call(), () => Promise.reject(new Error('ran again')));
      expect(first).toEqual({ value: { day: '2026-10-01' }, replayed: false });
      expect(second).toEqual({ value: { day: '2026-10-01' }, replayed: true });
      expect(await days(db)).toEqual(['2026-10-01']);
      expect(await count(db, 'audit_leaves')).toBe(1);
    });

    test("the order of the input's fields does not matter", async () => {
      const db = await open();
      await writeTx(db, call({ input: { a: 1, b: 2 } }), (tx) => addDay(tx));
      expect((await writeTxReplayed(db, call({ input: { b: 2, a: 1 } }), (tx) => addDay(tx))).replayed).toBe(true);
    });

    test.each([
      ['other input', { input: { day: '2026-10-02' } }],
      ['another command', { command: 'removeDay' }],
      ['another version seen', { ifMatch: '"2"' }],
    ])('the same key with %s is refused', async (_what, over) => {
      const db = await open();
      await writeTx(db, call(), (tx) => addDay(tx));
      await expect(writeTx(db, call(over), (tx) => addDay(tx, '2026-10-02'))).rejects.toMatchObject({
        code: 'idempotency_key_reused',
      });
      expect(await days(db)).toEqual(['2026-10-01']);
    });

    test('another person and another college have keys of their own', async () => {
      const db = await open();
      await writeTx(db, call(), (tx) => addDay(tx));
      await writeTx(db, call({ by: { ...officer, userId: 'usr_other' } }), (tx) => addDay(tx, '2026-10-02'));
      await writeTx(db, call({ by: { ...officer, collegeId: 'col_two' } }), (tx) => addDay(tx, '2026-10-03'));
      expect(await days(db)).toHaveLength(3);
    });

    test('the same key while the first is still running is told so, and afterwards gets the answer', async () => {
      const db = await open();
      const both = await Promise.allSettled([
        writeTx(db, call(), (tx) => addDay(tx)),
        writeTx(db, call(), (tx) => addDay(tx)),
      ]);
      expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
      expect(both[1]).toMatchObject({ reason: { code: 'in_progress' } });
      expect((await writeTxReplayed(db, call(), (tx) => addDay(tx))).replayed).toBe(true);
    });

    test('an op key at work twice, in two processes, is done once and both get its answer', async () => {
      const db = await open();
      const other = await openDatabase(placeOf.get(db)!, { keys: testKeys(), clock: testClock() });
      const op = call({ key: 'allocate/dec_1', by: { userId: 'system', collegeId: 'col_one', role: 'system' } });
      const answers = await Promise.all(
        [db, other, db, other].map((one) => writeTxReplayed(one, op, (tx) => addDay(tx))),
      );
      expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect(new Set(answers.map(({ value }) => value.day))).toEqual(new Set(['2026-10-01']));
      await other.close();
    });

    test("a person's key at work in two processes has one effect", async () => {
      const db = await open();
      const other = await openDatabase(placeOf.get(db)!, { keys: testKeys(), clock: testClock() });
      const both = await Promise.allSettled([db, other].map((one) => writeTxReplayed(one, call(), (tx) => addDay(tx))));
      const refused = both.filter(({ status }) => status === 'rejected');
      for (const one of refused) expect(one).toMatchObject({ reason: { code: 'in_progress' } });
      expect(await days(db)).toEqual(['2026-10-01']);
      expect(await count(db, 'audit_leaves')).toBe(1);
      await other.close();
    });

    test('keys of people go after a month, op keys stay', async () => {
      const db = await open();
      await writeTx(db, call(), (tx) => addDay(tx));
      const system: Actor = { userId: 'system', collegeId: 'col_one', role: 'system' };
      await writeTx(db, call({ key: 'allocate/dec_1', by: system }), (tx) => addDay(tx, '2026-10-02'));
      expect(await deleteOldKeys(db, '2026-03-02T00:00:00.000Z')).toBe(0);
      expect(await deleteOldKeys(db, '2026-04-02T00:00:00.000Z')).toBe(1);
      expect(await db.reader('idempotency_keys').pluck('key')).toEqual(['allocate/dec_1']);
    });

    test('a refused attempt stores nothing, so that the next one is new', async () => {
      const db = await open();
      const refused = writeTx(db, call(), async (tx) => {
        await addDay(tx);
        throw new Error('half-way');
      });
      await expect(refused).rejects.toThrow('half-way');
      expect(await days(db)).toEqual([]);
      expect(await count(db, 'idempotency_keys')).toBe(0);
      expect(await count(db, 'audit_leaves')).toBe(0);
      expect((await writeTxReplayed(db, call(), (tx) => addDay(tx))).replayed).toBe(false);
    });
  });

  test('a command that writes without a leaf is stopped', async () => {
    const db = await open();
    const silent = writeTx(db, call(), async (tx) => {
      await tx('calendar_days').insert({
        day: '2026-10-01',
        kind: 'holiday',
        title: '国庆节',
        source: 'test',
        evidence: 'unconfirmed',
      });
    });
    await expect(silent).rejects.toMatchObject({ code: 'invariant_broken', errors: [{ code: 'write_without_leaf' }] });
    const nudge = writeTx(db, call(), (tx) => enqueueNudge(tx, { workflowType: 'studentPathway', caseId: 'enr_1' }));
    await expect(nudge).rejects.toMatchObject({ code: 'invariant_broken' });
    expect(await days(db)).toEqual([]);
  });

  test('a command that finds nothing to do may leave no leaf', async () => {
    const db = await open();
    expect(await writeTx(db, call(), async () => ({ stale: true }))).toEqual({ stale: true });
  });

  test('an error caught inside and passed over still undoes everything', async () => {
    const db = await open();
    const careless = writeTx(db, call(), async (tx) => {
      await addDay(tx);
      await tx('calendar_days')
        .insert({ day: '2026-10-01', kind: 'nonsense', title: '', source: '', evidence: '' })
        .catch(() => {});
      return 'went on';
    });
    await expect(careless).rejects.toThrow();
    expect(await days(db)).toEqual([]);
  });

  test('a failed COMMIT rejects, and the connection is clean afterwards', async () => {
    const db = await open();
    // the check of a deferred reference fails only at COMMIT
    const child =
      'CREATE TABLE child (id TEXT PRIMARY KEY, day TEXT NOT NULL REFERENCES calendar_days(day) DEFERRABLE INITIALLY DEFERRED)';
    await db.writer.raw(child);
    const orphan = writeTx(db, call(), async (tx) => {
      await addDay(tx);
      await tx('child').insert({ id: 'a', day: '1999-01-01' });
    });
    await expect(orphan).rejects.toThrow(/foreign key/i);
    expect(await days(db)).toEqual([]);
    await writeTx(db, call(), (tx) => addDay(tx, '2026-10-02'));
    expect(await days(db)).toEqual(['2026-10-02']);
    expect(await count(db, 'child')).toBe(0);
  });

  test('two commands that take the same cases in opposite order both succeed', async () => {
    const db = await open();
    const cases = ['enr_1', 'enr_2'].map((caseId) => ({ workflowType: 'studentPathway', caseId }));
    await writeTx(db, call({ key: 'first' }), async (tx) => {
      for (const one of cases) await enqueueNudge(tx, one);
      await addDay(tx);
    });
    const crossing = (key: string, order: typeof cases, day: string) =>
      writeTx(db, call({ key }), async (tx) => {
        for (const one of order) await lockCase(tx, one);
        return addDay(tx, day);
      });
    const dates = ['2026-11-11', '2026-11-12', '2026-11-13', '2026-11-14'];
    await Promise.all(dates.map((day, i) => crossing(day, i % 2 ? cases : [...cases].reverse(), day)));
    expect(await days(db)).toEqual(['2026-10-01', ...dates]);
  });

  test('reads are one snapshot and cannot write', async () => {
    const db = await open();
    await readTx(db, async (tx) => {
      expect(await tx('calendar_days').pluck('day')).toEqual([]);
      await writeTx(db, call(), (write) => addDay(write));
      expect(await tx('calendar_days').pluck('day')).toEqual([]);
    });
    await expect(readTx(db, (tx) => addDay(tx))).rejects.toThrow();
    expect(await days(db)).toEqual(['2026-10-01']);
  });

  test('a slow command is reported with its name', async () => {
    const slow: string[] = [];
    const db = await open({ onSlow: ({ command, millis }) => slow.push(`${command} ${millis > 50}`) });
    await writeTx(db, call(), async (tx) => {
      await tx.raw(
        name === 'sqlite'
          ? 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT max(i) FROM n'
          : 'SELECT pg_sleep(0.08)',
      );
    });
    expect(slow).toEqual(['addDay true']);
  });

  test('many writers at once each have their effect', async () => {
    const db = await open();
    const other = await openDatabase(placeOf.get(db)!, { keys: testKeys(), clock: testClock() });
    const dates = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2027, 0, 1 + i)).toISOString().slice(0, 10));
    await Promise.all(dates.map((day, i) => writeTx(i % 2 ? db : other, call({ key: day }), (tx) => addDay(tx, day))));
    expect(await days(db)).toEqual(dates);
    expect(await db.reader('audit_leaves').orderBy('seq').pluck('seq')).toEqual(dates.map((_, i) => i + 1));
    await other.close();
  });
});
