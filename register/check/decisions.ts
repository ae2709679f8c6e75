import type { Tx } from '../../db/tx.ts';
import { hashOf } from '../../rules/canonical.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { replayDecision } from '../../rules/record.ts';
import type { Certificate } from '../../schemas/certificate.ts';
import type { Decision } from '../../schemas/decision.ts';
import { legalDateOf } from '../../schemas/time.ts';
import { check, everyRow, tally } from './check.ts';
import type { Row } from './check.ts';

export const certificatesRestOnDecisions = check(
  'I7',
  ['证书→决定→规则→事实，逐级对应', 'certificate to decision to rule to facts, link by link'],
  async ({ tx }) => {
    const { finding, look } = tally();
    const hashes = new Set(await tx('rule_revisions').pluck('hash'));
    for await (const row of everyRow(tx, 'certificates')) {
      const decision: Row | undefined = await tx('decisions').where({ id: row.decision_id }).first();
      const approval = await tx('sign_offs').where({ decision_id: row.decision_id, answer: 'approved' }).first('id');
      look(`certificates ${row.id}`, brokenLink(row, decision, hashes) ?? (approval === undefined && 'not_signed_off'));
    }
    return finding;
  },
);

const conclusions: Readonly<Record<string, string>> = { diploma: 'diploma_conclusion', skill: 'skill_conclusion' };

function brokenLink(row: Row, decision: Row | undefined, hashes: ReadonlySet<string>): string | null {
  if (decision === undefined) return 'decision_missing';
  const payload = JSON.parse(String(row.payload)) as Certificate; // made by us; its hash is checked with the signatures
  if (decision.outcome_type !== 'grant' || decision.purpose !== conclusions[String(row.type)])
    return 'decision_does_not_grant_it';
  if (decision.pathway_id !== row.pathway_id || decision.case_id !== row.enrolment_id)
    return 'decision_of_another_case';
  if (payload.decisionHash !== decision.hash || payload.ruleHash !== decision.rule_hash)
    return 'payload_names_other_hashes';
  return hashes.has(String(decision.rule_hash)) ? null : 'rule_missing';
}

export const decisionsReplay = check(
  'I8',
  ['决定可逐字节回放', 'every decision replays to the same bytes'],
  async ({ tx }) => {
    const { finding, look } = tally();
    const documents = await loadedRevisions(tx);
    for await (const row of everyRow(tx, 'decisions')) {
      const loaded = documents.get(revisionKey(row));
      const record = JSON.parse(String(row.record)) as Decision; // the replay finds what is wrong with it
      if (!loaded) look(`decisions ${row.id}`, 'rule_missing');
      else look(`decisions ${row.id}`, columnsDiffer(row, record) ?? (await replayed(loaded, record)));
    }
    return finding;
  },
);

const revisionKey = (row: Row): string => [row.college_id, row.rule_set, row.revision].join(' ');

/** Loaded from the stored text, not from any cache. A text that no longer loads is as good as missing. */
async function loadedRevisions(tx: Tx): Promise<Map<string, LoadedRuleset>> {
  const documents = new Map<string, LoadedRuleset>();
  for await (const row of everyRow(tx, 'rule_revisions')) {
    try {
      documents.set(revisionKey(row), loadRuleset(JSON.parse(String(row.document))));
    } catch {}
  }
  return documents;
}

function columnsDiffer(row: Row, record: Decision): string | null {
  const same =
    record.id === row.id &&
    record.case === row.case_id &&
    record.subject.id === row.subject_id &&
    record.hash === row.hash &&
    record.ruleSet.hash === row.rule_hash &&
    record.outcome.type === row.outcome_type &&
    record.time.decidedAt === row.decided_at &&
    record.engines.agree;
  return same ? null : 'columns_differ_from_record';
}

async function replayed(loaded: LoadedRuleset, record: Decision): Promise<string | null> {
  const { same, differences } = await replayDecision(loaded, record);
  return same ? null : `replay_differs: ${differences.join(', ')}`;
}

