import { pagesOf } from '../../db/rows.ts';
import type { Tx } from '../../db/tx.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';

const MOST_KEPT = 200;
const kept = new Map<string, LoadedRuleset>();

/** A revision ready to decide, built once per hash. The hash is recomputed on each load; another one means the stored text was changed. */
export function loadedByHash(hash: string, document: string): LoadedRuleset {
  const known = kept.get(hash);
  if (known) return known;
  const loaded = loadRuleset(JSON.parse(document), { hash });
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string);
  kept.set(hash, loaded);
  return loaded;
}

const MOST_TEXTS = 400;
const texts = new Map<string, string>();

/** The documents of these revisions: each is fetched once in a process, not once a case. */
export async function documentsOf(
  tx: Tx,
  revisions: readonly { id: string; hash: string }[],
): Promise<Map<string, string>> {
  const found = new Map(
    revisions.flatMap(({ hash }): [string, string][] => (texts.has(hash) ? [[hash, texts.get(hash)!]] : [])),
  );
  const wanted = revisions.filter(({ hash }) => !found.has(hash)).map(({ id }) => id);
  for (const page of pagesOf(wanted, 900)) {
    const rows: { hash: string; document: string }[] = await tx('rule_revisions')
      .whereIn('id', page)
      .select('hash', 'document');
    for (const { hash, document } of rows) {
      found.set(hash, document);
      if (texts.size >= MOST_TEXTS) texts.delete(texts.keys().next().value as string);
      texts.set(hash, document);
    }
  }
  return found;
}
