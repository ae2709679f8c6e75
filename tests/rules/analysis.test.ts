import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { analyse } from '../../rules/analysis/analyse.ts';
import type { Analysis, Finding } from '../../rules/analysis/analyse.ts';
import { groundOf, modelOf } from '../../rules/analysis/model.ts';
import { gapBoxes } from '../../rules/analysis/questions/gaps.ts';
import { locate } from '../../rules/analysis/locate.ts';
import { spaceOf } from '../../rules/analysis/space.ts';
import { Meter } from '../../rules/analysis/uncovered.ts';
import { firedTwoValued } from '../../rules/compile.ts';
import { decide } from '../../rules/decide.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { bruteForce } from './brute-force.ts';
import { catalogueOf } from './example.ts';
import { patience, seed, someRuns } from './seed.ts';
import { everyCase, smallDocuments } from './small-documents.ts';
import type { Case } from './small-documents.ts';

// a thousand documents, each decided in every case, also on a machine that is busy with other things
vi.setConfig({ testTimeout: patience });

const load = (doc: Ruleset): LoadedRuleset => loadRuleset(doc, { catalogues: catalogueOf(doc) });

const HASHED = ['gap', 'not_monotone'];

/** Of names that end in a hash the part before it. */
function namesOf({ findings }: Analysis): string[] {
  const names = findings.map(({ code, name }) => (HASHED.includes(code) ? name.slice(0, name.lastIndexOf(':')) : name));
  return [...new Set(names)].sort();
}

test('every finding and every silence is what deciding all cases shows, each witness included', () => {
  fc.assert(
    fc.property(smallDocuments, (doc) => {
      const loaded = load(doc);
      const analysis = analyse(loaded);
      const expected = bruteForce(loaded);

      expect(analysis.notDecided).toEqual([]);
      expect(namesOf(analysis)).toEqual(expected.names);
      expect(analysis.needless).toEqual(expected.needless);
      for (const finding of analysis.findings) {
        if (finding.witness === null) continue;
        expect(Object.keys(finding.witness).sort()).toEqual(Object.keys(doc.facts).sort());
        expect([finding.name, isShownBy(loaded, finding, finding.witness)]).toEqual([finding.name, true]);
      }
    }),
    { seed, numRuns: someRuns(500) },
  );
});

test.each([
  ['nothing missing', false],
  ['some of them missing', true],
])('the regions of a gap are disjoint and cover exactly the cases without a rule, with %s', (_, gapped) => {
  fc.assert(
    fc.property(smallDocuments, (doc) => {
      const loaded = load(doc);
      const space = spaceOf([doc])!;
      const model = modelOf(doc, space);
      const boxes = gapBoxes({ model, meter: new Meter(1e6) }, groundOf(model, { gapped, meter: new Meter(1e6) }));

      const wrong = everyCase([doc], { gapped }).filter((facts) => {
        const point = locate(space, [doc], facts) as number[];
        const around = boxes.filter((box) => point.every((word, w) => (word & box[w]!) === word));
        return around.length !== (decide(loaded, facts).because.kind === 'otherwise' ? 1 : 0);
      });
      expect(wrong).toEqual([]);
    }),
    { seed, numRuns: someRuns(250) },
  );
});

function isShownBy(loaded: LoadedRuleset, { code, rules }: Finding, witness: Case): boolean {
  const { fired, because } = decide(loaded, witness);
  const [rule, other] = rules;
  switch (code) {
    case 'gap':
      return because.kind === 'otherwise';
    case 'conflict':
    case 'overlap':
      return because.kind === 'conflict' && rules.every((one) => because.rules!.includes(one));
    case 'subsumed':
      return fired.includes(rule!) && fired.includes(other!);
    case 'unreachable':
      return fired.includes(rule!) && !because.rules!.includes(rule!);
    case 'always_fires':
      return fired.includes(rule!);
    case 'missing_data_hazard':
      return firedTwoValued(loaded.doc, witness).includes(rule!) && !fired.includes(rule!);
    case 'not_monotone':
      return because.kind !== 'missing';
    case 'redundant_condition':
      return rules.every((one) => fired.includes(one));
    default:
      return false;
  }
}
