import { describe, expect, test } from 'vitest';
import { appendLeaf } from '../../db/audit.ts';
import {
  caseCounts,
  endCase,
  findCase,
  lockCase,
  noteSeen,
  openCases,
  rebuildNudges,
  reconcile,
  unseenCases,
} from '../../db/case-watch.ts';
import {
  deleteOldSent,
  enqueueBulkNudges,
  enqueueNudge,
  markSent,
  outboxHealth,
  postpone,
  unsentNudges,
} from '../../db/outbox.ts';
import type { Actor, Tx } from '../../db/tx.ts';
import { clearTrouble, openTroubles, recordTrouble } from '../../db/trouble.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { TestDatabase } from '../support/databases.ts';
import { forEachDatabase } from '../support/databases.ts';

const by: Actor = { userId: 'usr_teacher', collegeId: 'col_one', role: 'teacher' };
const studentPathway = (caseId: string) => ({ workflowType: 'studentPathway', caseId });
let count = 0;

async function act(db: TestDatabase, fn: (tx: Tx) => Promise<void>): Promise<void> {
  const key = `key-${(count += 1)}`;
  await writeTx(db, { command: 'testAct', key, by, input: key }, async (tx) => {
    await fn(tx);
    await appendLeaf(tx, { kind: 'tested', object: { type: 'test', id: key } });
  });
}

const nudge = (db: TestDatabase, ...caseIds: string[]): Promise<void> =>
  act(db, async (tx) => {
    for (const caseId of caseIds) await enqueueNudge(tx, studentPathway(caseId));
  });

const collegeNow = async (): Promise<string> => '2026-03-02T00:00:00.000Z';

