import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import type { StudentEvents } from '../../schemas/api/students.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { studentInScope } from './read-student.ts';

type Event = StudentEvents['items'][number];

/** What has happened in a case, oldest first: the done part of the timeline. */
export async function readStudentEvents({ db }: Register, by: Principal, id: string): Promise<StudentEvents> {
  return readTx(db, async (tx) => {
    await studentInScope(tx, by, id);
    const items = [
      ...(await enrolled(tx, id)),
      ...(await scored(tx, id)),
      ...(await pathwayEvents(tx, id)),
      ...(await assessed(tx, id)),
      ...(await decided(tx, id)),
      ...(await noticed(tx, id)),
      ...(await certified(tx, id)),
      ...(await converted(tx, id)),
    ];
    return { items: items.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)) };
  });
}

type Part = Pick<Event, 'at' | 'kind'> & Partial<Event>;
const event = ({ at, kind, pathwayId = null, object = null, detail = {} }: Part): Event => ({
  at,
  kind,
  pathwayId,
  object,
  detail,
});

async function enrolled(tx: Tx, id: string): Promise<Event[]> {
  const row = await tx('enrolments').where({ id }).first('created_at', 'enrolled_on');
  const later = await tx('enrolment_events').where({ enrolment_id: id }).select('id', 'kind', 'at');
  return [
    event({ at: row.created_at, kind: 'enrolled', detail: { enrolledOn: row.enrolled_on } }),
    ...later.map((one) =>
      event({ at: one.at, kind: one.kind, object: { kind: 'enrolment_event', id: one.id, name: null } }),
    ),
  ];
}

async function scored(tx: Tx, id: string): Promise<Event[]> {
  const rows = await tx('score_events as s')
    .join('courses as c', 'c.id', 's.course_id')
    .where('s.enrolment_id', id)
    .groupBy(['s.sheet_id', 's.course_id', 'c.name', 's.attempt', 's.version', 's.at'])
    .select('s.sheet_id', 'c.name', 's.attempt', 's.version', 's.at');
  return rows.map((row) =>
    event({
      at: row.at,
      kind: Number(row.version) > 1 ? 'scores_corrected' : 'scores_recorded',
      object: { kind: 'score_sheet', id: row.sheet_id, name: row.name },
      detail: { attempt: Number(row.attempt) },
    }),
  );
}

async function pathwayEvents(tx: Tx, id: string): Promise<Event[]> {
  const rows = await tx('pathways')
    .where({ enrolment_id: id })
    .whereNotNull('closed_at')
    .select('id', 'closed_at', 'closed_reason');
  const points = await tx('decision_points as d')
    .join('pathways as w', 'w.id', 'd.pathway_id')
    .where('w.enrolment_id', id)
    .whereIn('d.kind', ['application', 'audit'])
    .select('d.pathway_id', 'd.kind', 'd.reached_at');
  return [
    ...rows.map((row) =>
      event({
        at: row.closed_at,
        kind: 'pathway_closed',
        pathwayId: row.id,
        detail: { reason: row.closed_reason ?? '' },
      }),
    ),
    ...points.map((row) =>
      event({ at: row.reached_at, kind: row.kind === 'audit' ? 'audit_asked' : 'applied', pathwayId: row.pathway_id }),
    ),
  ];
}

async function assessed(tx: Tx, id: string): Promise<Event[]> {
  const rows = await tx('assessment_results as r')
    .join('pathways as w', 'w.id', 'r.pathway_id')
    .where('w.enrolment_id', id)
    .select('r.*');
  return rows.map((row) => {
    const { theory, practical, review, mark, assessed_on: assessedOn } = row;
    return event({
      at: row.at,
      kind: 'level_result_recorded',
      pathwayId: row.pathway_id,
      detail: { assessedOn, theory, practical, review, mark },
    });
  });
}

async function decided(tx: Tx, id: string): Promise<Event[]> {
  const rows = await tx('decisions')
    .where({ case_id: id })
    .select('id', 'pathway_id', 'purpose', 'outcome_type', 'rule_set', 'decided_at');
  return rows.map((row) =>
    event({
      at: row.decided_at,
      kind: 'decided',
      pathwayId: row.pathway_id,
      object: { kind: 'decision', id: row.id, name: row.rule_set },
      detail: { purpose: row.purpose, outcome: row.outcome_type },
    }),
  );
}

async function noticed(tx: Tx, id: string): Promise<Event[]> {
  const notices = await tx('public_notices as n')
    .join('pathways as w', 'w.id', 'n.pathway_id')
    .where('w.enrolment_id', id)
    .select('n.*');
  const answers = await tx('sign_offs as s')
    .join('pathways as w', 'w.id', 's.pathway_id')
    .where('w.enrolment_id', id)
    .select('s.*');
  return [
    ...notices.flatMap((row) => [
      event({
        at: row.opened_at,
        kind: 'notice_opened',
        pathwayId: row.pathway_id,
        detail: { closesAt: row.closes_at },
      }),
      ...(row.closed_at === null
        ? []
        : [event({ at: row.closed_at, kind: 'notice_closed', pathwayId: row.pathway_id })]),
    ]),
    ...answers.map((row) =>
      event({
        at: row.at,
        kind: row.answer === 'approved' ? 'signed_off' : 'sign_off_refused',
        pathwayId: row.pathway_id,
        detail: { reason: row.reason ?? '' },
      }),
    ),
  ];
}

async function certified(tx: Tx, id: string): Promise<Event[]> {
  const rows = await tx('certificate_events as v')
    .join('certificates as c', 'c.id', 'v.certificate_id')
    .where('c.enrolment_id', id)
    .whereNot('v.kind', 'rendered')
    .select('v.kind', 'v.at', 'c.id', 'c.number', 'c.pathway_id');
  return rows.map((row) =>
    event({
      at: row.at,
      kind: `certificate_${row.kind}`,
      pathwayId: row.pathway_id,
      object: { kind: 'certificate', id: row.id, name: row.number },
    }),
  );
}

async function converted(tx: Tx, id: string): Promise<Event[]> {
  const rows = await tx('credit_applications as a')
    .join('learning_outcomes as o', 'o.id', 'a.outcome_id')
    .where('a.enrolment_id', id)
    .select('a.id', 'a.at', 'o.name');
  return rows.map((row) =>
    event({ at: row.at, kind: 'credit_applied', object: { kind: 'credit_application', id: row.id, name: row.name } }),
  );
}
