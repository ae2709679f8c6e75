import type { Migration } from './migration.ts';
import { appendOnly } from './sql.ts';
import { createIndex, createTable } from './tables.ts';

export const name = '007-regulations';

/** The regulations a college has filed, article by article, and what a person said of an article that no rule executes. */
export async function up(m: Migration): Promise<void> {
  await createTable(
    m,
    'regulations',
    `
    id TEXT PRIMARY KEY CHECK (is_id(id, 'reg')), college_id TEXT NOT NULL REFERENCES colleges(id), title TEXT NOT NULL CHECK (is_json(title)),
    number TEXT, issued_on TEXT CHECK (issued_on IS NULL OR is_date(issued_on)), issuer TEXT NOT NULL, unconfirmed INTEGER NOT NULL CHECK (is_bool(unconfirmed)),
    text_hash TEXT NOT NULL CHECK (is_hash(text_hash)), filed_by TEXT NOT NULL, filed_at TEXT NOT NULL CHECK (is_instant(filed_at)),
    UNIQUE (college_id, text_hash)`,
  );
  await appendOnly(m, 'regulations');
  await createTable(
    m,
    'regulation_articles',
    `
    regulation_id TEXT NOT NULL REFERENCES regulations(id), ordinal INTEGER NOT NULL CHECK (ordinal >= 1), article TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (regulation_id, article), UNIQUE (regulation_id, ordinal)`,
  );
  await appendOnly(m, 'regulation_articles');
  await createTable(
    m,
    'regulation_marks',
    `
    id TEXT PRIMARY KEY, regulation_id TEXT NOT NULL, article TEXT NOT NULL, mark TEXT NOT NULL CHECK (mark IN ('manual','open')),
    reason TEXT NOT NULL CHECK (length(reason) >= 1), marked_by TEXT NOT NULL, at TEXT NOT NULL CHECK (is_instant(at)),
    FOREIGN KEY (regulation_id, article) REFERENCES regulation_articles(regulation_id, article)`,
  );
  await createIndex(m, 'regulation_marks_of_article', 'regulation_marks (regulation_id, article, at)');
  await appendOnly(m, 'regulation_marks');
}
