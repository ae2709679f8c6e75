import { verifyAudit } from '../../db/verify-audit.ts';
import { check, everyRow, tally } from './check.ts';
import type { Row } from './check.ts';

export const logIsWhole = check(
  'I11',
  ['留痕连续、哈希正确、与根一致', 'the log is dense, hashed right and sums up to its root'],
  async ({ tx }) => {
    const { size, fault } = await verifyAudit(tx);
    return {
      checked: size,
      breaches: fault === null ? 0 : 1,
      first: fault && { row: `audit_leaves ${fault.seq}`, what: fault.code },
    };
  },
);

/** Tables whose rows carry a MAC, and the column whose object the log must name; null where another check looks for the leaf. */
const guarded: readonly [table: string, object: string | null][] = [
  ['decisions', 'id'],
  ['sign_offs', 'id'],
  ['rule_approvals', 'revision_id'],
  ['rule_approved_proofs', 'revision_id'],
  ['score_events', null],
  ['assessment_results', null],
];
const noted: readonly string[] = ['certificates', 'public_notices', 'rule_revisions', 'credit_applications'];

export const rowsAreGuarded = check(
  'I12',
  ['每行有留痕，校验码正确', 'every row has its leaf; row MACs are right'],
  async ({ db, tx }) => {
    const { finding, look } = tally();
    const objects = new Set(await tx('audit_leaves').distinct('object_id').pluck('object_id'));
    for (const [table, object] of guarded) {
      for await (const row of everyRow(tx, table)) {
        const mac = db.keys.rowMac(table, row) !== row.mac && 'row_altered';
        look(`${table} ${row.id}`, mac || (object !== null && !objects.has(row[object]) && 'no_leaf'));
      }
    }
    for (const table of noted) {
      for await (const row of everyRow(tx, table)) look(`${table} ${row.id}`, !objects.has(row.id) && 'no_leaf');
    }
    return finding;
  },
);

const ALARM_MILLIS = 10 * 60_000;

export const nudgesAreSent = check(
  'I13',
  ['待发提醒未超过报警时限', 'no nudge waits longer than its alarm age'],
  async ({ tx, now }) => {
    const { finding, look } = tally();
    const alarm = new Date(Date.parse(now) - ALARM_MILLIS).toISOString();
    const waiting: Row[] = await tx('outbox').whereNull('sent_at').select('id', 'created_at', 'not_before');
    for (const row of waiting)
      look(`outbox ${row.id}`, String(row.created_at) < alarm && String(row.not_before) < alarm && 'not_sent');
    return finding;
  },
);

/** What a command of the conductor leaves behind, once for each key. */
const effects: readonly [command: string, table: string, where: Readonly<Record<string, string>>][] = [
  ['openNotice', 'public_notices', {}],
  ['allocateCertificate', 'certificates', {}],
  ['signCertificate', 'certificate_signatures', {}],
  ['issueCertificate', 'certificate_events', { kind: 'issued' }],
];

export const keysHaveOneEffect = check(
  'I17',
  ['每个操作键只生效一次', 'each key has one effect and one answer'],
  async ({ tx }) => {
    const { finding, look } = tally();
    for (const [command, table, where] of effects) {
      const keys = await tx('idempotency_keys').where({ command, principal: 'system' }).count({ n: '*' }).first();
      const made = await tx(table).where(where).count({ n: '*' }).first();
      look(
        `${command} → ${table}`,
        Number(keys?.n) !== Number(made?.n) && `effects_and_keys_differ: ${made?.n}, ${keys?.n}`,
      );
    }
    const spent: Row[] = await tx('decision_points')
      .groupBy('pathway_id', 'kind', 'key')
      .havingRaw('count(*) > 1')
      .select('pathway_id', 'kind', 'key');
    for (const row of spent) look(`decision_points ${row.pathway_id}`, 'point_dealt_with_twice');
    return finding;
  },
);
