import { expect, test } from 'vitest';
import { appendLeaf, commitAll } from '../../db/audit.ts';
import { append, leafHash, rootOf } from '../../db/merkle.ts';
import type { Actor, Tx } from '../../db/tx.ts';
import { verifyAudit } from '../../db/verify-audit.ts';
import { writeTx } from '../../db/write-tx.ts';
import { canonicalJson } from '../../schemas/canonical.ts';
import type { TestDatabase } from '../support/databases.ts';
import { forEachDatabase } from '../support/databases.ts';

const by: Actor = { userId: 'usr_teacher', collegeId: 'col_one', role: 'teacher', onBehalfOf: 'usr_head' };
const leaf = { kind: 'day_added', object: { type: 'calendar_day', id: '2026-10-01' } };

async function act(db: TestDatabase, key: string, fn: (tx: Tx) => Promise<void>): Promise<void> {
  await writeTx(db, { command: 'testAct', key, by, input: key, requestId: `req-${key}` }, fn);
}

const leaves = async (db: TestDatabase): Promise<Record<string, unknown>[]> =>
  (await db.reader('audit_leaves').orderBy('seq').pluck<string[]>('leaf')).map(
    (text) => JSON.parse(text) as Record<string, unknown>,
  );

async function aPerson(db: TestDatabase, id = 'per_1'): Promise<Buffer> {
  const { key, wrapped } = db.keys.newSubjectKey();
  const college = {
    id: 'col_one',
    code: 'one',
    name_zh: '甲',
    name_en: 'One',
    demo: 1,
    notice_working_days: 5,
    created_at: db.clock.now(),
  };
  await db.writer('colleges').insert(college).onConflict('id').ignore();
  const names = { name: '王小明', name_pinyin: 'wang xiaoming', name_initials: 'wxm', name_sort: 'wang xiaoming' };
  await db.writer('people').insert({ id, college_id: 'col_one', ...names, subject_key: wrapped, version: 1 });
  return key;
}

test('hashes are those of RFC 6962', () => {
  // the eight leaves and roots of the Certificate Transparency reference tests
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  let frontier: string[] = [];
  inputs.forEach((hex, size) => {
    frontier = append(frontier, size, leafHash(Buffer.from(hex, 'hex').toString('utf8')));
    expect(rootOf(frontier)).toBe(roots[size]);
  });
});

