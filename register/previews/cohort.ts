import type { Rows } from '../../db/keyset.ts';
import { pagesOf } from '../../db/rows.ts';
import type { Tx } from '../../db/tx.ts';
import { wantsOutcomes, wantsPathways } from './wanted.ts';
import type { Wanted } from './wanted.ts';

const PAGE = 900;

/**
 * Open pathways whose certificate is not under way: what is allocated or issued is changed by a person's act alone.
 * Each kind that is wanted; the scope of an eligibility is looked at where the pathway is read.
 */
function openPathways(query: Rows, { diploma, skill, eligibility }: Wanted): Rows {
  const types = [...(diploma ? ['diploma'] : []), ...(skill || eligibility !== null ? ['skill'] : [])];
  return query
    .whereIn('w.type', types)
    .whereNull('w.closed_at')
    .whereNotExists(
      (some: Rows) =>
        void some
          .from('certificates')
          .whereRaw('certificates.pathway_id = w.id')
          .whereNot('certificates.state', 'void')
          .select('certificates.id'),
    );
}

/** Outcomes not spent yet: what a spent one was worth is settled. */
function openOutcomes(query: Rows, { credit, title }: Wanted): Rows {
  const kinds = [...new Set([...(credit ?? []), ...(title ?? [])])];
  if (!kinds.includes('*')) void query.whereIn('o.kind', kinds);
  return query.whereNotExists(
    (some: Rows) =>
      void some
        .from('credit_spendings')
        .whereRaw('credit_spendings.outcome_id = o.id')
        .select('credit_spendings.outcome_id'),
  );
}

/** Every student with something to decide, in the order of their ids. */
export async function studentsInScope(tx: Tx, collegeId: string, wanted: Wanted): Promise<string[]> {
  const found: string[][] = [];
  if (wantsPathways(wanted))
    found.push(
      await openPathways(tx('pathways as w').where('w.college_id', collegeId), wanted)
        .distinct()
        .pluck('w.enrolment_id'),
    );
  if (wantsOutcomes(wanted))
    found.push(
      await openOutcomes(tx('learning_outcomes as o').where('o.college_id', collegeId), wanted)
        .distinct()
        .pluck('o.enrolment_id'),
    );
  return [...new Set(found.flat())].sort();
}

export interface Placed {
  id: string;
  class_id: string;
  programme_id: string;
}

/** Where these students belong, by id. */
export async function placesOf(tx: Tx, students: readonly string[]): Promise<Map<string, Placed>> {
  const places = new Map<string, Placed>();
  for (const page of pagesOf(students, PAGE)) {
    const rows: Placed[] = await tx('enrolments as e')
      .join('plans as l', 'l.id', 'e.plan_id')
      .whereIn('e.id', page)
      .select('e.id', 'e.class_id', 'l.programme_id');
    for (const row of rows) places.set(row.id, row);
  }
  return places;
}

export async function pathwaysOf(tx: Tx, students: readonly string[], wanted: Wanted): Promise<string[]> {
  if (!wantsPathways(wanted)) return [];
  const ids: string[] = [];
  for (const page of pagesOf(students, PAGE))
    for (const id of await openPathways(tx('pathways as w').whereIn('w.enrolment_id', page), wanted).pluck('w.id'))
      ids.push(id);
  return ids;
}

export interface OpenOutcome {
  id: string;
  enrolment_id: string;
  kind: string;
}

export async function outcomesOf(tx: Tx, students: readonly string[], wanted: Wanted): Promise<string[]> {
  if (!wantsOutcomes(wanted)) return [];
  const ids: string[] = [];
  for (const page of pagesOf(students, PAGE))
    for (const id of await openOutcomes(tx('learning_outcomes as o').whereIn('o.enrolment_id', page), wanted).pluck(
      'o.id',
    ))
      ids.push(id);
  return ids;
}
