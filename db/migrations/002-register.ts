import type { Migration } from './migration.ts';
import { appendOnly } from './sql.ts';
import { createIndex, createTable, createUnique } from './tables.ts';

export const name = '002-register';

const LEVELS = "('five','four','three','two','one')";
const MARKS = "('deferred','waived','absent','cheated','disqualified')";
const OUTCOME_KINDS =
  "('skill_certificate','x_certificate','occupational_qualification','contest_award','prior_course')";

/**
 * What is true (architecture §7). Instants are UTC with milliseconds, dates are calendar dates in Asia/Shanghai.
 * Scales: credits in tenths, component scores one decimal, weighted results two decimals, weights and shares in hundredths of a percent.
 */
export async function up(m: Migration): Promise<void> {
  await reference(m);
  await college(m);
  await teaching(m);
  await students(m);
  await scores(m);
  await outcomes(m);
  await rules(m);
  await certification(m);
  await work(m);
}

async function reference(m: Migration): Promise<void> {
  await createTable(
    m,
    'standards',
    `
    id TEXT PRIMARY KEY, occupation_code TEXT NOT NULL, edition TEXT NOT NULL, name TEXT NOT NULL, name_en TEXT NOT NULL,
    engineering INTEGER NOT NULL CHECK (engineering IN (0,1)), condition_edition TEXT NOT NULL CHECK (condition_edition IN ('2018','2023')),
    source TEXT NOT NULL, evidence TEXT NOT NULL CHECK (evidence IN ('sourced','unconfirmed')),
    UNIQUE (occupation_code, edition)`,
  );
  await createTable(
    m,
    'standard_aliases',
    `
    id TEXT PRIMARY KEY, standard_id TEXT NOT NULL REFERENCES standards(id), alias_code TEXT NOT NULL, alias_name TEXT NOT NULL,
    from_on TEXT, source TEXT NOT NULL, evidence TEXT NOT NULL, UNIQUE (standard_id, alias_code, alias_name)`,
  );
  await createTable(
    m,
    'standard_units',
    `
    id TEXT PRIMARY KEY, standard_id TEXT NOT NULL REFERENCES standards(id), level TEXT NOT NULL CHECK (level IN ${LEVELS}),
    ordinal INTEGER NOT NULL, name TEXT NOT NULL, skill_weight INTEGER NOT NULL CHECK (skill_weight BETWEEN 0 AND 10000),
    theory_weight INTEGER CHECK (theory_weight BETWEEN 0 AND 10000), UNIQUE (standard_id, level, name)`,
  );
  await createTable(
    m,
    'calendar_days',
    `
    day TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('working','holiday')), title TEXT NOT NULL,
    source TEXT NOT NULL, evidence TEXT NOT NULL CHECK (evidence IN ('sourced','unconfirmed'))`,
  );
}

