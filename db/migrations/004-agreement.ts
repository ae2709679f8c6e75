import type { Migration } from './migration.ts';

export const name = '004-agreement';

/** What the worker last found when it compared cases with workflows; the API, which has no Temporal client, reads it here. */
export async function up(m: Migration): Promise<void> {
  await m.run(`
CREATE TABLE agreement (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at TEXT NOT NULL CHECK (is_instant(at)),
  report TEXT NOT NULL CHECK (is_json(report))
) STRICT;`);
}
