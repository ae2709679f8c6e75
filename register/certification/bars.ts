import type { Query, Tx } from '../../db/tx.ts';
import type { Bar } from '../../rules/recusal.ts';
import { barsOnSignOff } from '../../rules/recusal.ts';

interface Question {
  officerId: string;
  enrolmentId: string;
}

/** The bars between an officer and a student's case, read from what the officer has done and teaches. */
export async function barsBetween(tx: Tx, { officerId, enrolmentId }: Question): Promise<Bar[]> {
  const between = await barsAmong(tx, { officers: [officerId], enrolments: [enrolmentId] });
  return between(officerId, enrolmentId);
}

interface Enrolment {
  id: string;
  person_id: string;
  class_id: string;
}

/** The same for several officers and cases at once. */
export async function barsAmong(
  query: Query,
  { officers, enrolments }: { officers: readonly string[]; enrolments: readonly string[] },
): Promise<(officerId: string, enrolmentId: string) => Bar[]> {
  const cases: Enrolment[] = await query('enrolments').whereIn('id', enrolments).select('id', 'person_id', 'class_id');
  const people: { id: string; person_id: string | null }[] = await query('users')
    .whereIn('id', officers)
    .select('id', 'person_id');
  const scored = await query('score_events')
    .whereIn('enrolment_id', enrolments)
    .whereIn('actor_id', officers)
    .where({ batch_id: null })
    .distinct('actor_id', 'enrolment_id');
  const recorded = await query('assessment_results')
    .join('pathways', 'pathways.id', 'assessment_results.pathway_id')
    .whereIn('pathways.enrolment_id', enrolments)
    .whereIn('assessment_results.actor_id', officers)
    .distinct({ actor_id: 'assessment_results.actor_id', enrolment_id: 'pathways.enrolment_id' });
  const taught = await query('offerings')
    .whereIn(
      'class_id',
      cases.map((one) => one.class_id),
    )
    .whereIn('teacher_id', officers)
    .distinct('teacher_id', 'class_id');
  const scores = pairs(scored.map((row) => [row.actor_id, row.enrolment_id]));
  const results = pairs(recorded.map((row) => [row.actor_id, row.enrolment_id]));
  const classes = pairs(taught.map((row) => [row.teacher_id, row.class_id]));
  const personOf = new Map(people.map(({ id, person_id: person }) => [id, person]));
  const caseOf = new Map(cases.map((one) => [one.id, one]));
  return (officer, enrolment) => {
    const person = personOf.get(officer) ?? null;
    const of = caseOf.get(enrolment);
    return barsOnSignOff({
      self: person !== null && person === of?.person_id,
      enteredScores: scores(officer, enrolment),
      enteredResult: results(officer, enrolment),
      teachesClass: of !== undefined && classes(officer, of.class_id),
    });
  };
}

function pairs(found: readonly [string, string][]): (one: string, other: string) => boolean {
  const known = new Set(found.map((pair) => pair.join(' ')));
  return (one, other) => known.has(`${one} ${other}`);
}