async function college(m: Migration): Promise<void> {
  await createTable(
    m,
    'colleges',
    `
    id TEXT PRIMARY KEY, code TEXT NOT NULL UNIQUE, name_zh TEXT NOT NULL, name_en TEXT NOT NULL, demo INTEGER NOT NULL CHECK (demo IN (0,1)),
    notice_working_days INTEGER NOT NULL CHECK (notice_working_days BETWEEN 1 AND 60), created_at TEXT NOT NULL`,
  );
  await createTable(
    m,
    'clock_moves',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), ordinal INTEGER NOT NULL, step_seconds INTEGER NOT NULL CHECK (step_seconds > 0 OR ordinal = 1),
    offset_seconds INTEGER NOT NULL, reason TEXT NOT NULL, actor_id TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (college_id, ordinal)`,
  );
  await appendOnly(m, 'clock_moves');
  await createTable(
    m,
    'terms',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), code TEXT NOT NULL, starts_on TEXT NOT NULL, ends_on TEXT NOT NULL,
    CHECK (starts_on < ends_on), UNIQUE (college_id, code), UNIQUE (college_id, starts_on)`,
  );
  await createTable(
    m,
    'org_units',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), parent_id TEXT REFERENCES org_units(id),
    kind TEXT NOT NULL CHECK (kind IN ('department','class')), name TEXT NOT NULL, programme_id TEXT, cohort INTEGER, UNIQUE (college_id, kind, name)`,
  );
  await createTable(
    m,
    'people',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), name TEXT NOT NULL, name_pinyin TEXT NOT NULL, name_initials TEXT NOT NULL,
    name_sort TEXT NOT NULL, gender TEXT CHECK (gender IN ('male','female')), birth_on TEXT, id_number_enc TEXT, id_number_index TEXT,
    id_last_four TEXT, subject_key TEXT NOT NULL, version INTEGER NOT NULL, UNIQUE (college_id, id_number_index)`,
  );
  await createTable(
    m,
    'issuing_authorisations',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), type TEXT NOT NULL CHECK (type IN ('diploma','skill')),
    occupation_code TEXT, edition TEXT, level TEXT CHECK (level IN ${LEVELS}), programme_code TEXT,
    letter TEXT CHECK (letter IN ('Y','S')), organisation TEXT, province TEXT, site TEXT, school_code TEXT, school_kind TEXT, school_level TEXT,
    from_on TEXT NOT NULL, to_on TEXT, source TEXT NOT NULL, evidence TEXT NOT NULL CHECK (evidence IN ('sourced','unconfirmed'))`,
  );
}

async function teaching(m: Migration): Promise<void> {
  await createTable(
    m,
    'programmes',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), department_id TEXT REFERENCES org_units(id), code TEXT NOT NULL,
    name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
    education_level TEXT NOT NULL CHECK (education_level IN ('secondary_vocational','higher_vocational','vocational_bachelor','technician')),
    years INTEGER NOT NULL CHECK (years BETWEEN 1 AND 8), UNIQUE (college_id, code)`,
  );
  await createTable(
    m,
    'programme_occupations',
    `
    programme_id TEXT NOT NULL REFERENCES programmes(id), standard_id TEXT NOT NULL REFERENCES standards(id),
    relevant INTEGER CHECK (relevant IN (0,1)), assessed INTEGER CHECK (assessed IN (0,1)), source TEXT NOT NULL, PRIMARY KEY (programme_id, standard_id)`,
  );
  await createTable(
    m,
    'plans',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), programme_id TEXT NOT NULL REFERENCES programmes(id), cohort INTEGER NOT NULL,
    enrolled_on TEXT NOT NULL, total_credits INTEGER NOT NULL CHECK (total_credits >= 0), elective_credits INTEGER NOT NULL CHECK (elective_credits >= 0), max_years INTEGER NOT NULL CHECK (max_years BETWEEN 1 AND 12),
    version INTEGER NOT NULL, UNIQUE (programme_id, cohort)`,
  );
  await createTable(
    m,
    'plan_targets',
    `
    plan_id TEXT NOT NULL REFERENCES plans(id), standard_id TEXT NOT NULL REFERENCES standards(id), level TEXT NOT NULL CHECK (level IN ${LEVELS}),
    PRIMARY KEY (plan_id, standard_id, level)`,
  );
  await createTable(
    m,
    'courses',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), code TEXT NOT NULL, name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('public_basic','professional_basic','professional_core','professional_elective','public_elective','practice','internship','politics','physical_education')),
    UNIQUE (college_id, code)`,
  );
  await createTable(
    m,
    'plan_courses',
    `
    plan_id TEXT NOT NULL REFERENCES plans(id), course_id TEXT NOT NULL REFERENCES courses(id), term_no INTEGER NOT NULL CHECK (term_no BETWEEN 1 AND 16),
    credits INTEGER NOT NULL CHECK (credits BETWEEN 0 AND 500), hours INTEGER NOT NULL CHECK (hours >= 0), practice_hours INTEGER NOT NULL CHECK (practice_hours >= 0),
    required INTEGER NOT NULL CHECK (required IN (0,1)), PRIMARY KEY (plan_id, course_id)`,
  );
  await createTable(
    m,
    'course_standard_units',
    `
    course_id TEXT NOT NULL REFERENCES courses(id), unit_id TEXT NOT NULL REFERENCES standard_units(id),
    coverage INTEGER NOT NULL CHECK (coverage BETWEEN 1 AND 10000), PRIMARY KEY (course_id, unit_id)`,
  );
  await createTable(
    m,
    'schemes',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), course_id TEXT NOT NULL REFERENCES courses(id), version INTEGER NOT NULL,
    created_by TEXT NOT NULL, created_at TEXT NOT NULL, UNIQUE (course_id, version)`,
  );
  await createTable(
    m,
    'scheme_components',
    `
    id TEXT PRIMARY KEY, scheme_id TEXT NOT NULL REFERENCES schemes(id), ordinal INTEGER NOT NULL, name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('process','midterm','practical','theory','project','final')),
    weight INTEGER NOT NULL CHECK (weight BETWEEN 1 AND 10000), max_score INTEGER NOT NULL CHECK (max_score BETWEEN 10 AND 10000),
    unit_id TEXT REFERENCES standard_units(id), UNIQUE (scheme_id, name), UNIQUE (scheme_id, ordinal)`,
  );
  await appendOnly(m, 'schemes');
  await appendOnly(m, 'scheme_components');
  await createTable(
    m,
    'offerings',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), course_id TEXT NOT NULL REFERENCES courses(id), class_id TEXT NOT NULL REFERENCES org_units(id),
    term_id TEXT NOT NULL REFERENCES terms(id), plan_id TEXT NOT NULL REFERENCES plans(id), teacher_id TEXT, scheme_id TEXT NOT NULL REFERENCES schemes(id),
    UNIQUE (course_id, class_id, term_id)`,
  );
}

