import { describe, expect, test } from 'vitest';
import type { NudgeResult, Wake } from '../../activities/nudge.ts';
import { coalesce, Relay } from '../../activities/relay.ts';
import { outboxPort } from '../../bin/worker-ports.ts';
import { appendLeaf } from '../../db/audit.ts';
import { noteSeen } from '../../db/case-watch.ts';
import { enqueueBulkNudges, enqueueNudge } from '../../db/outbox.ts';
import { plumbingTx } from '../../db/transaction.ts';
import { writeTx } from '../../db/write-tx.ts';
import { forEachDatabase } from '../support/databases.ts';
import type { OpenTest } from '../support/databases.ts';

const by = { userId: 'usr_teacher', collegeId: 'col_one', role: 'teacher' };
const workflowType = 'studentPathway';
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const noted =
  (nudged: Wake[]) =>
  async (wake: Wake): Promise<NudgeResult> => {
    nudged.push(wake);
    return 'sent';
  };

async function aRelay(
  open: OpenTest,
  answer: (wake: Wake, n: number) => NudgeResult | Promise<NudgeResult> = () => 'sent',
) {
  const db = await open();
  const nudged: Wake[] = [];
  const port = outboxPort(db, () => Promise.resolve(db.clock.now()));
  const nudge = async (wake: Wake) => {
    nudged.push(wake);
    return answer(wake, nudged.length);
  };
  let keys = 0;
  const command = (caseIds: readonly string[], { bulk = false } = {}) =>
    writeTx(db, { command: 'test', key: `key-${(keys += 1)}`, by, input: {} }, async (tx) => {
      await appendLeaf(tx, { kind: 'tested', object: { type: 'test', id: 'test' } });
      if (bulk) await enqueueBulkNudges(tx, { workflowType, caseIds });
      else for (const caseId of caseIds) await enqueueNudge(tx, { workflowType, caseId });
      return {};
    });
  const relay = new Relay({ outbox: port, clock: db.clock, log, nudge });
  const unsent = () =>
    db.reader('outbox').whereNull('sent_at').orderBy('id').select('case_id', 'attempts', 'not_before', 'error_code');
  return { db, nudged, relay, command, unsent, port };
}

