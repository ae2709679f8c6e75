import { expect, test, vi } from 'vitest';
import { randomOf } from '../../bench/rules/random.ts';
import { tableCatalogue, tableDocument, withOneSlip } from '../../bench/rules/table-document.ts';
import { analyse } from '../../rules/analysis/analyse.ts';
import { prepareDifference } from '../../rules/analysis/difference.ts';
import { decide } from '../../rules/decide.ts';
import { loadRuleset } from '../../rules/load.ts';
import { patience, seed } from './seed.ts';

vi.setConfig({ testTimeout: patience });

/** Where a bound is one step off, few students stand; an exact analysis needs none. The bench tries a hundred of each. */
test.each([
  [50, 100],
  [166, 25],
  [440, 10],
])(
  'in a table of %i rules each of %i bounds off by one step is found, and so are the cases it changes',
  (size, many) => {
    const doc = tableDocument(size);
    const base = loadRuleset(doc, { catalogues: tableCatalogue(doc) });
    expect(analyse(base).findings).toEqual([]);

    const random = randomOf(seed + size);
    const missed: string[] = [];
    for (let i = 0; i < many; i += 1) {
      const { doc: slipped, node } = withOneSlip(doc, random);
      const draft = { doc: slipped, hash: base.hash }; // the lint has nothing to say of a bound
      const { difference, holds } = prepareDifference(base, draft);
      if (analyse(draft).findings.length === 0 || difference.equal || !difference.decided) missed.push(node);
      for (const { witness } of difference.shifts) {
        expect(holds(witness)).toBe(true);
        expect(decide(draft, witness)).not.toEqual(decide(base, witness));
      }
    }
    expect(missed).toEqual([]);
  },
);
