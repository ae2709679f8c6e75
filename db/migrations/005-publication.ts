import type { Migration } from './migration.ts';
import { appendOnly, immutableColumns } from './sql.ts';
import { createIndex, createTable, createUnique } from './tables.ts';

export const name = '005-publication';

/** Rule drafts, what was proved of a frozen revision, who approved which proofs, and the tokens of systems that ask. */
export async function up(m: Migration): Promise<void> {
  await drafts(m);
  await submissions(m);
  await proofs(m);
  await afterwards(m);
  await tokens(m);
  // null: known always. A binding made today says since when it is known, whatever day it holds from
  await m.run(
    'ALTER TABLE rule_bindings ADD COLUMN recorded_at TEXT CHECK (recorded_at IS NULL OR is_instant(recorded_at));\n',
  );
}

/** The document as typed so far, faulty or not; everyone who saved it has edited it. */
async function drafts(m: Migration): Promise<void> {
  await createTable(
    m,
    'rule_drafts',
    `
    id TEXT PRIMARY KEY CHECK (is_id(id, 'drf')), college_id TEXT NOT NULL REFERENCES colleges(id), rule_set TEXT NOT NULL,
    document TEXT NOT NULL CHECK (is_json(document)), base_revision INTEGER, base_hash TEXT CHECK (base_hash IS NULL OR is_hash(base_hash)),
    version INTEGER NOT NULL CHECK (version >= 1), created_by TEXT NOT NULL, created_at TEXT NOT NULL CHECK (is_instant(created_at)),
    updated_by TEXT NOT NULL, updated_at TEXT NOT NULL CHECK (is_instant(updated_at)),
    ended_at TEXT CHECK (ended_at IS NULL OR is_instant(ended_at)), ended_because TEXT CHECK (ended_because IN ('discarded','submitted')),
    revision_id TEXT REFERENCES rule_revisions(id), CHECK ((ended_at IS NULL) = (ended_because IS NULL))`,
  );
  await createIndex(m, 'rule_drafts_open', 'rule_drafts (college_id, rule_set) WHERE ended_at IS NULL');
  await createTable(
    m,
    'rule_draft_editors',
    `
    draft_id TEXT NOT NULL REFERENCES rule_drafts(id), user_id TEXT NOT NULL, PRIMARY KEY (draft_id, user_id)`,
  );
}

async function submissions(m: Migration): Promise<void> {
  await createTable(
    m,
    'rule_submissions',
    `
    revision_id TEXT PRIMARY KEY REFERENCES rule_revisions(id), draft_id TEXT REFERENCES rule_drafts(id), submitted_by TEXT NOT NULL,
    at TEXT NOT NULL CHECK (is_instant(at)), remind_on TEXT NOT NULL CHECK (is_date(remind_on)), expires_on TEXT NOT NULL CHECK (is_date(expires_on))`,
  );
  await appendOnly(m, 'rule_submissions');
  await createTable(
    m,
    'rule_revision_editors',
    `
    revision_id TEXT NOT NULL REFERENCES rule_revisions(id), user_id TEXT NOT NULL, PRIMARY KEY (revision_id, user_id)`,
  );
  await appendOnly(m, 'rule_revision_editors');
}

