import type { Tx } from '../../db/tx.ts';
import { decide } from '../../rules/decide.ts';
import { suspendedVerdict } from '../../rules/select.ts';
import type { Facts, Verdict } from '../../rules/verdict.ts';
import type { Provenance } from '../../schemas/decision.ts';
import type { CollegeTime } from '../college/clock.ts';
import { selectOrNone } from '../facts/no-rule.ts';
import type { NoRule } from '../facts/no-rule.ts';
import { readPathwayFacts } from '../facts/pathway.ts';
import type { PathwayRow } from '../facts/rows.ts';
import { openRuleBook } from '../rules/rule-book.ts';
import type { DateMissing, Purpose, RuleBook, Selected } from '../rules/rule-book.ts';

/** What is asked about a pathway: may its holder sit the assessment, or is its certificate earned. */
export type Asked = 'eligibility' | 'conclusion';

export interface PathwayFacts {
  pathway: PathwayRow;
  facts: Facts;
  /** The policy that facts of a diploma rest on is wanting. */
  noPolicy: NoRule | null;
  /** Where each fact came from; made only when a record needs it. */
  provenance(): Provenance;
}

export interface WorkedOut extends PathwayFacts {
  purpose: Purpose;
  selected: Selected | DateMissing | NoRule;
  verdict: Verdict;
}

/** Everything a verdict rests on, read in one snapshot. */
export interface Ground {
  book: RuleBook;
  time: CollegeTime;
  read: PathwayFacts[];
}

export async function readGround(
  tx: Tx,
  { collegeId, pathwayIds, time }: { collegeId: string; pathwayIds: readonly string[]; time: CollegeTime },
): Promise<Ground> {
  const book = await openRuleBook(tx, collegeId, time.now);
  return { book, time, read: await readPathwayFacts(tx, { book, time, pathwayIds }) };
}

/** The verdicts of these pathways as the rules in force see them now; nothing is stored. Engines run here, outside transactions. */
export function workOutAll({ book, read }: Ground, asked: Asked = 'conclusion'): WorkedOut[] {
  return read.map((one) => workOut(book, one, asked));
}

export function workOut(book: RuleBook, one: PathwayFacts, asked: Asked): WorkedOut {
  const purpose = purposeOf(one.pathway, asked);
  const selected = one.noPolicy ?? ruleFor(book, one, asked);
  return { ...one, purpose, selected, verdict: verdictUnder(selected, one.facts) };
}

/** What answers for this pathway, or why nothing does. */
export function ruleFor(book: RuleBook, one: PathwayFacts, asked: Asked): Selected | DateMissing | NoRule {
  const purpose = purposeOf(one.pathway, asked);
  return selectOrNone(book, {
    purpose,
    scope: scopeOf(one.pathway, purpose),
    dateOf: (fact) => dateFactOf(one.facts, fact),
  });
}

/** Suspended rules send every case to a person; without a rule, or its date, nothing is said yet. */
export function verdictUnder(selected: Selected | DateMissing | NoRule, facts: Facts): Verdict {
  if ('noRule' in selected) return { type: 'undetermined', fired: [], missing: [], because: { kind: 'missing' } };
  if ('missingDate' in selected)
    return { type: 'undetermined', fired: [], missing: [selected.missingDate], because: { kind: 'missing' } };
  if (selected.suspended) return suspendedVerdict();
  return decide(selected.loaded, facts);
}

export function purposeOf(pathway: PathwayRow, asked: Asked): Purpose {
  if (asked === 'eligibility') return 'eligibility';
  return pathway.type === 'diploma' ? 'diploma_conclusion' : 'skill_conclusion';
}

function scopeOf(pathway: PathwayRow, purpose: Purpose): string {
  return purpose === 'eligibility' ? (pathway.condition_edition ?? '*') : '*';
}

function dateFactOf(facts: Facts, fact: string): number | null {
  const value = facts[fact];
  return typeof value === 'number' ? value : null;
}
