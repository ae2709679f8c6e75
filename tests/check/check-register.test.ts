import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../db/open.ts';
import type { SignerRecord } from '../../register/check/check.ts';
import { forEachDatabase, onSqlite, testClock } from '../support/databases.ts';
import { aStudentLine } from '../support/imports.ts';
import { aLogWith, breached, certified, copyOf, forced } from './support.ts';
import type { Certified } from './support.ts';

const IN_TERM_FIVE = '2025-09-08T02:00:00.000Z';

forEachDatabase((_name, open) => {
  test('a register that only commands have written to holds in every point', async () => {
    const { db, record } = await certified(await open({ clock: testClock(IN_TERM_FIVE) }));
    expect(await db.reader('certificates').pluck('state')).toEqual(['issued', 'issued', 'issued']);
    expect(await breached(db, { signer: record })).toEqual([]);
  });
});

interface Spoilt {
  copy: Database;
  signer: SignerRecord;
}

type Defect = readonly [found: string, what: string, spoil: (at: Spoilt) => Promise<unknown>];

/** Statements past triggers and references. */
const sql =
  (...statements: string[]) =>
  (at: Spoilt) =>
    forced(at.copy, async () => {
      for (const statement of statements) await at.copy.writer.raw(statement);
    });
const ONE_CERTIFICATE = "(SELECT id FROM certificates WHERE type = 'skill' ORDER BY serial LIMIT 1)";

