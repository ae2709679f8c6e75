import { Agreement } from '../schemas/agreement.ts';
import { canonicalJson } from '../schemas/canonical.ts';
import type { Database } from './open.ts';
import { plumbingTx } from './transaction.ts';
import type { Query } from './tx.ts';

/** Keeps the last report only. */
export async function saveAgreement(db: Database, report: Agreement): Promise<void> {
  const row = { id: 1, at: report.at, report: canonicalJson(report) };
  await plumbingTx(db, 'saveAgreement', (tx) => tx('agreement').insert(row).onConflict('id').merge(['at', 'report']));
}

/** Null until the worker has compared for the first time. */
export async function lastAgreement(query: Query): Promise<Agreement | null> {
  const row = await query('agreement').where({ id: 1 }).first<{ report: string } | undefined>('report');
  return row === undefined ? null : Agreement.parse(JSON.parse(row.report));
}
