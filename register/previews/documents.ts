import type { Query } from '../../db/tx.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { loadedByHash } from '../rules/loaded.ts';
import { draftOf } from './preview-row.ts';
import type { PreviewRow } from './preview-row.ts';

/** The documents with these hashes, the draft among them. */
export async function documentsByHash(
  query: Query,
  preview: PreviewRow,
  hashes: readonly string[],
): Promise<Map<string, LoadedRuleset>> {
  const rows: { hash: string; document: string }[] = await query('rule_revisions')
    .where({ college_id: preview.college_id })
    .whereIn('hash', [...new Set(hashes)])
    .select('hash', 'document');
  const found = new Map(rows.map(({ hash, document }) => [hash, loadedByHash(hash, document)]));
  return found.set(preview.draft_hash, draftOf(preview));
}

/** The documents of these rule sets, newest first; the draft before all of its own. */
export async function documentsNamed(
  query: Query,
  preview: PreviewRow,
  ruleSets: readonly string[],
): Promise<Map<string, LoadedRuleset[]>> {
  const rows: { rule_set: string; hash: string; document: string }[] = await query('rule_revisions')
    .where({ college_id: preview.college_id })
    .whereIn('rule_set', ruleSets)
    .orderBy('revision', 'desc')
    .select('rule_set', 'hash', 'document');
  const found = new Map<string, LoadedRuleset[]>([[preview.rule_set, [draftOf(preview)]]]);
  for (const { rule_set: ruleSet, hash, document } of rows)
    found.set(ruleSet, [...(found.get(ruleSet) ?? []), loadedByHash(hash, document)]);
  return found;
}
