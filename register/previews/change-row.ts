import { turnedNodes } from '../../rules/preview.ts';
import type { NodeState, Turned } from '../../rules/preview.ts';
import { outcomeOf } from '../../rules/record.ts';
import { canonicalJson } from '../../schemas/canonical.ts';
import type { Outcome } from '../../schemas/decision.ts';
import type { Answer, Pair } from './compare.ts';
import { rulesOf } from './part.ts';

/** What is kept of one side: the outcome and the document that gave it. The student's facts are not kept. */
export interface KeptSide {
  type: Answer['side']['type'];
  outcome: Outcome;
  fired: string[];
  ruleSet: string | null;
  hash: string | null;
}

type KeptState = Omit<NodeState, 'got'>;
export type KeptTurned = Omit<Turned, 'before' | 'after'> & { before: KeptState | null; after: KeptState | null };

export interface ChangeDetail {
  before: KeptSide;
  after: KeptSide;
  turned: KeptTurned[];
}

/** A changed verdict as it is stored, with the condition that turned it. */
export function changeRow(pair: Pair, { previewId, ordinal }: { previewId: string; ordinal: number }) {
  const { before, after } = pair;
  const detail: ChangeDetail = { before: keptSide(before), after: keptSide(after), turned: turnedOf(pair).map(kept) };
  const rules = [...new Set([...rulesOf(before), ...rulesOf(after)])];
  return {
    ...{ preview_id: previewId, ordinal, enrolment_id: pair.studentId, purpose: pair.purpose },
    ...{ subject_kind: pair.subject.kind, subject_id: pair.subject.id, course_id: pair.courseId, target: pair.target },
    ...{ programme_id: pair.programmeId, class_id: pair.classId, change: pair.change },
    ...{ from_type: before.side.type, to_type: after.side.type },
    // each between bars, to be found by one
    rules: rules.length === 0 ? '' : `|${rules.join('|')}|`,
    detail: canonicalJson(detail),
  };
}

function keptSide({ selected, side }: Answer): KeptSide {
  const named =
    'loaded' in selected ? { ruleSet: selected.ruleSet, hash: selected.hash } : { ruleSet: null, hash: null };
  return { type: side.type, outcome: outcomeOf(side.verdict), fired: side.verdict.fired, ...named };
}

/** Where a document decided on both sides; a suspension, or no rule at all, is a reason of its own. */
export function turnedOf({ before, after }: Pair): Turned[] {
  const [old, now] = [caseOf(before), caseOf(after)];
  return old && now ? turnedNodes(old, now) : [];
}

function caseOf({ selected, facts, side }: Answer) {
  if (!('loaded' in selected) || selected.suspended || side.type === 'error') return null;
  return { loaded: selected.loaded, verdict: side.verdict, facts };
}

function kept({ before, after, ...turned }: Turned): KeptTurned {
  return { ...turned, before: before && withoutGot(before), after: after && withoutGot(after) };
}

function withoutGot({ truth, operator, value }: NodeState): KeptState {
  return { truth, operator, value };
}