async function students(m: Migration): Promise<void> {
  await createTable(
    m,
    'enrolments',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), person_id TEXT NOT NULL REFERENCES people(id), student_no TEXT NOT NULL,
    plan_id TEXT NOT NULL REFERENCES plans(id), class_id TEXT NOT NULL REFERENCES org_units(id), cohort INTEGER NOT NULL, enrolled_on TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('enrolled','suspended','withdrawn','graduated')),
    prior_schooling TEXT, work_months INTEGER, work_months_after_held INTEGER, title_level TEXT, work_months_after_title INTEGER,
    intends_occupation INTEGER CHECK (intends_occupation IN (0,1)), in_occupation INTEGER CHECK (in_occupation IN (0,1)),
    apprenticeship_done INTEGER CHECK (apprenticeship_done IN (0,1)), pre_technician INTEGER CHECK (pre_technician IN (0,1)),
    internship_months INTEGER CHECK (internship_months BETWEEN 0 AND 60), discipline_open INTEGER CHECK (discipline_open IN (0,1)),
    batch_id TEXT, created_at TEXT NOT NULL, version INTEGER NOT NULL, UNIQUE (college_id, student_no)`,
  );
  await createIndex(m, 'enrolments_by_class', 'enrolments (class_id)');
  await createIndex(m, 'enrolments_by_plan', 'enrolments (plan_id)');
  await createIndex(m, 'enrolments_by_person', 'enrolments (person_id)');
  await createTable(
    m,
    'enrolment_events',
    `
    id TEXT PRIMARY KEY, enrolment_id TEXT NOT NULL REFERENCES enrolments(id), kind TEXT NOT NULL, body TEXT NOT NULL, reason TEXT, actor_id TEXT NOT NULL, at TEXT NOT NULL`,
  );
  await appendOnly(m, 'enrolment_events');
  await createIndex(m, 'enrolment_events_by_enrolment', 'enrolment_events (enrolment_id)');
  await createTable(
    m,
    'pathways',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), enrolment_id TEXT NOT NULL REFERENCES enrolments(id),
    type TEXT NOT NULL CHECK (type IN ('diploma','skill')), standard_id TEXT REFERENCES standards(id), level TEXT CHECK (level IN ${LEVELS}),
    applied_on TEXT, opened_at TEXT NOT NULL, closed_at TEXT, closed_reason TEXT,
    CHECK ((type = 'diploma' AND standard_id IS NULL AND level IS NULL) OR (type = 'skill' AND standard_id IS NOT NULL AND level IS NOT NULL))`,
  );
  await createUnique(
    m,
    'pathways_once',
    "pathways (enrolment_id, type, COALESCE(standard_id, ''), COALESCE(level, ''))",
  );
  await createTable(
    m,
    'decision_points',
    `
    id TEXT PRIMARY KEY, pathway_id TEXT NOT NULL REFERENCES pathways(id), kind TEXT NOT NULL CHECK (kind IN ('application','level_result','audit','term_close','sign_off')),
    key TEXT NOT NULL, reached_at TEXT NOT NULL, dealt_at TEXT, decision_id TEXT, UNIQUE (pathway_id, kind, key)`,
  );
  await createTable(
    m,
    'pathway_status',
    `
    pathway_id TEXT PRIMARY KEY REFERENCES pathways(id), stage TEXT NOT NULL, waiting_role TEXT, waiting_person TEXT, waiting_object TEXT,
    since TEXT, until TEXT, verdict_type TEXT NOT NULL, verdict_code TEXT, missing TEXT NOT NULL, as_of TEXT NOT NULL`,
  );
  await createIndex(m, 'pathway_status_by_stage', 'pathway_status (stage, pathway_id)');
}

