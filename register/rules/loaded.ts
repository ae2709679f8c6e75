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
