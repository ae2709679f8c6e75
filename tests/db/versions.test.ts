import { expect, test } from 'vitest';
import { appendLeaf } from '../../db/audit.ts';
import { insertRows } from '../../db/rows.ts';
import type { Actor, Tx } from '../../db/tx.ts';
import { etagOf, expectVersion, updateVersioned } from '../../db/versions.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { TestDatabase } from '../support/databases.ts';
import { forEachDatabase } from '../support/databases.ts';

const by: Actor = { userId: 'usr_registrar', collegeId: 'col_one', role: 'registrar' };

test('a change names the version it was made on', () => {
  expect(etagOf({ version: 7 })).toBe('"7"');
  expect(() => expectVersion({ version: 7 }, '"7"')).not.toThrow();
  expect(() => expectVersion({ version: 7 }, undefined)).toThrow('precondition_required');
  for (const other of ['"6"', 'W/"7"', '7', '*', ''])
    expect(() => expectVersion({ version: 7 }, other), other).toThrow('version_mismatch');
});

const act = <T>(db: TestDatabase, key: string, fn: (tx: Tx) => Promise<T>): Promise<T> =>
  writeTx(db, { command: 'testAct', key, by, input: key }, async (tx) => {
    await appendLeaf(tx, { kind: 'tested', object: { type: 'test', id: key } });
    return fn(tx);
  });

forEachDatabase((_name, open) => {
  async function aCollegeWithPerson(db: TestDatabase): Promise<void> {
    const college = {
      id: 'col_one',
      code: 'one',
      name_zh: '甲',
      name_en: 'One',
      demo: 1,
      notice_working_days: 5,
      created_at: db.clock.now(),
    };
    await db.writer('colleges').insert(college);
    const names = { name: '王小明', name_pinyin: 'w', name_initials: 'w', name_sort: 'w' };
    await db.writer('people').insert({ id: 'per_1', college_id: 'col_one', ...names, subject_key: 'v1', version: 1 });
  }

  test('a row is changed on the version read, once', async () => {
    const db = await open();
    await aCollegeWithPerson(db);
    const change = (key: string, version: number) =>
      act(db, key, (tx) => updateVersioned(tx, 'people', { id: 'per_1', version, patch: { name: '王晓明' } }));
    expect(await change('a', 1)).toBe(2);
    await expect(change('b', 1)).rejects.toMatchObject({ code: 'version_mismatch', extra: { version: 2 } });
    expect(await change('a', 1), 'a repeated success is not a mismatch').toBe(2);
  });

  test('a row that is not there is not found', async () => {
    const db = await open();
    await expect(
      act(db, 'a', (tx) => updateVersioned(tx, 'people', { id: 'per_9', version: 1, patch: {} })),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('many rows go in few statements', async () => {
    const db = await open();
    const rows = Array.from({ length: 9000 }, (_, i) => ({
      ...{ day: new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10), kind: 'holiday' },
      ...{ title: '?', source: 'test', evidence: 'unconfirmed' },
    }));
    await act(db, 'a', async (tx) => insertRows(tx, 'calendar_days', rows));
    expect(await db.reader('calendar_days').count({ n: '*' })).toEqual([{ n: 9000 }]);
  });
});
