import type { Tx } from '../../db/tx.ts';
import { check, tally } from './check.ts';

type Reference = readonly [column: string, parent: string];

/** References between rows that both carry a college. */
const direct: Readonly<Record<string, readonly Reference[]>> = {
  org_units: [['parent_id', 'org_units']],
  programmes: [['department_id', 'org_units']],
  plans: [['programme_id', 'programmes']],
  schemes: [['course_id', 'courses']],
  offerings: [
    ['course_id', 'courses'],
    ['class_id', 'org_units'],
    ['term_id', 'terms'],
    ['plan_id', 'plans'],
    ['scheme_id', 'schemes'],
  ],
  enrolments: [
    ['person_id', 'people'],
    ['plan_id', 'plans'],
    ['class_id', 'org_units'],
  ],
  pathways: [['enrolment_id', 'enrolments']],
  score_sheets: [['offering_id', 'offerings']],
  score_events: [
    ['sheet_id', 'score_sheets'],
    ['enrolment_id', 'enrolments'],
    ['course_id', 'courses'],
  ],
  assessment_results: [['pathway_id', 'pathways']],
  learning_outcomes: [['enrolment_id', 'enrolments']],
  outcome_course_matches: [['course_id', 'courses']],
  credit_applications: [
    ['enrolment_id', 'enrolments'],
    ['outcome_id', 'learning_outcomes'],
  ],
  credit_entries: [
    ['enrolment_id', 'enrolments'],
    ['course_id', 'courses'],
    ['decision_id', 'decisions'],
  ],
  decisions: [
    ['case_id', 'enrolments'],
    ['pathway_id', 'pathways'],
  ],
  public_notices: [
    ['pathway_id', 'pathways'],
    ['decision_id', 'decisions'],
  ],
  certificates: [
    ['person_id', 'people'],
    ['enrolment_id', 'enrolments'],
    ['pathway_id', 'pathways'],
    ['series_id', 'number_series'],
    ['decision_id', 'decisions'],
    ['authorisation_id', 'issuing_authorisations'],
  ],
};

/** Rows without a college of their own that join two that have one. */
const joined: readonly [table: string, one: Reference, other: Reference][] = [
  ['score_sheet_rows', ['sheet_id', 'score_sheets'], ['enrolment_id', 'enrolments']],
  ['current_scores', ['enrolment_id', 'enrolments'], ['course_id', 'courses']],
  ['plan_courses', ['plan_id', 'plans'], ['course_id', 'courses']],
  ['sign_offs', ['pathway_id', 'pathways'], ['decision_id', 'decisions']],
  ['outcome_courses', ['application_id', 'credit_applications'], ['course_id', 'courses']],
];

export const collegesAreApart = check(
  'I19',
  ['没有跨院校引用', 'no reference reaches into another college'],
  async ({ tx }) => {
    const { finding, look } = tally();
    for (const [table, references] of Object.entries(direct)) {
      for (const [column, parent] of references) {
        const foreign = await tx(`${table} as c`)
          .join(`${parent} as p`, 'p.id', `c.${column}`)
          .whereRaw('p.college_id <> c.college_id')
          .first('c.id');
        look(`${table} ${foreign?.id ?? column}`, foreign && `${column}_of_another_college`);
      }
    }
    for (const [table, one, other] of joined) {
      const foreign = await crossing(tx, table, [one, other]);
      look(`${table} ${foreign ?? ''}`.trim(), foreign && 'joins_two_colleges');
    }
    return finding;
  },
);

async function crossing(tx: Tx, table: string, [one, other]: [Reference, Reference]): Promise<string | undefined> {
  const row = await tx(`${table} as c`)
    .join(`${one[1]} as a`, 'a.id', `c.${one[0]}`)
    .join(`${other[1]} as b`, 'b.id', `c.${other[0]}`)
    .whereRaw('a.college_id <> b.college_id')
    .first({ id: 'a.id' });
  return row?.id;
}