async function scores(m: Migration): Promise<void> {
  await createTable(
    m,
    'score_sheets',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), offering_id TEXT NOT NULL REFERENCES offerings(id), attempt INTEGER NOT NULL CHECK (attempt BETWEEN 1 AND 9),
    due_on TEXT NOT NULL, opened_at TEXT NOT NULL, version INTEGER NOT NULL, UNIQUE (offering_id, attempt)`,
  );
  await createTable(
    m,
    'score_sheet_rows',
    `
    sheet_id TEXT NOT NULL REFERENCES score_sheets(id), enrolment_id TEXT NOT NULL REFERENCES enrolments(id), PRIMARY KEY (sheet_id, enrolment_id)`,
  );
  await createIndex(m, 'score_sheet_rows_by_enrolment', 'score_sheet_rows (enrolment_id)');
  await createTable(
    m,
    'score_sheet_events',
    `
    id TEXT PRIMARY KEY, sheet_id TEXT NOT NULL REFERENCES score_sheets(id), ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('submitted','accepted','returned','unlock_requested','unlock_refused','unlocked','archived')),
    reason TEXT, body TEXT NOT NULL, actor_id TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (sheet_id, ordinal)`,
  );
  await appendOnly(m, 'score_sheet_events');
  await createTable(
    m,
    'score_drafts',
    `
    sheet_id TEXT NOT NULL REFERENCES score_sheets(id), enrolment_id TEXT NOT NULL REFERENCES enrolments(id), component_id TEXT NOT NULL REFERENCES scheme_components(id),
    value INTEGER, mark TEXT CHECK (mark IN ${MARKS}), PRIMARY KEY (sheet_id, enrolment_id, component_id)`,
  );
  await createTable(
    m,
    'score_events',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), sheet_id TEXT NOT NULL REFERENCES score_sheets(id), enrolment_id TEXT NOT NULL REFERENCES enrolments(id),
    course_id TEXT NOT NULL REFERENCES courses(id), component_id TEXT REFERENCES scheme_components(id), attempt INTEGER NOT NULL, version INTEGER NOT NULL CHECK (version >= 1),
    value INTEGER CHECK (value BETWEEN 0 AND 10000), mark TEXT CHECK (mark IN ${MARKS}), reason TEXT, actor_id TEXT NOT NULL, request_id TEXT NOT NULL, batch_id TEXT,
    at TEXT NOT NULL, mac TEXT NOT NULL, CHECK (value IS NOT NULL OR mark IS NOT NULL)`,
  );
  await createUnique(
    m,
    'score_events_dense',
    "score_events (sheet_id, enrolment_id, COALESCE(component_id, ''), version)",
  );
  await createIndex(m, 'score_events_by_enrolment', 'score_events (enrolment_id, course_id)');
  await appendOnly(m, 'score_events');
  await createTable(
    m,
    'current_scores',
    `
    enrolment_id TEXT NOT NULL REFERENCES enrolments(id), course_id TEXT NOT NULL REFERENCES courses(id), attempt INTEGER NOT NULL, component_key TEXT NOT NULL,
    sheet_id TEXT NOT NULL, weight INTEGER NOT NULL, max_score INTEGER NOT NULL, value INTEGER, mark TEXT, event_id TEXT NOT NULL REFERENCES score_events(id),
    PRIMARY KEY (enrolment_id, course_id, attempt, component_key)`,
  );
  await createTable(
    m,
    'assessment_results',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), pathway_id TEXT NOT NULL REFERENCES pathways(id), version INTEGER NOT NULL,
    theory INTEGER CHECK (theory BETWEEN 0 AND 1000), practical INTEGER CHECK (practical BETWEEN 0 AND 1000), review INTEGER CHECK (review BETWEEN 0 AND 1000),
    mark TEXT NOT NULL CHECK (mark IN ('none','absent','cheated','disqualified')), assessed_on TEXT NOT NULL, reason TEXT, actor_id TEXT NOT NULL, batch_id TEXT,
    at TEXT NOT NULL, mac TEXT NOT NULL, UNIQUE (pathway_id, version)`,
  );
  await appendOnly(m, 'assessment_results');
}

async function outcomes(m: Migration): Promise<void> {
  await createTable(
    m,
    'learning_outcomes',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), enrolment_id TEXT NOT NULL REFERENCES enrolments(id),
    origin TEXT NOT NULL CHECK (origin IN ('outside','own')), kind TEXT NOT NULL CHECK (kind IN ${OUTCOME_KINDS}), name TEXT NOT NULL,
    occupation_code TEXT, level TEXT, contest_tier TEXT, contest_prize TEXT, number TEXT, issuer TEXT NOT NULL, issued_on TEXT, expires_on TEXT,
    verified INTEGER CHECK (verified IN (0,1)), score INTEGER, credits INTEGER, work_months_after INTEGER, certificate_id TEXT, batch_id TEXT,
    created_at TEXT NOT NULL, version INTEGER NOT NULL`,
  );
  await createUnique(
    m,
    'learning_outcomes_number',
    'learning_outcomes (college_id, kind, issuer, number) WHERE number IS NOT NULL',
  );
  await createIndex(m, 'learning_outcomes_by_enrolment', 'learning_outcomes (enrolment_id)');
  await createTable(
    m,
    'outcome_course_matches',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), kind TEXT NOT NULL CHECK (kind IN ${OUTCOME_KINDS}), outcome_name TEXT NOT NULL,
    level TEXT NOT NULL, course_id TEXT NOT NULL REFERENCES courses(id), overlap INTEGER NOT NULL CHECK (overlap BETWEEN 0 AND 10000),
    source TEXT NOT NULL, UNIQUE (college_id, kind, outcome_name, level, course_id)`,
  );
  await createTable(
    m,
    'credit_applications',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), enrolment_id TEXT NOT NULL REFERENCES enrolments(id), outcome_id TEXT NOT NULL REFERENCES learning_outcomes(id),
    applied_on TEXT NOT NULL, actor_id TEXT NOT NULL, at TEXT NOT NULL`,
  );
  await createIndex(m, 'credit_applications_by_enrolment', 'credit_applications (enrolment_id)');
  await appendOnly(m, 'credit_applications');
  await createTable(
    m,
    'outcome_courses',
    `
    id TEXT PRIMARY KEY, application_id TEXT NOT NULL REFERENCES credit_applications(id), course_id TEXT NOT NULL REFERENCES courses(id), UNIQUE (application_id, course_id)`,
  );
  await appendOnly(m, 'outcome_courses');
  await createTable(
    m,
    'credit_spendings',
    `
    outcome_id TEXT PRIMARY KEY REFERENCES learning_outcomes(id), application_id TEXT NOT NULL UNIQUE REFERENCES credit_applications(id), at TEXT NOT NULL`,
  );
  await appendOnly(m, 'credit_spendings');
  await createTable(
    m,
    'credit_entries',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), enrolment_id TEXT NOT NULL REFERENCES enrolments(id),
    outcome_id TEXT NOT NULL REFERENCES credit_spendings(outcome_id), course_id TEXT NOT NULL REFERENCES courses(id), credits INTEGER NOT NULL CHECK (credits > 0),
    score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 1000), decision_id TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (enrolment_id, course_id)`,
  );
  await appendOnly(m, 'credit_entries');
}

async function rules(m: Migration): Promise<void> {
  await createTable(
    m,
    'rule_sets',
    `
    college_id TEXT NOT NULL REFERENCES colleges(id), id TEXT NOT NULL, subject TEXT NOT NULL, title TEXT NOT NULL, created_at TEXT NOT NULL, PRIMARY KEY (college_id, id)`,
  );
  await createTable(
    m,
    'rule_revisions',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL, rule_set TEXT NOT NULL, revision INTEGER NOT NULL CHECK (revision >= 1), hash TEXT NOT NULL, document TEXT NOT NULL,
    valid_from TEXT NOT NULL, valid_to TEXT, author_id TEXT NOT NULL, frozen_at TEXT NOT NULL,
    UNIQUE (college_id, rule_set, revision), UNIQUE (college_id, hash), FOREIGN KEY (college_id, rule_set) REFERENCES rule_sets(college_id, id)`,
  );
  await appendOnly(m, 'rule_revisions');
  await createTable(
    m,
    'rule_approvals',
    `
    id TEXT PRIMARY KEY, revision_id TEXT NOT NULL REFERENCES rule_revisions(id), hash TEXT NOT NULL, approver_id TEXT NOT NULL, at TEXT NOT NULL, mac TEXT NOT NULL,
    UNIQUE (revision_id, approver_id)`,
  );
  await appendOnly(m, 'rule_approvals');
  await createTable(
    m,
    'rule_events',
    `
    id TEXT PRIMARY KEY, revision_id TEXT NOT NULL REFERENCES rule_revisions(id), kind TEXT NOT NULL CHECK (kind IN ('published','withdrawn','suspended','resumed')),
    reason TEXT, actor_id TEXT NOT NULL, at TEXT NOT NULL`,
  );
  await createUnique(m, 'rule_events_published_once', "rule_events (revision_id) WHERE kind = 'published'");
  await appendOnly(m, 'rule_events');
  await createTable(
    m,
    'rule_bindings',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL, purpose TEXT NOT NULL CHECK (purpose IN ('eligibility','credit','skill_conclusion','diploma_conclusion','title','policy')),
    scope TEXT NOT NULL, rule_set TEXT NOT NULL, from_on TEXT NOT NULL, UNIQUE (college_id, purpose, scope, from_on),
    FOREIGN KEY (college_id, rule_set) REFERENCES rule_sets(college_id, id)`,
  );
  await appendOnly(m, 'rule_bindings');
  await createTable(
    m,
    'decisions',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), case_id TEXT NOT NULL REFERENCES enrolments(id), pathway_id TEXT REFERENCES pathways(id),
    purpose TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL, rule_set TEXT NOT NULL, revision INTEGER NOT NULL, rule_hash TEXT NOT NULL,
    outcome_type TEXT NOT NULL CHECK (outcome_type IN ('grant','deny','refer','undetermined','out-of-scope')), outcome_code TEXT, decided_at TEXT NOT NULL,
    record TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, supersedes TEXT REFERENCES decisions(id), mac TEXT NOT NULL`,
  );
  await createUnique(m, 'decisions_superseded_once', 'decisions (supersedes) WHERE supersedes IS NOT NULL');
  await createIndex(m, 'decisions_by_case', 'decisions (case_id, pathway_id)');
  await createIndex(m, 'decisions_by_subject', 'decisions (subject_id, purpose)');
  await appendOnly(m, 'decisions');
}

