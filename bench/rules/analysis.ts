import { analyse } from '../../rules/analysis/analyse.ts';
import { difference } from '../../rules/analysis/difference.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import type { Figure } from '../figure.ts';
import { figure } from '../figure.ts';
import { quantile } from './paired.ts';
import { randomOf } from './random.ts';
import { tableCatalogue, tableDocument, withOneSlip } from './table-document.ts';

const SIZES = [
  { rules: 50, atMost: 0.03 },
  { rules: 166, atMost: 0.1 },
  { rules: 440, atMost: 0.5 },
] as const;
const TIMES = 15;
const SLIPS = 100;

/** Every question of the exact analysis, and the exact difference, over tables as colleges write them. */
export function benchAnalysis(say: (line: string) => void): Figure[] {
  return SIZES.flatMap((size) => {
    say(`a table of ${size.rules} rules`);
    return ofTable(size);
  });
}

function ofTable({ rules, atMost }: (typeof SIZES)[number]): Figure[] {
  const doc = tableDocument(rules);
  const base = loadRuleset(doc, { catalogues: tableCatalogue(doc) });
  const { doc: slipped } = withOneSlip(doc, randomOf(rules));
  const draft: LoadedRuleset = { doc: slipped, hash: base.hash }; // the lint has nothing to say of a bound
  const { cells, findings } = analyse(base);
  const analysis = cpuSeconds(() => analyse(base));
  const compared = cpuSeconds(() => difference(base, draft));
  const against = `${cells} cells, ${findings.length} findings, median of ${TIMES} in CPU time`;
  const other: LoadedRuleset = { doc: tableDocument(rules, 2), hash: base.hash };
  const rewritten = cpuSeconds(() => difference(base, other), 3);
  const found = slipsFound(base);
  return [
    figure({ name: `analysis_${rules}`, value: analysis, unit: 's', atMost, against }),
    figure({
      name: `difference_${rules}`,
      value: compared,
      unit: 's',
      ...(rules === 440 ? { atMost: 0.1 } : {}),
      against: `one bound moved by one step, median of ${TIMES} in CPU time`,
    }),
    figure({
      name: `difference_rewritten_${rules}`,
      value: rewritten,
      unit: 's',
      against: `every bound of every rule moved, decided: ${difference(base, other).decided}`,
    }),
    figure({
      name: `slips_found_${rules}`,
      value: found,
      unit: `of ${SLIPS}`,
      atLeast: SLIPS,
      against: 'bounds one step off or including what they excluded, each found by the analysis and by the difference',
    }),
  ];
}

function slipsFound(base: LoadedRuleset): number {
  const random = randomOf(base.doc.rules.length);
  let found = 0;
  for (let i = 0; i < SLIPS; i += 1) {
    const draft: LoadedRuleset = { doc: withOneSlip(base.doc, random).doc, hash: base.hash };
    const { equal, decided } = difference(base, draft);
    if (decided && !equal && analyse(draft).findings.length > 0) found += 1;
  }
  return found;
}

/** The first times warm the machine up and do not count. */
function cpuSeconds(work: () => unknown, times = TIMES): number {
  const samples: number[] = [];
  for (let i = -Math.min(5, times); i < times; i += 1) {
    const began = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(began);
    if (i >= 0) samples.push((user + system) / 1e6);
  }
  return quantile(samples, 0.5);
}
