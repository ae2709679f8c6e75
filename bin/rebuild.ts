import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rebuildNudges } from '../db/case-watch.ts';
import { openKeyring } from '../db/keys.ts';
import { demandMigrated } from '../db/migrate.ts';
import { openDatabase } from '../db/open.ts';

/**
 * Nudges every open case, so that each workflow starts again from the register: after Temporal's store was lost, after a
 * restore, after a move to another server. Writes outbox rows and nothing else; running it twice is harmless.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { college: { type: 'string' }, type: { type: 'string' } } });
  const dataDir = process.env.DATA_DIR || join(process.cwd(), 'data');
  const url = process.env.DATABASE_URL;
  const clock = { now: () => new Date().toISOString() };
  const db = await openDatabase(url ? { url } : { dataDir }, {
    keys: openKeyring(join(dataDir, 'keys')),
    clock,
    process: 'rebuild',
  });
  try {
    await demandMigrated(db);
    const nudged = await rebuildNudges(db, {
      ...(values.college !== undefined && { collegeId: values.college }),
      ...(values.type !== undefined && { workflowType: values.type }),
    });
    process.stdout.write(`${JSON.stringify({ nudged })}\n`);
  } finally {
    await db.close();
  }
}

await main();
