import { readTx } from '../../db/read-tx.ts';
import { findingsAmong } from '../../rules/analysis/among.ts';
import { outdatedWords } from '../../rules/analysis/outdated-words.ts';
import type { Analysis } from '../../rules/analysis/analyse.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { standingDocuments } from './standing-documents.ts';

/**
 * The analysis of a document, and what only shows beside the college's other rules: days without a rule, rounds that raise
 * a level, words that still tell of what is in force.
 */
export async function analyseAmongOthers(
  register: Register,
  loaded: LoadedRuleset,
  collegeId: string,
): Promise<Analysis> {
  const analysis = await register.drafts.analyse(loaded.doc);
  const standing = await readTx(register.db, async (tx) => {
    const { today } = await collegeTime(tx, register.systemClock, collegeId);
    return standingDocuments(tx, { collegeId, today });
  });
  const among = findingsAmong(loaded, {
    periods: standing.filter(({ ruleSet }) => ruleSet === loaded.doc.id).map(({ period }) => period),
    others: standing.filter((one) => one.standing === 'in_force').map((one) => one.loaded),
  });
  const answering = standing.find((one) => one.standing === 'in_force' && one.ruleSet === loaded.doc.id);
  const words = answering ? outdatedWords(answering.loaded, loaded) : [];
  return { ...analysis, findings: [...words, ...among, ...analysis.findings] };
}
