import { join } from 'node:path';
import { StartupFault } from '../db/faults.ts';
import { openKeyring } from '../db/keys.ts';
import { migrate } from '../db/migrate.ts';
import { openDatabase } from '../db/open.ts';

/** Exit codes the supervisor knows: 3, made by a newer version; 4, any other reason not to open the data. */
const NEWER = 3;
const REFUSED = 4;

async function main(): Promise<void> {
  const dataDir = process.env.DATA_DIR ?? join(process.cwd(), 'data');
  const url = process.env.DATABASE_URL;
  const keys = openKeyring(join(dataDir, 'keys'));
  const clock = { now: () => new Date().toISOString() };
  const place = url === undefined || url === '' ? { dataDir } : { url };
  const db = await openDatabase(place, { keys, clock, process: 'migrate' });
  try {
    const migrated = await migrate(db);
    process.stdout.write(`${JSON.stringify({ migrated })}\n`);
  } finally {
    await db.close();
  }
}

/** One sentence in each language for whoever started the program. */
function refuse(error: unknown): void {
  if (!(error instanceof StartupFault)) throw error;
  const where = error.detail === '' ? '' : ` (${error.detail})`;
  process.stderr.write(`${error.text['zh-CN']}${where}\n${error.text.en}${where}\n`);
  process.exitCode = error.code === 'data_newer_than_code' ? NEWER : REFUSED;
}

await main().catch(refuse);
