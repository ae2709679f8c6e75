import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import type { HomeGroup } from '../../schemas/api/college.ts';
import type { Permission } from '../../schemas/permissions.ts';
import type { Principal } from '../accounts/principal.ts';
import { actingUnder } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { openImports } from './imports.ts';
import { ownPathways, pathwaysAtStage } from './pathways.ts';
import { resultsAwaited } from './results.ts';
import { revisionsWaiting } from './revisions.ts';
import { sheetsDue, sheetsReturned, sheetsToAccept, unlocksAsked } from './sheets.ts';

type Kind = HomeGroup['kind'];
export type Waiting = Omit<HomeGroup, 'kind'>;
type Reader = (tx: Tx, by: Principal) => Promise<Waiting>;

/** Each kind of waiting thing, and the permission that makes it one's business. */
const readers: readonly [Kind, Permission, Reader][] = [
  ['sheet_returned', 'score_sheets.edit', sheetsReturned],
  ['sheet_due', 'score_sheets.edit', sheetsDue],
  ['unlock_request', 'score_sheets.accept', unlocksAsked],
  ['sheet_to_accept', 'score_sheets.accept', sheetsToAccept],
  ['pathway_referred', 'decisions.record', pathwaysAtStage('referred')],
  ['pathway_refused', 'decisions.record', pathwaysAtStage('refused')],
  ['pathway_to_audit', 'decisions.record', pathwaysAtStage('deciding')],
  ['import_open', 'imports.run', openImports],
  ['sign_off_ready', 'certificates.sign_off', pathwaysAtStage('sign_off')],
  // the registrar imports them; the officer sees what a certificate waits for
  ['results_awaited', 'notices.manage', resultsAwaited],
  ['revision_to_approve', 'rules.approve', revisionsWaiting('approval')],
  ['revision_to_publish', 'rules.publish', revisionsWaiting('publication')],
];

/** What waits for whoever is signed in: groups with a count and the first of each. */
export async function readHome({ db }: Register, by: Principal): Promise<{ groups: HomeGroup[] }> {
  if (by.collegeId === null) return { groups: [] };
  return readTx(db, async (tx) => {
    const groups: HomeGroup[] = [];
    for (const [kind, permission, read] of readers) {
      const acting = actingUnder(by, permission);
      const waiting = acting && (await read(tx, acting));
      if (waiting && waiting.count > 0) groups.push({ kind, ...waiting });
    }
    const own = by.personId === null ? null : await ownPathways(tx, by.personId);
    if (own && own.count > 0) groups.push({ kind: 'own_pathway', ...own });
    return { groups };
  });
}