forEachDatabase((_name, open) => {
  describe('the outbox', () => {
    test('each event counts, and its nudge carries the count', async () => {
      const db = await open();
      await nudge(db, 'enr_1');
      await nudge(db, 'enr_1');
      await nudge(db, 'enr_2');
      const rows = await unsentNudges(db);
      expect(rows.map(({ caseId, seq }) => [caseId, seq])).toEqual([
        ['enr_1', 1],
        ['enr_1', 2],
        ['enr_2', 1],
      ]);
      expect(await findCase(db.reader, studentPathway('enr_1'))).toMatchObject({
        eventSeq: 2,
        seenSeq: 0,
        collegeId: 'col_one',
        endedAt: null,
      });
    });

    test('a case touched twice in one command is nudged once', async () => {
      const db = await open();
      await nudge(db, 'enr_1', 'enr_2', 'enr_1');
      expect((await unsentNudges(db)).map(({ caseId, seq }) => [caseId, seq])).toEqual([
        ['enr_1', 1],
        ['enr_2', 1],
      ]);
    });

    test('bulk nudges wait behind all others', async () => {
      const db = await open();
      await act(db, (tx) => enqueueBulkNudges(tx, { workflowType: 'studentPathway', caseIds: ['enr_1', 'enr_2'] }));
      await nudge(db, 'enr_9');
      expect((await unsentNudges(db)).map(({ caseId, priority }) => [caseId, priority])).toEqual([
        ['enr_9', 0],
        ['enr_1', 1],
        ['enr_2', 1],
      ]);
    });

    test('a cohort of 2,500 is nudged in one command', async () => {
      const db = await open();
      const caseIds = Array.from({ length: 2500 }, (_, i) => `enr_${String(i).padStart(5, '0')}`);
      await act(db, (tx) => enqueueBulkNudges(tx, { workflowType: 'studentPathway', caseIds }));
      expect(await outboxHealth(db)).toEqual({ unsent: 2500, oldestAt: '2026-03-02T00:00:00.000Z' });
      expect(await caseCounts(db)).toEqual({ open: 2500, unseen: 0 });
    });

    test('what is sent is not read again, and goes after a week', async () => {
      const db = await open();
      await nudge(db, 'enr_1');
      await nudge(db, 'enr_2');
      const [first] = await unsentNudges(db);
      await markSent(db, [first!.id]);
      expect((await unsentNudges(db)).map(({ caseId }) => caseId)).toEqual(['enr_2']);
      expect(await deleteOldSent(db, '2026-03-02T00:00:00.000Z')).toBe(0);
      expect(await deleteOldSent(db, '2026-03-09T00:00:00.000Z')).toBe(1);
      expect((await outboxHealth(db)).unsent).toBe(1);
    });

    test('a postponed row waits for its time and keeps count', async () => {
      const db = await open();
      await nudge(db, 'enr_1');
      const [row] = await unsentNudges(db);
      await postpone(db, [row!.id], { until: '2026-03-02T00:00:02.000Z', code: 'unavailable' });
      expect(await unsentNudges(db)).toEqual([]);
      db.clock.advance(2000);
      expect(await unsentNudges(db)).toMatchObject([{ caseId: 'enr_1', attempts: 1 }]);
    });

    test('a nudge may be meant for later', async () => {
      const db = await open();
      await act(db, (tx) => enqueueNudge(tx, { ...studentPathway('enr_1'), notBefore: '2026-03-02T00:10:00.000Z' }));
      expect(await unsentNudges(db)).toEqual([]);
      db.clock.advance(600_000);
      expect(await unsentNudges(db)).toHaveLength(1);
    });
  });

  describe('the watch over a case', () => {
    test('a read covers the events it saw, no later ones', async () => {
      const db = await open();
      await nudge(db, 'enr_1');
      await nudge(db, 'enr_1');
      await noteSeen(db, { ...studentPathway('enr_1'), seq: 1, nextDueAt: '2026-06-30T00:00:00.000Z', ended: false });
      db.clock.advance(1000);
      expect(await unseenCases(db.reader, { changedBefore: db.clock.now(), limit: 10 })).toMatchObject([
        { caseId: 'enr_1', seenSeq: 1, eventSeq: 2 },
      ]);
      await noteSeen(db, { ...studentPathway('enr_1'), seq: 2, nextDueAt: null, ended: false });
      await noteSeen(db, { ...studentPathway('enr_1'), seq: 1, nextDueAt: '2026-06-30T00:00:00.000Z', ended: false });
      expect(await findCase(db.reader, studentPathway('enr_1'))).toMatchObject({ seenSeq: 2, nextDueAt: null });
    });

    test('a case ends only if nothing has happened since the read, and an event opens it again', async () => {
      const db = await open();
      const seen = (seq: number) => noteSeen(db, { ...studentPathway('enr_1'), seq, nextDueAt: null, ended: true });
      await nudge(db, 'enr_1');
      await nudge(db, 'enr_1');
      await seen(1);
      expect((await findCase(db.reader, studentPathway('enr_1')))?.endedAt).toBeNull();
      await seen(2);
      expect((await findCase(db.reader, studentPathway('enr_1')))?.endedAt).toBe('2026-03-02T00:00:00.000Z');
      expect(await openCases(db.reader, { limit: 10 })).toEqual([]);
      await nudge(db, 'enr_1');
      expect(await openCases(db.reader, { limit: 10 })).toMatchObject([{ caseId: 'enr_1', eventSeq: 3 }]);
    });

    test('a command may end a case itself, and may ask for its count', async () => {
      const db = await open();
      await nudge(db, 'enr_1');
      await act(db, async (tx) => {
        expect(await lockCase(tx, studentPathway('enr_1'))).toBe(1);
        expect(await lockCase(tx, studentPathway('enr_unknown'))).toBe(0);
        await endCase(tx, studentPathway('enr_1'), db.clock.now());
      });
      expect(await openCases(db.reader, { limit: 10 })).toEqual([]);
    });

    test('open cases come in pages', async () => {
      const db = await open();
      await nudge(db, 'enr_1', 'enr_2', 'enr_3');
      await act(db, (tx) =>
        enqueueNudge(tx, { workflowType: 'cohortOperation', caseId: 'opn_1', collegeId: 'col_two' }),
      );
      const first = await openCases(db.reader, { limit: 2 });
      const rest = await openCases(db.reader, { limit: 9, after: first[1]! });
      expect([...first, ...rest].map(({ caseId }) => caseId)).toEqual(['opn_1', 'enr_1', 'enr_2', 'enr_3']);
      expect(await openCases(db.reader, { limit: 9, collegeId: 'col_two' })).toHaveLength(1);
      expect(await openCases(db.reader, { limit: 9, workflowType: 'studentPathway' })).toHaveLength(3);
    });
  });

  describe('the reconciler', () => {
    const sendAll = async (db: TestDatabase): Promise<void> =>
      markSent(
        db,
        (await unsentNudges(db)).map(({ id }) => id),
      );

    test('nudges again what nobody has seen for a minute, once', async () => {
      const db = await open();
      await nudge(db, 'enr_1');
      await sendAll(db);
      db.clock.advance(59_000);
      expect(await reconcile(db, { collegeNow })).toBe(0);
      db.clock.advance(2000);
      expect(await reconcile(db, { collegeNow })).toBe(1);
      expect(await unsentNudges(db)).toMatchObject([{ caseId: 'enr_1', seq: null, priority: 0 }]);
      expect(await reconcile(db, { collegeNow })).toBe(0);
    });

    test("nudges a case whose deadline passed five minutes ago on the college's clock", async () => {
      const db = await open();
      await nudge(db, 'enr_1');
      await sendAll(db);
      await noteSeen(db, { ...studentPathway('enr_1'), seq: 1, nextDueAt: '2026-06-30T00:00:00.000Z', ended: false });
      expect(await reconcile(db, { collegeNow: async () => '2026-06-30T00:04:59.999Z' })).toBe(0);
      expect(await reconcile(db, { collegeNow: async () => '2026-06-30T00:05:00.000Z' })).toBe(1);
    });

    test('leaves ended cases alone', async () => {
      const db = await open();
      await nudge(db, 'enr_1');
      await sendAll(db);
      await noteSeen(db, { ...studentPathway('enr_1'), seq: 1, nextDueAt: '2026-03-02T00:00:00.000Z', ended: true });
      db.clock.advance(3_600_000);
      expect(await reconcile(db, { collegeNow })).toBe(0);
    });
  });

  test('rebuild nudges every open case and may be run again', async () => {
    const db = await open();
    const caseIds = Array.from({ length: 1500 }, (_, i) => `enr_${String(i).padStart(5, '0')}`);
    await act(db, (tx) => enqueueBulkNudges(tx, { workflowType: 'studentPathway', caseIds }));
    await noteSeen(db, { ...studentPathway('enr_00000'), seq: 1, nextDueAt: null, ended: true });
    for (;;) {
      const rows = await unsentNudges(db);
      if (rows.length === 0) break;
      await markSent(
        db,
        rows.map(({ id }) => id),
      );
    }
    expect(await rebuildNudges(db)).toBe(1499);
    expect(await rebuildNudges(db)).toBe(0);
    expect((await outboxHealth(db)).unsent).toBe(1499);
  });

  test('troubles are noted once a key, listed by college and cleared', async () => {
    const db = await open();
    await nudge(db, 'enr_1');
    const trouble = {
      ...studentPathway('enr_1'),
      opKey: 'decide/1',
      kind: 'recordDecision',
      code: 'no_rule_for_date',
      attempts: 1,
    };
    await recordTrouble(db, trouble);
    db.clock.advance(1000);
    await recordTrouble(db, { ...trouble, attempts: 2 });
    expect(await openTroubles(db.reader, { collegeId: 'col_one' })).toEqual([
      { ...trouble, attempts: 2, firstAt: '2026-03-02T00:00:00.000Z', lastAt: '2026-03-02T00:00:01.000Z' },
    ]);
    expect(await openTroubles(db.reader, { collegeId: 'col_two' })).toEqual([]);
    await clearTrouble(db, { caseId: 'enr_1', opKey: 'decide/other' });
    expect(await openTroubles(db.reader)).toHaveLength(1);
    await clearTrouble(db, { caseId: 'enr_1' });
    expect(await openTroubles(db.reader)).toEqual([]);
  });
});