forEachDatabase((_name, open) => {
  test('a leaf carries the fields of leaf/1, in canonical form', async () => {
    const db = await open();
    await act(db, 'a', (tx) => appendLeaf(tx, { ...leaf, reason: 'holiday_moved', body: { days: 3 } }));
    const [first] = await leaves(db);
    expect(first).toEqual({
      ...{
        format: 'leaf/1',
        seq: 1,
        at: '2026-03-02T00:00:00.000Z',
        college_id: 'col_one',
        actor: 'usr_teacher',
        actor_role: 'teacher',
      },
      ...{
        on_behalf_of: 'usr_head',
        request_id: 'req-a',
        command: 'testAct',
        object_type: 'calendar_day',
        object_id: '2026-10-01',
      },
      ...{
        before: null,
        after: null,
        reason: 'holiday_moved',
        body: { days: 3, kind: 'day_added' },
        prev_hash: '0'.repeat(64),
      },
    });
    expect(await db.reader('audit_leaves').pluck('leaf')).toEqual([canonicalJson(first)]);
  });

  test("values of a person appear only as commitments under the person's key", async () => {
    const db = await open();
    const key = await aPerson(db);
    await act(db, 'a', (tx) =>
      appendLeaf(tx, {
        ...leaf,
        subject: 'per_1',
        before: { score: 745 },
        after: { score: 760 },
        reason: '王小明的卷面漏加分',
      }),
    );
    const [first] = await leaves(db);
    expect(first).toMatchObject({
      before: db.keys.commitment(key, { score: 745 }),
      after: db.keys.commitment(key, { score: 760 }),
      reason: db.keys.commitment(key, '王小明的卷面漏加分'),
    });
    expect(JSON.stringify(first)).not.toMatch(/王小明|score/);
  });

  test('a sheet commits to one value a student, each under their own key', async () => {
    const db = await open();
    const keys = [await aPerson(db, 'per_1'), await aPerson(db, 'per_2')];
    await act(db, 'a', async (tx) => {
      const [one, two] = await commitAll(tx, [
        { personId: 'per_1', value: 745 },
        { personId: 'per_2', value: 745 },
      ]);
      await appendLeaf(tx, { ...leaf, body: { scores: { enr_1: one, enr_2: two } } });
    });
    const [first] = await leaves(db);
    expect(first).toMatchObject({
      body: { scores: { enr_1: db.keys.commitment(keys[0]!, 745), enr_2: db.keys.commitment(keys[1]!, 745) } },
    });
  });

  test('nothing can be recorded about a person without a key', async () => {
    const db = await open();
    const erased = act(db, 'a', (tx) => appendLeaf(tx, { ...leaf, subject: 'per_gone', after: 1 }));
    await expect(erased).rejects.toMatchObject({ code: 'invariant_broken', errors: [{ code: 'subject_key_missing' }] });
  });

  test('the log is dense, chained and summed up by its head', async () => {
    const db = await open();
    for (const key of ['a', 'b', 'c', 'd', 'e']) {
      await act(db, key, async (tx) => {
        await appendLeaf(tx, leaf);
        await appendLeaf(tx, { ...leaf, kind: 'day_confirmed' });
      });
    }
    const report = await verifyAudit(db.reader);
    expect(report).toMatchObject({ size: 10, fault: null });
    expect(await db.reader('audit_head').pluck('root')).toEqual([report.root]);
  });

  test.each([
    ['a changed leaf', 3, 'leaf_hash_wrong', { leaf: '{"format":"leaf/1"}' }],
    ['a changed column', 2, 'leaf_columns_differ', { actor: 'usr_somebody' }],
    ['a changed kind', 4, 'leaf_columns_differ', { kind: 'nothing_happened' }],
  ])('%s is found', async (_what, seq, code, change) => {
    const db = await open();
    for (const key of ['a', 'b', 'c', 'd']) await act(db, key, (tx) => appendLeaf(tx, leaf));
    await unguarded(db, () => db.writer('audit_leaves').where({ seq }).update(change));
    expect((await verifyAudit(db.reader)).fault).toEqual({ seq, code });
  });

  test('a removed leaf and a cut-off end are found', async () => {
    const db = await open();
    for (const key of ['a', 'b', 'c', 'd']) await act(db, key, (tx) => appendLeaf(tx, leaf));
    await unguarded(db, () => db.writer('audit_leaves').where({ seq: 4 }).delete());
    expect((await verifyAudit(db.reader)).fault).toEqual({ seq: 3, code: 'audit_head_differs' });
    await unguarded(db, () => db.writer('audit_leaves').where({ seq: 2 }).delete());
    expect((await verifyAudit(db.reader)).fault).toEqual({ seq: 3, code: 'leaf_missing' });
  });

  test('a leaf outside a write transaction is refused', async () => {
    const db = await open();
    await expect(db.writer.transaction((tx) => appendLeaf(tx, leaf))).rejects.toMatchObject({
      code: 'invariant_broken',
    });
  });
});

/** Somebody with the file in hand takes the triggers away first. */
async function unguarded(db: TestDatabase, change: () => Promise<unknown>): Promise<void> {
  if (db.dialect === 'sqlite') {
    for (const name of await db
      .reader('sqlite_schema')
      .where({ type: 'trigger', tbl_name: 'audit_leaves' })
      .pluck<string[]>('name')) {
      await db.writer.raw(`DROP TRIGGER ${name}`);
    }
  } else {
    await db.writer.raw('ALTER TABLE audit_leaves DISABLE TRIGGER USER');
  }
  await change();
}
