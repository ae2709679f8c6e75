const appendOnly = (table: string): string => `
  CREATE TRIGGER IF NOT EXISTS ${table}_no_update BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, 'append_only'); END;
  CREATE TRIGGER IF NOT EXISTS ${table}_no_delete BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, 'append_only'); END;`;

/** 'DCSL' in hexadecimal: a file of another kind is refused. */
export const APPLICATION_ID = 0x4443534c;
export const USER_VERSION = 1;

/** No names: opaque ids, numbers and hashes, so the ledger outlives an erasure. */
export const LEDGER_SCHEMA = `
  CREATE TABLE IF NOT EXISTS entries (
    seq INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    decision_id TEXT NOT NULL UNIQUE,
    certificate_id TEXT NOT NULL UNIQUE,
    verification_id TEXT NOT NULL UNIQUE,
    status_index INTEGER NOT NULL UNIQUE,
    college_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('diploma', 'skill')),
    series_id TEXT,
    serial INTEGER,
    payload_hash TEXT NOT NULL UNIQUE,
    recorded_at TEXT NOT NULL,
    UNIQUE (series_id, serial),
    CHECK ((series_id IS NULL) = (serial IS NULL))
  ) STRICT;
  CREATE INDEX IF NOT EXISTS entries_by_time ON entries (recorded_at);
  CREATE TABLE IF NOT EXISTS signatures (
    seq INTEGER PRIMARY KEY REFERENCES entries (seq),
    kid TEXT NOT NULL,
    signature TEXT NOT NULL,
    signed_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS alarms (
    seq INTEGER PRIMARY KEY,
    code TEXT NOT NULL,
    number TEXT NOT NULL,
    certificate_id TEXT NOT NULL,
    asked_hash TEXT NOT NULL,
    known_seq INTEGER REFERENCES entries (seq),
    at TEXT NOT NULL
  ) STRICT;
  ${['entries', 'signatures', 'alarms'].map(appendOnly).join('')}
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${USER_VERSION};`;

/** Set on the one connection and read back after the first write; anything else stops the start. */
export const PRAGMAS: Readonly<Record<string, string | number>> = {
  // exclusive first: two signers on one ledger must be impossible, and WAL then needs no shared memory
  locking_mode: 'exclusive',
  journal_mode: 'wal',
  synchronous: 2,
  foreign_keys: 1,
  recursive_triggers: 1,
  trusted_schema: 0,
  cell_size_check: 1,
};
