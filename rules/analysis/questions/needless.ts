import { meet } from '../box.ts';
import type { Box } from '../box.ts';
import type { Inquiry } from '../finding.ts';
import { nameOf } from '../finding.ts';
import { enter, missingBox, newForest, parted, startIn, verdictIn, viewIn } from '../forest.ts';
import type { Forest, State, View } from '../forest.ts';

/** Facts that a rule can grant without. */
export interface Needless {
  rule: string;
  facts: string[];
}

export interface Hunt {
  forest: Forest;
  view: View;
  rule: string;
}

/** Asks of one granting rule after the other which facts it can grant without, all others being recorded. */
export function needlessFacts(inquiry: Inquiry): (rule: number) => Needless {
  const { model, doc } = inquiry;
  const { space } = model;
  const forest = newForest(space.layout, inquiry.meter);
  const view = viewIn(forest, model, { gapped: true });
  const facts = [...space.axis.keys()].filter(
    (fact) => Object.hasOwn(doc.facts, fact) && (doc.facts[fact]!.missing ?? 'undetermined') === 'undetermined',
  );
  return (rule) => {
    const hunt: Hunt = { forest, view, rule: nameOf(inquiry, rule) };
    const ways = model.rules[rule]!.sure.map((box) => ({ box, state: startIn(forest, box) }));
    const grantsWithout = (fact: string): boolean =>
      ways.some(({ box, state }) => {
        const region = meet(space.layout, box, missingBox(space, fact, space.recorded));
        return region !== null && grantingPart(hunt, region, state) !== null;
      });
    return { rule: hunt.rule, facts: facts.filter(grantsWithout).sort() };
  };
}

/** A part of the region in which the rule is what grants. */
export function grantingPart(hunt: Hunt, region: Box, outer: State): Box | null {
  const { forest, view, rule } = hunt;
  const state = enter(forest, region, outer);
  const verdict = verdictIn(view, region, state);
  if (!Array.isArray(verdict))
    return verdict.type === 'grant' && (verdict.because.rules ?? []).includes(rule) ? region : null;
  for (const part of parted(forest.layout, { region, state, trees: verdict })) {
    const found = grantingPart(hunt, part, state);
    if (found !== null) return found;
  }
  return null;
}