async function certification(m: Migration): Promise<void> {
  await createTable(
    m,
    'public_notices',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), pathway_id TEXT NOT NULL REFERENCES pathways(id), decision_id TEXT NOT NULL UNIQUE REFERENCES decisions(id),
    opened_at TEXT NOT NULL, closes_at TEXT NOT NULL, closed_at TEXT`,
  );
  await createIndex(m, 'public_notices_by_pathway', 'public_notices (pathway_id)');
  await createTable(
    m,
    'sign_offs',
    `
    id TEXT PRIMARY KEY, pathway_id TEXT NOT NULL REFERENCES pathways(id), decision_id TEXT NOT NULL UNIQUE REFERENCES decisions(id), notice_id TEXT NOT NULL REFERENCES public_notices(id),
    answer TEXT NOT NULL CHECK (answer IN ('approved','refused')), reason TEXT, officer_id TEXT NOT NULL, at TEXT NOT NULL, mac TEXT NOT NULL,
    CHECK (answer = 'approved' OR reason IS NOT NULL)`,
  );
  await appendOnly(m, 'sign_offs');
  await createTable(
    m,
    'number_series',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), template TEXT NOT NULL CHECK (template IN ('skill_22','diploma_18')), scope TEXT NOT NULL,
    value INTEGER NOT NULL CHECK (value >= 0), UNIQUE (college_id, template, scope)`,
  );
  await createTable(
    m,
    'certificates',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), person_id TEXT NOT NULL REFERENCES people(id), enrolment_id TEXT NOT NULL REFERENCES enrolments(id),
    pathway_id TEXT NOT NULL REFERENCES pathways(id), type TEXT NOT NULL CHECK (type IN ('diploma','skill')), type_key TEXT NOT NULL,
    series_id TEXT NOT NULL REFERENCES number_series(id), serial INTEGER NOT NULL, number TEXT NOT NULL UNIQUE, verification_id TEXT NOT NULL UNIQUE,
    status_index INTEGER NOT NULL, decision_id TEXT NOT NULL UNIQUE REFERENCES decisions(id), authorisation_id TEXT NOT NULL REFERENCES issuing_authorisations(id),
    issued_on TEXT NOT NULL, payload TEXT NOT NULL, payload_hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('allocated','signed','issued','suspended','revoked','superseded','void')), allocated_at TEXT NOT NULL, version INTEGER NOT NULL,
    UNIQUE (series_id, serial), UNIQUE (college_id, status_index)`,
  );
  await createUnique(
    m,
    'certificates_one_live',
    "certificates (college_id, person_id, type_key) WHERE state IN ('issued','suspended')",
  );
  await createUnique(
    m,
    'certificates_one_in_making',
    "certificates (college_id, person_id, type_key) WHERE state IN ('allocated','signed')",
  );
  await createIndex(m, 'certificates_by_enrolment', 'certificates (enrolment_id)');
  await createTable(
    m,
    'certificate_events',
    `
    id TEXT PRIMARY KEY, certificate_id TEXT NOT NULL REFERENCES certificates(id), ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('allocated','signed','issued','rendered','suspended','resumed','revoked','superseded','void','printed','handed_over','returned','reprinted')),
    body TEXT NOT NULL, reason TEXT, actor_id TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (certificate_id, ordinal)`,
  );
  await appendOnly(m, 'certificate_events');
  await createTable(
    m,
    'certificate_signatures',
    `
    certificate_id TEXT PRIMARY KEY REFERENCES certificates(id), kid TEXT NOT NULL, alg TEXT NOT NULL, signature TEXT NOT NULL, signed_at TEXT NOT NULL`,
  );
  await appendOnly(m, 'certificate_signatures');
}

async function work(m: Migration): Promise<void> {
  await createTable(
    m,
    'import_batches',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), kind TEXT NOT NULL, file_name TEXT NOT NULL, file_hash TEXT NOT NULL, preview_hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('previewed','committed','undone')), options TEXT NOT NULL, report TEXT NOT NULL, row_count INTEGER NOT NULL, fault_count INTEGER NOT NULL,
    created_by TEXT NOT NULL, created_at TEXT NOT NULL, committed_at TEXT, undone_at TEXT, version INTEGER NOT NULL`,
  );
  await createUnique(
    m,
    'import_batches_same_file_once',
    "import_batches (college_id, kind, file_hash) WHERE state = 'committed'",
  );
  await createTable(
    m,
    'import_rows',
    `
    batch_id TEXT NOT NULL REFERENCES import_batches(id), row_no INTEGER NOT NULL, vals TEXT NOT NULL, faults TEXT, PRIMARY KEY (batch_id, row_no)`,
  );
  await createTable(
    m,
    'operations',
    `
    id TEXT PRIMARY KEY, college_id TEXT NOT NULL REFERENCES colleges(id), kind TEXT NOT NULL, scope TEXT NOT NULL, total INTEGER NOT NULL,
    created_by TEXT NOT NULL, created_at TEXT NOT NULL, paused_at TEXT, cancelled_at TEXT, finished_at TEXT, report TEXT, version INTEGER NOT NULL`,
  );
  await createTable(
    m,
    'operation_items',
    `
    operation_id TEXT NOT NULL REFERENCES operations(id), ordinal INTEGER NOT NULL, item_id TEXT NOT NULL, status TEXT NOT NULL CHECK (status IN ('waiting','done','refused')),
    code TEXT, PRIMARY KEY (operation_id, ordinal), UNIQUE (operation_id, item_id)`,
  );
  await createTable(
    m,
    'operation_events',
    `
    operation_id TEXT NOT NULL REFERENCES operations(id), ordinal INTEGER NOT NULL, done INTEGER NOT NULL, refused INTEGER NOT NULL, note TEXT, at TEXT NOT NULL, PRIMARY KEY (operation_id, ordinal)`,
  );
  await createTable(
    m,
    'reminders',
    `
    id TEXT PRIMARY KEY, case_id TEXT NOT NULL, step TEXT NOT NULL, due_on TEXT NOT NULL, ordinal INTEGER NOT NULL, role TEXT NOT NULL, person_id TEXT, object_id TEXT,
    at TEXT NOT NULL, UNIQUE (object_id, step, due_on, ordinal)`,
  );
}
