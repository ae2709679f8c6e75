import type { DraftRunner } from '../../rules/drafts.ts';
import { isCalendarDay } from '../../rules/domain.ts';
import { parseStrictJson } from '../../rules/strict-json.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { dateNumber } from '../../schemas/time.ts';
import { exits } from './terminal.ts';
import type { Terminal } from './terminal.ts';

interface Asked {
  document: string;
  facts: string;
  /** The legal date asked about. */
  on: string | undefined;
  drafts: DraftRunner;
}

/** What a document says of these facts on that date, on both evaluators. */
export async function decideOnce({ document, facts, on, drafts }: Asked, { print }: Terminal): Promise<number> {
  const faults = await drafts.lint(document);
  if (faults.length > 0) throw new Problem('rule_document_faulty', faults);
  const { validity, facts: declared } = parseStrictJson(document) as Ruleset; // the lint has checked the shape
  const given = parseStrictJson(facts) as Record<string, unknown>; // the facts gate checks every value
  const { dateFact } = validity;
  if (on !== undefined) demandInForce(validity, on);
  const dated =
    on === undefined || !Object.hasOwn(declared, dateFact) ? given : { ...given, [dateFact]: dateNumber(on) };
  const { verdict, title, reasons, nearMisses, agree } = await drafts.try(document, dated);
  const { trace: _, ...said } = verdict;
  const answer = { ...said, title, reasons: reasons.map(({ text }) => text), nearMisses, evaluatorsAgree: agree };
  print(JSON.stringify(answer, null, 2));
  return agree ? exits.fine : exits.not;
}

/** A document says nothing of a day on which it is not in force. */
function demandInForce({ from, to }: Ruleset['validity'], on: string): void {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(on) || !isCalendarDay(dateNumber(on)))
    throw new Problem('bad_input', [{ pointer: '/on', code: 'format_wrong', detail: { on } }]);
  if (on >= from && (to === null || on < to)) return;
  throw new Problem('no_rule_for_date', [{ pointer: '/validity', code: 'no_rule_for_date', detail: { on, from, to } }]);
}
