import type { Migration } from './migration.ts';
import { appendOnly } from './sql.ts';

export const name = '001-plumbing';

/** What the register needs to be trustworthy: keys of requests, nudges, the audit log, the watch over cases. */
export async function up(m: Migration): Promise<void> {
  if (m.dialect === 'postgres') {
    await m.statement(
      `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'append_only'; END $$`,
    );
  }
  await idempotency(m);
  await audit(m);
  await cases(m);
  await m.run(`
CREATE TABLE heartbeats (
  process TEXT PRIMARY KEY,
  at TEXT NOT NULL CHECK (is_instant(at))
) STRICT;`);
}

async function idempotency(m: Migration): Promise<void> {
  await m.run(`
CREATE TABLE idempotency_keys (
  college_id TEXT NOT NULL,
  principal TEXT NOT NULL,
  key TEXT NOT NULL,
  command TEXT NOT NULL,
  fingerprint TEXT NOT NULL CHECK (is_hash(fingerprint)),
  answer TEXT NOT NULL CHECK (is_json(answer)),
  at TEXT NOT NULL CHECK (is_instant(at)),
  PRIMARY KEY (college_id, principal, key)
) STRICT;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (at);`);
}

async function audit(m: Migration): Promise<void> {
  await m.run(`
CREATE TABLE audit_leaves (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL CHECK (is_instant(at)),
  college_id TEXT,
  actor TEXT NOT NULL,
  actor_role TEXT NOT NULL,
  request_id TEXT,
  command TEXT NOT NULL,
  kind TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_id TEXT NOT NULL,
  leaf TEXT NOT NULL CHECK (is_json(leaf)),
  leaf_hash TEXT NOT NULL CHECK (length(leaf_hash) = 64)
) STRICT;
CREATE INDEX audit_leaves_by_object ON audit_leaves (object_type, object_id);
CREATE INDEX audit_leaves_by_college ON audit_leaves (college_id, seq);
CREATE INDEX audit_leaves_by_kind ON audit_leaves (kind, seq);
CREATE INDEX audit_leaves_by_actor ON audit_leaves (actor, seq);
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL CHECK (size >= 0),
  frontier TEXT NOT NULL CHECK (is_json(frontier)),
  root TEXT NOT NULL CHECK (length(root) = 64),
  last_hash TEXT NOT NULL CHECK (length(last_hash) = 64)
) STRICT;`);
  await appendOnly(m, 'audit_leaves');
  const emptyRoot = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
  await m.statement(
    `INSERT INTO audit_head (id, size, frontier, root, last_hash) VALUES (1, 0, '[]', '${emptyRoot}', '${'0'.repeat(64)}')`,
  );
}

async function cases(m: Migration): Promise<void> {
  await m.run(`
CREATE TABLE case_watch (
  workflow_type TEXT NOT NULL,
  case_id TEXT NOT NULL,
  college_id TEXT,
  event_seq INTEGER NOT NULL CHECK (event_seq >= 1),
  changed_at TEXT NOT NULL CHECK (is_instant(changed_at)),
  seen_seq INTEGER NOT NULL CHECK (seen_seq >= 0),
  seen_at TEXT CHECK (is_instant(seen_at)),
  next_due_at TEXT CHECK (is_instant(next_due_at)),
  ended_at TEXT CHECK (is_instant(ended_at)),
  PRIMARY KEY (workflow_type, case_id)
) STRICT;
CREATE INDEX case_watch_open ON case_watch (workflow_type, case_id) WHERE ended_at IS NULL;
CREATE INDEX case_watch_due ON case_watch (next_due_at) WHERE ended_at IS NULL;
CREATE TABLE outbox (
  id IDENTITY,
  workflow_type TEXT NOT NULL,
  case_id TEXT NOT NULL,
  seq INTEGER,
  priority INTEGER NOT NULL CHECK (priority IN (0, 1)),
  not_before TEXT NOT NULL CHECK (is_instant(not_before)),
  attempts INTEGER NOT NULL DEFAULT 0,
  error_code TEXT,
  created_at TEXT NOT NULL CHECK (is_instant(created_at)),
  sent_at TEXT CHECK (is_instant(sent_at))
) STRICT;
CREATE INDEX outbox_unsent ON outbox (priority, id) WHERE sent_at IS NULL;
CREATE INDEX outbox_unsent_case ON outbox (workflow_type, case_id) WHERE sent_at IS NULL;
CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL;
CREATE TABLE case_trouble (
  workflow_type TEXT NOT NULL,
  case_id TEXT NOT NULL,
  op_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  first_at TEXT NOT NULL CHECK (is_instant(first_at)),
  last_at TEXT NOT NULL CHECK (is_instant(last_at)),
  cleared_at TEXT CHECK (is_instant(cleared_at)),
  PRIMARY KEY (workflow_type, case_id, op_key)
) STRICT;
CREATE INDEX case_trouble_open ON case_trouble (last_at) WHERE cleared_at IS NULL;`);
}
