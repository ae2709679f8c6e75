import type { Migration } from './migration.ts';
import { appendOnly } from './sql.ts';
import { createIndex, createTable } from './tables.ts';

export const name = '006-previews';

/** Impact previews: what was asked, page by page what came out, whom it changes, and the result under one hash. Nothing is ever changed. */
export async function up(m: Migration): Promise<void> {
  await createTable(
    m,
    'previews',
    `
    id TEXT PRIMARY KEY CHECK (is_id(id, 'prv')), college_id TEXT NOT NULL REFERENCES colleges(id), operation_id TEXT NOT NULL UNIQUE REFERENCES operations(id),
    rule_set TEXT NOT NULL, revision_id TEXT REFERENCES rule_revisions(id), draft_hash TEXT NOT NULL CHECK (is_hash(draft_hash)),
    base_hash TEXT CHECK (base_hash IS NULL OR is_hash(base_hash)), book_hash TEXT NOT NULL CHECK (is_hash(book_hash)),
    document TEXT NOT NULL CHECK (is_json(document)), request TEXT NOT NULL CHECK (is_json(request)), known_at TEXT NOT NULL CHECK (is_instant(known_at)),
    created_by TEXT NOT NULL, created_at TEXT NOT NULL CHECK (is_instant(created_at))`,
  );
  await createIndex(m, 'previews_of_rule_set', 'previews (college_id, rule_set, created_at)');
  await createIndex(m, 'previews_of_draft', 'previews (college_id, draft_hash, created_at)');
  await appendOnly(m, 'previews');
  await createTable(
    m,
    'preview_pages',
    `
    preview_id TEXT NOT NULL REFERENCES previews(id), ordinal INTEGER NOT NULL CHECK (ordinal >= 1), first_id TEXT NOT NULL, last_id TEXT NOT NULL,
    students INTEGER NOT NULL CHECK (students >= 1), PRIMARY KEY (preview_id, ordinal)`,
  );
  await appendOnly(m, 'preview_pages');
  await createTable(
    m,
    'preview_parts',
    `
    preview_id TEXT NOT NULL REFERENCES previews(id), ordinal INTEGER NOT NULL CHECK (ordinal >= 1), part TEXT NOT NULL CHECK (is_json(part)),
    at TEXT NOT NULL CHECK (is_instant(at)), PRIMARY KEY (preview_id, ordinal)`,
  );
  await appendOnly(m, 'preview_parts');
  await createTable(
    m,
    'preview_changes',
    `
    preview_id TEXT NOT NULL REFERENCES previews(id), ordinal INTEGER NOT NULL, enrolment_id TEXT NOT NULL, purpose TEXT NOT NULL,
    subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL, course_id TEXT, target TEXT NOT NULL, programme_id TEXT NOT NULL, class_id TEXT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('gain','lose','other','reason')), from_type TEXT NOT NULL, to_type TEXT NOT NULL, rules TEXT NOT NULL,
    detail TEXT NOT NULL CHECK (is_json(detail)), PRIMARY KEY (preview_id, ordinal)`,
  );
  await createIndex(m, 'preview_changes_of_student', 'preview_changes (preview_id, enrolment_id)');
  await appendOnly(m, 'preview_changes');
  await createTable(
    m,
    'preview_results',
    `
    preview_id TEXT PRIMARY KEY REFERENCES previews(id), outcome TEXT NOT NULL CHECK (outcome IN ('done','failed')), result TEXT NOT NULL CHECK (is_json(result)),
    hash TEXT NOT NULL CHECK (is_hash(hash)), finished_at TEXT NOT NULL CHECK (is_instant(finished_at))`,
  );
  await appendOnly(m, 'preview_results');
}
