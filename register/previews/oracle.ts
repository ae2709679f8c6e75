import { readTx } from '../../db/read-tx.ts';
import { verdictByEngine } from '../../rules/decide.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { equalVerdicts } from '../../rules/preview.ts';
import type { Drawn } from '../../rules/preview-sample.ts';
import type { Facts } from '../../rules/verdict.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';
import { comparePairs, readStudents } from './compare.ts';
import type { Answer, Pair } from './compare.ts';
import { groundOf } from './ground.ts';
import { refOf, stratumOf } from './part.ts';
import type { PreviewRow } from './preview-row.ts';

export interface OracleCounts {
  /** Changed and unchanged verdicts that were decided again by json-rules-engine. */
  changed: number;
  unchanged: number;
  /** Times it decided: once a verdict where both books give the same document on the same facts, else twice. */
  runs: number;
  disagreed: number;
  /** Verdicts whose facts have moved since their page was read; decided again as they are now. */
  moved: number;
}

interface Sample {
  changed: readonly Drawn[];
  unchanged: readonly Drawn[];
}

/** The second opinion: the verdicts drawn are read and decided again, by json-rules-engine. */
export async function askOracle(register: Register, preview: PreviewRow, sample: Sample): Promise<OracleCounts> {
  const drawn = new Map([...sample.changed, ...sample.unchanged].map((one) => [one.ref, one]));
  const counts: OracleCounts = { changed: 0, unchanged: 0, runs: 0, disagreed: 0, moved: 0 };
  if (drawn.size === 0) return counts;
  const students = [...new Set([...drawn.keys()].map((ref) => ref.slice(0, ref.indexOf('/'))))].sort();
  const read = await readTx(register.db, async (tx) => readStudents(tx, await groundOf(tx, preview), students));
  for (const pair of comparePairs(read)) {
    const one = drawn.get(refOf(pair));
    if (!one) continue;
    drawn.delete(one.ref);
    if (one.stratum !== stratumOf(pair)) counts.moved += 1;
    counts[pair.change === null ? 'unchanged' : 'changed'] += 1;
    await decideAgain(pair, counts);
  }
  counts.moved += drawn.size; // closed, spent or gone since
  return counts;
}

async function decideAgain({ before, after }: Pair, counts: OracleCounts): Promise<void> {
  const same = sameQuestion(before, after);
  for (const answer of same ? [before] : [before, after]) {
    const { selected, facts } = answer;
    if (!('loaded' in selected) || selected.suspended) continue;
    counts.runs += 1;
    if (!(await agreesWith(answer, selected.loaded, facts))) counts.disagreed += 1;
  }
}

async function agreesWith({ side }: Answer, loaded: LoadedRuleset, facts: Facts): Promise<boolean> {
  if (side.type === 'error') return isRefused(() => verdictByEngine(loaded, facts));
  return equalVerdicts(side.verdict, await verdictByEngine(loaded, facts));
}

async function isRefused(decide: () => Promise<unknown>): Promise<boolean> {
  try {
    await decide();
    return false;
  } catch (error) {
    return error instanceof Problem && error.code === 'fact_not_lawful';
  }
}

function sameQuestion(a: Answer, b: Answer): boolean {
  return a.facts === b.facts && 'loaded' in a.selected && 'loaded' in b.selected && a.selected.hash === b.selected.hash;
}