forEachDatabase((_name, open) => {
  test('each case of a command is nudged once, and the rows are marked', async () => {
    const { relay, command, nudged, unsent } = await aRelay(open);
    await command(['enr_a', 'enr_b']);

    expect(await relay.round()).toBe(2);
    expect(await relay.round()).toBe(0);

    expect(nudged).toEqual([
      { workflowType, caseId: 'enr_a', seq: 1 },
      { workflowType, caseId: 'enr_b', seq: 1 },
    ]);
    expect(await unsent()).toEqual([]);
  });

  test('many events of a case are one nudge with the highest seq', async () => {
    const { relay, command, nudged } = await aRelay(open);
    for (let i = 0; i < 5; i += 1) await command(['enr_a']);

    expect(await relay.round()).toBe(5);

    expect(nudged).toEqual([{ workflowType, caseId: 'enr_a', seq: 5 }]);
  });

  test('a relay that dies between the call and the mark sends again', async () => {
    const { relay, command, nudged, port, db } = await aRelay(open);
    await command(['enr_a']);
    const dying = new Relay({
      outbox: { ...port, markSent: () => Promise.reject(new Error('killed')) },
      clock: db.clock,
      log,
      nudge: async (wake) => {
        nudged.push(wake);
        return 'sent';
      },
    });

    await expect(dying.round()).rejects.toThrow('killed');
    await relay.round();

    expect(nudged).toHaveLength(2);
  });

  test('a refused row waits one second, doubling to a minute, and holds up no other', async () => {
    const { relay, command, db, unsent } = await aRelay(open, ({ caseId }) =>
      caseId === 'enr_bad' ? 'refused' : 'sent',
    );
    await command(['enr_bad', 'enr_good']);
    const waits: number[] = [];

    for (let i = 0; i < 8; i += 1) {
      await relay.round();
      const [row] = await unsent();
      expect(row).toMatchObject({ case_id: 'enr_bad', error_code: 'refused', attempts: i + 1 });
      waits.push((Date.parse(row.not_before) - Date.parse(db.clock.now())) / 1000);
      db.clock.set(row.not_before);
    }

    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  test('when Temporal is away all rows wait where they are, and go out once it is back', async () => {
    let away = true;
    const { relay, command, db, unsent, nudged } = await aRelay(open, () => (away ? 'unavailable' : 'sent'));
    const caseIds = Array.from({ length: 100 }, (_, n) => `enr_${n}`);
    await command(caseIds);

    await relay.round();
    const asked = nudged.length;
    await relay.round(); // at once again: nobody is asked
    expect(asked).toBeLessThanOrEqual(16);
    expect(nudged).toHaveLength(asked);
    expect((await unsent()).map(({ attempts }) => attempts)).toEqual(caseIds.map(() => 0));

    away = false;
    db.clock.advance(1000);
    expect(await relay.round()).toBe(100);
    expect(await unsent()).toEqual([]);
  });

  test('a server that answers nobody in time pauses the relay too', async () => {
    const { relay, command, nudged, db } = await aRelay(open, () => 'deadline_exceeded');
    await command(['enr_a', 'enr_b']);
    await relay.round();
    await command(['enr_c']);

    await relay.round();
    expect(nudged).toHaveLength(2);
    db.clock.advance(1000);
    await relay.round();
    expect(nudged.map(({ caseId }) => caseId)).toContain('enr_c');
  });

  test('bulk rows go at fifty a second, behind all others', async () => {
    const { relay, command, nudged, db } = await aRelay(open);
    await command(
      Array.from({ length: 180 }, (_, n) => `enr_bulk${n}`),
      { bulk: true },
    );
    await command(['enr_teacher']);

    await relay.round();
    expect(nudged).toHaveLength(51);
    expect(nudged[0]?.caseId).toBe('enr_teacher');
    await relay.round();
    expect(nudged).toHaveLength(51);
    db.clock.advance(500);
    await relay.round();
    expect(nudged).toHaveLength(76);
    db.clock.advance(60_000);
    await relay.round();
    expect(nudged).toHaveLength(126);
  });

  test('sixteen calls are on their way at once, not more', async () => {
    let onTheWay = 0;
    let most = 0;
    const { relay, command } = await aRelay(open, async (): Promise<NudgeResult> => {
      most = Math.max(most, (onTheWay += 1));
      await new Promise((resolve) => setImmediate(resolve));
      onTheWay -= 1;
      return 'sent';
    });
    await command(Array.from({ length: 60 }, (_, n) => `enr_${n}`));

    expect(await relay.round()).toBe(60);
    expect(most).toBe(16);
  });

  test('two relays only double nudges', async () => {
    const { relay, command, nudged, port, db, unsent } = await aRelay(open);
    const other = new Relay({ outbox: port, clock: db.clock, log, nudge: noted(nudged) });
    await command(['enr_a', 'enr_b']);

    await Promise.all([relay.round(), other.round()]);

    expect(new Set(nudged.map(({ caseId }) => caseId))).toEqual(new Set(['enr_a', 'enr_b']));
    expect(await unsent()).toEqual([]);
  });

  describe('the reconciler', () => {
    test('nudges a case whose event nobody has looked at for a minute', async () => {
      const { relay, command, nudged, db, port } = await aRelay(open);
      await command(['enr_lost', 'enr_seen']);
      await relay.round();
      await noteSeen(db, { workflowType, caseId: 'enr_seen', seq: 1, nextDueAt: null, ended: false });
      nudged.length = 0;

      expect(await port.reconcile()).toBe(0);
      db.clock.advance(61_000);
      expect(await port.reconcile()).toBe(1);
      await relay.round();

      expect(nudged).toEqual([{ workflowType, caseId: 'enr_lost', seq: null }]);
    });

    test('nudges a case whose deadline passed five minutes ago unseen', async () => {
      const { relay, command, nudged, db, port } = await aRelay(open);
      await command(['enr_a']);
      await relay.round();
      const nextDueAt = new Date(Date.parse(db.clock.now()) + 3_600_000).toISOString();
      await noteSeen(db, { workflowType, caseId: 'enr_a', seq: 1, nextDueAt, ended: false });
      nudged.length = 0;

      db.clock.advance(3_600_000 + 299_000);
      expect(await port.reconcile()).toBe(0);
      db.clock.advance(2_000);
      expect(await port.reconcile()).toBe(1);
    });

    test('leaves a case alone that has ended', async () => {
      const { relay, command, db, port } = await aRelay(open);
      await command(['enr_a']);
      await relay.round();
      await noteSeen(db, { workflowType, caseId: 'enr_a', seq: 1, nextDueAt: null, ended: true });

      db.clock.advance(3_600_000);
      expect(await port.reconcile()).toBe(0);
    });

    test('is asked by the running relay each minute', async () => {
      let said: () => void = () => undefined;
      const seen = new Promise<void>((resolve) => {
        said = resolve;
      });
      const { relay, command, nudged, db } = await aRelay(open, ({ seq }) => {
        if (seq === null) said();
        return 'sent';
      });
      await command(['enr_a']);
      await relay.round();
      nudged.length = 0;
      db.clock.advance(61_000);
      const stopping = new AbortController();
      const running = relay.run(stopping.signal);
      await seen;
      stopping.abort();
      await running;

      expect(nudged).toEqual([{ workflowType, caseId: 'enr_a', seq: null }]);
    });
  });

  test('sent rows are deleted after a week', async () => {
    const { relay, command, db, port } = await aRelay(open);
    await command(['enr_a']);
    await relay.round();

    db.clock.advance(6 * 86_400_000);
    await port.deleteOldSent();
    expect(await db.reader('outbox')).toHaveLength(1);
    db.clock.advance(2 * 86_400_000);
    await port.deleteOldSent();
    expect(await db.reader('outbox')).toHaveLength(0);
  });

  test('a round that fails is tried again', async () => {
    const { db, port, nudged, command } = await aRelay(open);
    await command(['enr_a']);
    let reads = 0;
    const stopping = new AbortController();
    const relay = new Relay({
      outbox: {
        ...port,
        unsent: (limit) => ((reads += 1) === 1 ? Promise.reject(new Error('database is locked')) : port.unsent(limit)),
        markSent: async (ids) => {
          await port.markSent(ids);
          stopping.abort();
        },
      },
      clock: db.clock,
      log,
      nudge: noted(nudged),
    });

    await relay.run(stopping.signal);

    expect(nudged).toHaveLength(1);
  });

  test('a nudge for a type that is none of ours is held, not lost', async () => {
    const { relay, db, unsent } = await aRelay(open, ({ workflowType: type }) =>
      type === 'rulePublication' ? 'no_such_workflow' : 'sent',
    );
    const now = db.clock.now();
    await plumbingTx(db, 'test', async (tx) => {
      await tx('outbox').insert({
        workflow_type: 'rulePublication',
        case_id: 'x',
        priority: 0,
        not_before: now,
        created_at: now,
      });
    });

    await relay.round();

    expect(await unsent()).toMatchObject([{ error_code: 'no_such_workflow', attempts: 1 }]);
  });
});

test('a row without seq asks for a read whatever the others say', () => {
  const row = { workflowType, caseId: 'enr_a', priority: 0, attempts: 0 };

  const [parcel] = coalesce([
    { ...row, id: 1, seq: 4 },
    { ...row, id: 2, seq: null },
    { ...row, id: 3, seq: 9 },
  ]);

  expect(parcel).toMatchObject({ seq: null, rows: [{ id: 1 }, { id: 2 }, { id: 3 }] });
});
