import { join } from 'node:path';
import { StartupFault } from '../db/faults.ts';
import { openKeyring } from '../db/keys.ts';
import { migrate } from '../db/migrate.ts';
import { openDatabase } from '../db/open.ts';

/** Exit codes the supervisor knows: 3, made by a newer version; 4, any other reason not to open the data. */
const NEWER = 3;
const REFUSED = 4;

async function main(): Promise<void> {
  const dataDir = process.env['DATA_DIR'] ?? join(process.cwd(), 'data');
  const url = process.env['DATABASE_URL'];
  const keys = openKeyring(join(dataDir, 'keys'));
  const clock = { now: () => new Date().toISOString() };
  const place = url === undefined || url === '' ? { dataDir } : { url };
  const db = await openDatabase(place, { keys, clock, process: 'migrate' });
  try {
    const done = await migrate(db);
    process.stdout.write(`${JSON.stringify({ migrated: done })}\n`);
  } finally {
    await db.close();
  }
}

main().catch((error: unknown) => {
  if (!(error instanceof StartupFault)) throw error;
  process.stderr.write(`${error.text['zh-CN']}\n${error.text.en}\n`);
  if (error.detail !== '') process.stderr.write(`(${error.detail})\n`);
  process.exitCode = error.code === 'data_newer_than_code' ? NEWER : REFUSED;
});