/** Results are stored under the hash of the document; another base gives another row, the last one counts. */
async function proofs(m: Migration): Promise<void> {
  await createTable(
    m,
    'rule_proofs',
    `
    id TEXT PRIMARY KEY, revision_id TEXT NOT NULL REFERENCES rule_revisions(id), document_hash TEXT NOT NULL CHECK (is_hash(document_hash)),
    base_hash TEXT CHECK (base_hash IS NULL OR is_hash(base_hash)), tests TEXT NOT NULL CHECK (is_json(tests)), analysis TEXT NOT NULL CHECK (is_json(analysis)),
    difference TEXT NOT NULL CHECK (is_json(difference)), difference_hash TEXT NOT NULL CHECK (is_hash(difference_hash)),
    engines TEXT NOT NULL CHECK (is_json(engines)), at TEXT NOT NULL CHECK (is_instant(at))`,
  );
  await createIndex(m, 'rule_proofs_of_revision', 'rule_proofs (revision_id, at)');
  await appendOnly(m, 'rule_proofs');
  await createTable(
    m,
    'rule_waivers',
    `
    id TEXT PRIMARY KEY, revision_id TEXT NOT NULL REFERENCES rule_revisions(id), document_hash TEXT NOT NULL CHECK (is_hash(document_hash)),
    finding TEXT NOT NULL, reason TEXT NOT NULL CHECK (length(reason) >= 1), waived_by TEXT NOT NULL, at TEXT NOT NULL CHECK (is_instant(at)),
    UNIQUE (revision_id, finding)`,
  );
  await appendOnly(m, 'rule_waivers');
  // beside rule_approvals: which difference and which preview that person had before them; '' where no preview was asked
  await createTable(
    m,
    'rule_approved_proofs',
    `
    id TEXT PRIMARY KEY, revision_id TEXT NOT NULL REFERENCES rule_revisions(id), document_hash TEXT NOT NULL CHECK (is_hash(document_hash)),
    difference_hash TEXT NOT NULL CHECK (is_hash(difference_hash)), preview_hash TEXT NOT NULL, approver_id TEXT NOT NULL,
    at TEXT NOT NULL CHECK (is_instant(at)), mac TEXT NOT NULL, UNIQUE (revision_id, approver_id, difference_hash, preview_hash)`,
  );
  await appendOnly(m, 'rule_approved_proofs');
}

async function afterwards(m: Migration): Promise<void> {
  // what two people must want: the second who asks after the same event makes it happen
  await createTable(
    m,
    'rule_motions',
    `
    id TEXT PRIMARY KEY, revision_id TEXT NOT NULL REFERENCES rule_revisions(id), kind TEXT NOT NULL CHECK (kind IN ('resume','withdraw')),
    after_event TEXT NOT NULL REFERENCES rule_events(id), user_id TEXT NOT NULL, reason TEXT NOT NULL CHECK (length(reason) >= 1),
    at TEXT NOT NULL CHECK (is_instant(at)), UNIQUE (after_event, kind, user_id)`,
  );
  await appendOnly(m, 'rule_motions');
  // plumbing: how far the cases have been asked to look again after an event that changes what answers
  await createTable(
    m,
    'rule_rollouts',
    `
    event_id TEXT PRIMARY KEY REFERENCES rule_events(id), revision_id TEXT NOT NULL REFERENCES rule_revisions(id), due_on TEXT NOT NULL CHECK (is_date(due_on)),
    after_case TEXT NOT NULL, woken INTEGER NOT NULL CHECK (woken >= 0), finished_at TEXT CHECK (finished_at IS NULL OR is_instant(finished_at))`,
  );
  await createIndex(m, 'rule_rollouts_open', 'rule_rollouts (revision_id) WHERE finished_at IS NULL');
}

/** For systems that ask: only a hash of the token is kept, and what it is good for. */
async function tokens(m: Migration): Promise<void> {
  await createTable(
    m,
    'api_tokens',
    `
    id TEXT PRIMARY KEY CHECK (is_id(id, 'tok')), college_id TEXT NOT NULL REFERENCES colleges(id), name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    token_hash TEXT NOT NULL CHECK (length(token_hash) = 64), scopes TEXT NOT NULL CHECK (is_json(scopes)), created_by TEXT NOT NULL,
    created_at TEXT NOT NULL CHECK (is_instant(created_at)), expires_at TEXT NOT NULL CHECK (is_instant(expires_at)),
    revoked_at TEXT CHECK (revoked_at IS NULL OR is_instant(revoked_at)), revoked_by TEXT, last_used_on TEXT CHECK (last_used_on IS NULL OR is_date(last_used_on))`,
  );
  await createUnique(m, 'api_tokens_hash', 'api_tokens (token_hash)');
  await immutableColumns(m, 'api_tokens', [
    'college_id',
    'name',
    'token_hash',
    'scopes',
    'created_by',
    'created_at',
    'expires_at',
  ]);
}
