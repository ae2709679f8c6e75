import { appendLeaf } from '../../db/audit.ts';
import { lockCase } from '../../db/case-watch.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import { buildDecisionRecord, differsFrom } from '../../rules/record.ts';
import type { Decision } from '../../schemas/decision.ts';
import { Problem } from '../../schemas/problem.ts';
import { dueTx, noLongerDue, systemActor } from '../cases/due-call.ts';
import type { DueCall } from '../cases/due-call.ts';
import { eventSeqOf } from '../cases/event-seq.ts';
import { noRuleProblem } from '../facts/no-rule.ts';
import { collegeTime } from '../college/clock.ts';
import type { CollegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { readGround, workOutAll } from '../verdicts/work-out.ts';
import type { WorkedOut } from '../verdicts/work-out.ts';
import { insertDecision, lastDecision } from './store.ts';

/** A decision point of a pathway: `decide/{pathway}/{kind}/{key}`. */
interface Point {
  pathwayId: string;
  kind: 'application' | 'level_result' | 'audit' | 'term_close' | 'sign_off';
  key: string;
}

/**
 * Decides a pathway at a decision point: facts and event count in one snapshot, both evaluators outside any transaction, then
 * the record in a short one that checks that nothing has happened since (architecture §9.10). Nothing new to say, no record.
 */
export async function recordDecision(register: Register, due: DueCall): Promise<void> {
  const point = pointOf(due.opKey);
  const seen = await readTx(register.db, (tx) => read(register, tx, { due, point }));
  if (!seen) return;
  const { worked, time, eventSeq, last } = seen;
  const record = await recordOf(register, { due, worked, time, last });
  await dueTx(register, { command: 'recordDecision', due }, async (tx) => {
    if ((await lockCase(tx, { workflowType: 'studentPathway', caseId: due.caseId })) !== eventSeq) noLongerDue();
    const fresh = record !== null && (last === undefined || differsFrom(last, worked.verdict));
    if (fresh) await insertDecision(register, tx, { record, pathway: worked.pathway, purpose: worked.purpose });
    await dealWith(register, tx, { point, decisionId: fresh ? record.id : null, now: time.now });
    if (!fresh)
      await appendLeaf(tx, {
        kind: 'decision_unchanged',
        object: { type: 'pathway', id: point.pathwayId },
        body: { point: point.kind },
      });
  });
}

function pointOf(opKey: string): Point {
  const [, pathwayId = '', kind = '', ...key] = opKey.split('/');
  return { pathwayId, kind: kind as Point['kind'], key: key.join('/') }; // an unknown kind finds no open point
}

async function read(register: Register, tx: Tx, { due, point }: { due: DueCall; point: Point }) {
  const pathway = await tx('pathways').where({ id: point.pathwayId, enrolment_id: due.caseId }).first('college_id');
  const known = await tx('decision_points')
    .where({ pathway_id: point.pathwayId, kind: point.kind, key: point.key })
    .first('dealt_at');
  const reached = point.kind === 'term_close' || known !== undefined;
  if (!pathway || !reached || (known && known.dealt_at !== null)) return undefined;
  const time = await collegeTime(tx, register.systemClock, pathway.college_id);
  const eventSeq = await eventSeqOf(tx, due.caseId);
  const ground = await readGround(tx, { collegeId: pathway.college_id, pathwayIds: [point.pathwayId], time });
  const [worked] = workOutAll(ground, point.kind === 'application' ? 'eligibility' : 'conclusion');
  if (!worked) return undefined;
  return {
    worked,
    time,
    eventSeq,
    last: await lastDecision(tx, { subjectId: point.pathwayId, purpose: worked.purpose }),
  };
}

interface Recording {
  due: DueCall;
  worked: WorkedOut;
  time: CollegeTime;
  last: Decision | undefined;
}

/** Null where the rule that answers cannot be chosen yet: its date is missing. */
async function recordOf(register: Register, { due, worked, time, last }: Recording): Promise<Decision | null> {
  const { selected, verdict, facts, pathway } = worked;
  if ('noRule' in selected) throw noRuleProblem(selected);
  if ('missingDate' in selected) return null;
  const record = await buildDecisionRecord(selected.loaded, {
    id: register.newId('decision'),
    caseId: due.caseId,
    subject: { kind: 'pathway', id: pathway.id },
    facts,
    provenance: worked.provenance(),
    time: { decidedAt: time.now, knownAt: time.now, effectiveDate: selected.effectiveDate },
    actor: systemActor.userId,
    supersedes: last?.id ?? null,
    ...(selected.suspended ? { verdict } : {}),
  });
  if (!record.engines.agree) throw new Problem('evaluators_disagree');
  return record;
}

async function dealWith(
  register: Register,
  tx: Tx,
  { point, decisionId, now }: { point: Point; decisionId: string | null; now: string },
): Promise<void> {
  const row = { pathway_id: point.pathwayId, kind: point.kind, key: point.key };
  const dealt = { dealt_at: now, decision_id: decisionId };
  const changed = await tx('decision_points').where(row).whereNull('dealt_at').update(dealt);
  if (changed === 1) return;
  await tx('decision_points').insert({ id: register.newId('event'), ...row, reached_at: now, ...dealt });
}