export const rulesWereInForce = check(
  'I9',
  ['所用规则当时有效，且经他人批准', 'the rule was in force, approved by others than its author'],
  async ({ tx }) => {
    const { finding, look } = tally();
    const revisions = new Map<string, Row>();
    const published = new Map<unknown, string>(
      (await tx('rule_events').where({ kind: 'published' })).map((row: Row) => [row.revision_id, String(row.at)]),
    );
    const persons = new Map<unknown, unknown>((await tx('users')).map((row: Row) => [row.id, row.person_id ?? row.id]));
    const approvals: Row[] = await tx('rule_approvals');
    const editors: Row[] = await tx('rule_revision_editors');
    const personOf = (user: unknown): unknown => persons.get(user) ?? user;
    for await (const row of everyRow(tx, 'rule_revisions')) {
      revisions.set(revisionKey(row), row);
      const edited = editors.filter((one) => one.revision_id === row.id).map((one) => personOf(one.user_id));
      const barred = new Set([personOf(row.author_id), ...edited]);
      const byOthers = approvals.filter(
        (one) => one.revision_id === row.id && one.hash === row.hash && !barred.has(personOf(one.approver_id)),
      );
      const altered = hashOf(JSON.parse(String(row.document))) !== row.hash && 'document_altered';
      look(
        `rule_revisions ${row.id}`,
        altered || (published.has(row.id) && byOthers.length === 0 && 'published_without_approval'),
      );
    }
    for await (const row of everyRow(tx, 'decisions')) {
      const revision = revisions.get(revisionKey(row));
      const { time } = JSON.parse(String(row.record)) as Decision; // hashes are checked with the replay
      look(
        `decisions ${row.id}`,
        !revision
          ? 'rule_missing'
          : notInForce(revision, { time, published: published.get(revision.id), hash: row.rule_hash }),
      );
    }
    return finding;
  },
);

function notInForce(
  revision: Row,
  { time, published, hash }: { time: Decision['time']; published: string | undefined; hash: unknown },
): string | null {
  if (revision.hash !== hash) return 'another_hash_than_the_revision';
  if (published === undefined || published > time.knownAt) return 'rule_not_published_then';
  const { effectiveDate } = time;
  const ended = revision.valid_to !== null && effectiveDate >= String(revision.valid_to);
  return effectiveDate < String(revision.valid_from) || ended ? 'rule_not_in_force_on_the_date' : null;
}

export const orderFollowsCause = check(
  'I21',
  ['先后顺序不与因果相违', 'order never contradicts cause'],
  async ({ tx }) => {
    const { finding, look } = tally();
    const decided = new Map<unknown, string>();
    for await (const row of everyRow(tx, 'decisions')) decided.set(row.id, String(row.decided_at));
    for await (const row of everyRow(tx, 'decisions')) {
      look(
        `decisions ${row.id}`,
        row.supersedes !== null &&
          (decided.get(row.supersedes) ?? '') > String(row.decided_at) &&
          'superseded_before_it_was_made',
      );
    }
    const closed = new Map<unknown, string | null>();
    for await (const row of everyRow(tx, 'public_notices')) {
      closed.set(row.id, row.closed_at === null ? null : String(row.closed_at));
      const early = String(row.opened_at) < (decided.get(row.decision_id) ?? '') && 'notice_before_decision';
      look(
        `public_notices ${row.id}`,
        early || (row.closed_at !== null && String(row.closed_at) < String(row.closes_at) && 'notice_cut_short'),
      );
    }
    const signed = new Map<unknown, string>();
    for await (const row of everyRow(tx, 'sign_offs')) {
      signed.set(row.decision_id, String(row.at));
      const end = closed.get(row.notice_id) ?? null;
      look(`sign_offs ${row.id}`, (end === null || String(row.at) < end) && 'signed_off_during_notice');
    }
    for await (const row of everyRow(tx, 'certificates')) {
      const at = signed.get(row.decision_id);
      look(
        `certificates ${row.id}`,
        (at === undefined || String(row.issued_on) < legalDateOf(at)) && 'certificate_before_sign_off',
      );
    }
    return finding;
  },
);