const defects: readonly Defect[] = [
  ['I2 unknown_actor', 'a score by nobody', sql("UPDATE score_events SET actor_id = 'usr_nobody' WHERE rowid = 1")],
  ['I2 no_leaf', 'a score that no leaf accounts for', sql('UPDATE score_events SET batch_id = NULL WHERE rowid = 1')],
  [
    'I3 differs_from_last_event',
    'a current score changed beside its events',
    sql('UPDATE current_scores SET value = 990 WHERE rowid = 1'),
  ],
  ['I3 versions_not_dense', 'a version left out', sql('UPDATE score_events SET version = 3 WHERE rowid = 1')],
  ['I3 event_without_score', 'a current score lost', sql('DELETE FROM current_scores WHERE rowid = 1')],
  [
    'I4 number_bound_again',
    'a number that the signer knows for another certificate',
    async ({ signer }) => Object.assign(signer.entries[0]!, { certificateId: signer.entries[1]!.certificateId }),
  ],
  [
    'I5 counter_differs_from_certificates',
    'a counter ahead of its certificates',
    sql('UPDATE number_series SET value = value + 1'),
  ],
  ['I5 gap_in_series', 'a certificate gone', sql(`DELETE FROM certificates WHERE id = ${ONE_CERTIFICATE}`)],
  [
    'I6 second_live_certificate',
    'two live certificates of one person and type',
    sql(
      'DROP INDEX certificates_one_live',
      "UPDATE certificates SET type_key = 'skill/6-31-01-03/four', person_id = (SELECT person_id FROM certificates WHERE type = 'diploma')",
    ),
  ],
  [
    'I7 decision_does_not_grant_it',
    'a certificate hung on another decision',
    sql(
      `UPDATE certificates SET decision_id = (SELECT id FROM decisions WHERE purpose = 'eligibility' LIMIT 1) WHERE id = ${ONE_CERTIFICATE}`,
    ),
  ],
  ['I7 not_signed_off', 'a certificate nobody signed off', sql('DELETE FROM sign_offs')],
  [
    'I8 replay_differs',
    'one fact of a decision changed',
    sql(
      `UPDATE decisions SET record = replace(record, '"theoryScore":710', '"theoryScore":711') WHERE purpose = 'skill_conclusion'`,
    ),
  ],
  [
    'I9 document_altered',
    'one number of a rule changed',
    sql(
      `UPDATE rule_revisions SET document = replace(document, '"value":600', '"value":601') WHERE rule_set = 'conclusion.skill-certificate'`,
    ),
  ],
  [
    'I9 published_without_approval',
    'a rule in force that nobody approved',
    sql('DELETE FROM rule_approvals WHERE rowid = 1'),
  ],
  [
    'I9 published_without_approval',
    'a rule approved by its own author',
    sql("UPDATE rule_approvals SET approver_id = 'library' WHERE rowid = 1"),
  ],
  [
    'I9 rule_not_published_then',
    'a decision under a rule that came later',
    sql("UPDATE rule_events SET at = '2026-01-01T00:00:00.000Z'"),
  ],
  [
    'I10 authorisation_not_valid_then',
    'a certificate outside the authorisation',
    sql("UPDATE issuing_authorisations SET to_on = '2025-01-01'"),
  ],
  [
    'I11 leaf_hash_wrong',
    'one letter of a leaf changed',
    sql("UPDATE audit_leaves SET leaf = replace(leaf, 'signed_off', 'signed_on') WHERE kind = 'signed_off'"),
  ],
  [
    'I11 audit_head_differs',
    'the last leaf cut off',
    sql('DELETE FROM audit_leaves WHERE seq = (SELECT max(seq) FROM audit_leaves)'),
  ],
  ['I12 row_altered', 'a score changed in the table', sql('UPDATE score_events SET value = 990 WHERE rowid = 1')],
  [
    'I12 row_altered',
    'a decision turned round',
    sql("UPDATE decisions SET outcome_type = 'grant', outcome_code = 'x'"),
  ],
  [
    'I13 not_sent',
    'a nudge nobody sends',
    sql(
      "UPDATE outbox SET sent_at = NULL, created_at = '2025-01-01T00:00:00.000Z', not_before = '2025-01-01T00:00:00.000Z'",
    ),
  ],
  [
    'I15 signature_wrong',
    'a signature changed',
    sql("UPDATE certificate_signatures SET signature = replace(replace(signature, 'A', 'B'), 'a', 'b')"),
  ],
  ['I15 ledger_differs', 'a certificate the ledger lost', async ({ signer }) => (signer.entries as unknown[]).pop()],
  [
    'I15 payload_differs_from_row',
    'a holder’s name changed in the payload',
    sql("UPDATE certificates SET payload = replace(payload, '学生', '先生')"),
  ],
  ['I15 signed_but_not_in_register', 'a certificate the register lost', sql('DELETE FROM certificates')],
  [
    'I17 effects_and_keys_differ',
    'an act done twice',
    sql("DELETE FROM idempotency_keys WHERE command = 'allocateCertificate'"),
  ],
  [
    'I19 class_id_of_another_college',
    'a student in another college’s class',
    sql(
      "INSERT INTO colleges SELECT 'col_other', '14998', name_zh, name_en, demo, notice_working_days, created_at FROM colleges",
      "INSERT INTO org_units VALUES ('org_other', 'col_other', NULL, 'class', 'x', NULL, NULL)",
      "UPDATE enrolments SET class_id = 'org_other' WHERE rowid = 1",
    ),
  ],
  [
    'I20 object_missing',
    'a trigger lost',
    ({ copy }) => copy.writer.raw('DROP TRIGGER score_events_append_only_update'),
  ],
  ['I20 object_missing', 'a unique index dropped', ({ copy }) => copy.writer.raw('DROP INDEX certificates_one_live')],
  ['I20 reference_broken', 'a row that refers to nothing', sql('DELETE FROM people WHERE rowid = 1')],
  [
    'I21 signed_off_during_notice',
    'a sign-off while the notice was open',
    sql("UPDATE sign_offs SET at = '2025-09-09T00:00:00.000Z'"),
  ],
  ['I21 notice_cut_short', 'a notice closed too early', sql('UPDATE public_notices SET closed_at = opened_at')],
  ['I23 counter_rewound', 'a counter set back', sql('UPDATE number_series SET value = value - 1')],
];

onSqlite((open) => {
  describe('the checker turns red at', () => {
    let base: Certified;
    beforeAll(async () => {
      base = await certified(await open({ clock: testClock(IN_TERM_FIVE) }));
    });

    test.each(defects)('%s: %s', async (found, _what, spoil) => {
      const { copy, done } = await copyOf(base.db);
      const signer = { ...base.record, entries: base.record.entries.map((entry) => ({ ...entry })) };
      try {
        expect(await breached(copy, { signer })).toEqual([]);
        await spoil({ copy, signer });
        expect(await breached(copy, { signer })).toContain(found);
      } finally {
        await done();
      }
    });

    test('I18: an ID number in a log', async () => {
      const log = aLogWith(aStudentLine(1)[2] ?? '');
      try {
        expect(await breached(base.db, { signer: base.record, findInFiles: log.find })).toEqual([
          'I18 id_number_in_the_clear',
        ]);
      } finally {
        log.done();
      }
    });

    test('I15: a ledger that is gone altogether', async () => {
      expect(await breached(base.db, { signer: null })).toEqual(['I15 key_unknown']);
    });
  });
});
