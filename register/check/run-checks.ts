import { readTx } from '../../db/read-tx.ts';
import type { Database } from '../../db/open.ts';
import type { Check, Finding, Ground } from './check.ts';
import { collegesAreApart } from './colleges.ts';
import { certificatesRestOnDecisions, decisionsReplay, orderFollowsCause, rulesWereInForce } from './decisions.ts';
import { issuerWasAuthorised, signaturesHold } from './issuing.ts';
import { keysHaveOneEffect, logIsWhole, nudgesAreSent, rowsAreGuarded } from './log.ts';
import { countersNeverGoBack, numbersAreUnique, oneLiveCertificate, seriesAreGapless } from './numbers.ts';
import { scoresAreFolded, scoresHaveAuthors } from './scores.ts';
import { idNumbersAreHidden, storageIsSound } from './storage.ts';

/** The invariants that can be seen in the register, the signer's ledger and the data folder (reliability.md §8). */
export const checks: readonly Check[] = [
  scoresHaveAuthors,
  scoresAreFolded,
  numbersAreUnique,
  seriesAreGapless,
  oneLiveCertificate,
  certificatesRestOnDecisions,
  decisionsReplay,
  rulesWereInForce,
  issuerWasAuthorised,
  logIsWhole,
  rowsAreGuarded,
  nudgesAreSent,
  signaturesHold,
  keysHaveOneEffect,
  idNumbersAreHidden,
  collegesAreApart,
  storageIsSound,
  orderFollowsCause,
  countersNeverGoBack,
];

export interface CheckResult extends Finding {
  check: Check;
}

/** Runs every check on one snapshot. Changes nothing; a check that cannot run at all counts as a breach. */
export async function runChecks(db: Database, ground: Omit<Ground, 'db' | 'tx'>): Promise<CheckResult[]> {
  return readTx(db, async (tx) => {
    const results: CheckResult[] = [];
    for (const check of checks) results.push({ check, ...(await attempt(check, { ...ground, db, tx })) });
    return results;
  });
}

async function attempt(check: Check, ground: Ground): Promise<Finding> {
  try {
    return await check.run(ground);
  } catch (error) {
    return { checked: 0, breaches: 1, first: { row: check.id, what: `check_failed: ${String(error)}` } };
  }
}
