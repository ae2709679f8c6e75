import type { Migration } from './migration.ts';
import { createIndex, createTable, createUnique } from './tables.ts';

export const name = '003-accounts';

const ROLES =
  "('registrar','teacher','programme_leader','department_head','vice_dean','enterprise_mentor','rule_editor','rule_approver','assessor','supervisor','certification_officer','student','system_admin','security_admin','auditor')";
const SCOPES = "('deployment','college','department','programme','class','offering','self')";

/** Who may sign in, as what, and who tried. Users are per deployment, a sign-in session works in one college (architecture §9.12). */
export async function up(m: Migration): Promise<void> {
  await users(m);
  await assignments(m);
  await sessions(m);
  await attempts(m);
}

async function users(m: Migration): Promise<void> {
  await createTable(
    m,
    'users',
    `
    id TEXT PRIMARY KEY CHECK (is_id(id, 'usr')), login_name TEXT NOT NULL UNIQUE CHECK (length(login_name) BETWEEN 2 AND 64),
    display_name TEXT NOT NULL, person_id TEXT UNIQUE REFERENCES people(id), active INTEGER NOT NULL CHECK (is_bool(active)),
    version INTEGER NOT NULL CHECK (version >= 1), created_at TEXT NOT NULL CHECK (is_instant(created_at))`,
  );
  await createTable(
    m,
    'credentials',
    `
    user_id TEXT PRIMARY KEY REFERENCES users(id), password_hash TEXT NOT NULL CHECK (length(password_hash) > 40),
    must_change INTEGER NOT NULL CHECK (is_bool(must_change)), changed_at TEXT NOT NULL CHECK (is_instant(changed_at))`,
  );
  await createTable(
    m,
    'setup_codes',
    `
    role TEXT PRIMARY KEY CHECK (role IN ('system_admin','security_admin')), code_hash TEXT NOT NULL UNIQUE,
    created_at TEXT NOT NULL CHECK (is_instant(created_at)), used_at TEXT CHECK (used_at IS NULL OR is_instant(used_at)),
    user_id TEXT REFERENCES users(id)`,
  );
}

async function assignments(m: Migration): Promise<void> {
  await createTable(
    m,
    'role_assignments',
    `
    id TEXT PRIMARY KEY CHECK (is_id(id, 'rol')), user_id TEXT NOT NULL REFERENCES users(id), college_id TEXT REFERENCES colleges(id),
    role TEXT NOT NULL CHECK (role IN ${ROLES}), scope_kind TEXT NOT NULL CHECK (scope_kind IN ${SCOPES}), scope_id TEXT,
    from_on TEXT NOT NULL CHECK (is_date(from_on)), to_on TEXT CHECK (to_on IS NULL OR (is_date(to_on) AND to_on >= from_on)),
    granted_by TEXT NOT NULL, granted_at TEXT NOT NULL CHECK (is_instant(granted_at)),
    revoked_by TEXT, revoked_at TEXT CHECK (revoked_at IS NULL OR is_instant(revoked_at)),
    CHECK ((scope_kind = 'deployment') = (college_id IS NULL)),
    CHECK ((scope_kind IN ('deployment','college','self')) = (scope_id IS NULL))`,
  );
  await createIndex(m, 'role_assignments_of_user', 'role_assignments (user_id)');
  // 三员: at most one of the three per person, held by the database and not by care
  await createUnique(
    m,
    'role_assignments_one_admin',
    `role_assignments (user_id) WHERE revoked_at IS NULL AND role IN ('system_admin','security_admin','auditor')`,
  );
  await createUnique(
    m,
    'role_assignments_once',
    `role_assignments (user_id, role, scope_kind, COALESCE(college_id, ''), COALESCE(scope_id, '')) WHERE revoked_at IS NULL`,
  );
}

async function sessions(m: Migration): Promise<void> {
  await createTable(
    m,
    'user_sessions',
    `
    id TEXT PRIMARY KEY, token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64), user_id TEXT NOT NULL REFERENCES users(id),
    college_id TEXT REFERENCES colleges(id), idle_seconds INTEGER NOT NULL CHECK (idle_seconds > 0),
    created_at TEXT NOT NULL CHECK (is_instant(created_at)), last_seen_at TEXT NOT NULL CHECK (is_instant(last_seen_at)),
    expires_at TEXT NOT NULL CHECK (is_instant(expires_at)), ended_at TEXT CHECK (ended_at IS NULL OR is_instant(ended_at)),
    ended_because TEXT CHECK (ended_because IN ('signed_out','revoked','password_changed','disabled'))`,
  );
  await createIndex(m, 'user_sessions_of_user', 'user_sessions (user_id)');
}

/** The sign-in log, and the counters against guessing. The account is kept as a hash: what was typed may be a password. */
async function attempts(m: Migration): Promise<void> {
  await createTable(
    m,
    'sign_in_attempts',
    `
    id TEXT PRIMARY KEY, account_hash TEXT NOT NULL CHECK (length(account_hash) = 64), user_id TEXT REFERENCES users(id),
    address TEXT NOT NULL, outcome TEXT NOT NULL CHECK (outcome IN ('failed','succeeded','locked')),
    at TEXT NOT NULL CHECK (is_instant(at))`,
  );
  await createIndex(m, 'sign_in_attempts_by_account', 'sign_in_attempts (account_hash, at)');
  await createIndex(m, 'sign_in_attempts_by_address', 'sign_in_attempts (address, at)');
}
