import { expect, test } from 'vitest';
import { listenToOutbox } from '../../bin/listen-outbox.ts';
import { appendLeaf } from '../../db/audit.ts';
import { openCases, rebuildNudges } from '../../db/case-watch.ts';
import { enqueueNudge } from '../../db/outbox.ts';
import { writeTx } from '../../db/write-tx.ts';
import { forEachDatabase, onPostgres, placeOf } from '../support/databases.ts';
import type { TestDatabase } from '../support/databases.ts';

let keys = 0;
async function nudged(
  db: TestDatabase,
  names: readonly { workflowType: string; caseId: string; collegeId?: string }[],
) {
  const by = { userId: 'usr_teacher', collegeId: 'col_one', role: 'teacher' };
  await writeTx(db, { command: 'test', key: `key-${(keys += 1)}`, by, input: {} }, async (tx) => {
    await appendLeaf(tx, { kind: 'tested', object: { type: 'test', id: 'test' } });
    for (const name of names) await enqueueNudge(tx, name);
    return {};
  });
}

onPostgres((open) => {
  test('a committed row is heard of at once, and so are those after the line was cut', async () => {
    const db = await open();
    const place = placeOf.get(db);
    if (!place || !('url' in place)) throw new Error('PostgreSQL has a url');
    const stopping = new AbortController();
    let heard = 0;
    let tell: () => void = () => undefined;
    const next = () =>
      new Promise<void>((resolve) => {
        tell = resolve;
      });
    const listening = next();
    const line = listenToOutbox(place.url, {
      onRow: () => {
        heard += 1;
        tell();
      },
      signal: stopping.signal,
    });
    await listening;

    const row = next();
    await nudged(db, [{ workflowType: 'studentPathway', caseId: 'enr_a' }]);
    await row;
    const again = next();
    await db.writer.raw(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dualcert-listen' AND datname = current_database()`,
    );
    await again;
    stopping.abort();
    await line;

    expect(heard).toBe(3); // when the line was laid, the row, when it was laid again
  });
});

forEachDatabase((_name, open) => {
  test('rebuild nudges each open case once, gently, of one college or one type if asked', async () => {
    const db = await open();
    await nudged(db, [
      { workflowType: 'studentPathway', caseId: 'enr_a' },
      { workflowType: 'studentPathway', caseId: 'enr_b', collegeId: 'col_two' },
      { workflowType: 'cohortOperation', caseId: 'opn_a' },
    ]);
    await db.writer('outbox').update({ sent_at: db.clock.now() });
    const seqs = async () => (await openCases(db.reader, { limit: 10 })).map(({ eventSeq }) => eventSeq);

    expect(await rebuildNudges(db, { collegeId: 'col_two' })).toBe(1);
    expect(await rebuildNudges(db, { workflowType: 'studentPathway' })).toBe(1);
    expect(await rebuildNudges(db)).toBe(1);
    expect(await rebuildNudges(db)).toBe(0);

    const rows = await db.reader('outbox').whereNull('sent_at').orderBy('case_id').select('case_id', 'seq', 'priority');
    expect(rows).toEqual(['enr_a', 'enr_b', 'opn_a'].map((case_id) => ({ case_id, seq: null, priority: 1 })));
    expect(await seqs()).toEqual([1, 1, 1]);
  });
});
