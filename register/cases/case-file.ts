import type { Tx } from '../../db/tx.ts';
import type { CaseFile, PathwayFile } from '../../rules/due.ts';
import { differsFrom } from '../../rules/record.ts';
import type { Missing, PathwayState } from '../../rules/stage.ts';
import type { Decision } from '../../schemas/decision.ts';
import { addDays, endOfDay } from '../../schemas/time.ts';
import { listTerms, termAt } from '../college/terms.ts';
import type { PathwayRow } from '../facts/rows.ts';
import type { NoRule } from '../facts/no-rule.ts';
import { ruleFor } from '../verdicts/work-out.ts';
import type { Asked, Ground, WorkedOut } from '../verdicts/work-out.ts';
import { loadHistory } from './case-rows.ts';
import type { History } from './case-rows.ts';
import { missingFor } from './missing.ts';
import type { OpenSheet } from './missing.ts';

/** A case as the conductor sees it: what has happened, and what the rules say now. */
export interface CaseView {
  file: CaseFile;
  pathways: { file: PathwayFile; worked: WorkedOut; noRule: NoRule | null }[];
}

interface Seen {
  caseId: string;
  ground: Pick<Ground, 'book' | 'time'>;
  worked: readonly WorkedOut[];
  history: History;
  sheets: readonly OpenSheet[];
  terms: Awaited<ReturnType<typeof listTerms>>;
}

/** What besides facts a case file needs, read in the same snapshot. */
export async function loadCaseParts(
  tx: Tx,
  { collegeId, caseId, pathwayIds }: { collegeId: string; caseId: string; pathwayIds: readonly string[] },
) {
  return {
    history: await loadHistory(tx, pathwayIds),
    sheets: await openSheets(tx, caseId),
    terms: await listTerms(tx, collegeId),
  };
}

async function openSheets(tx: Tx, caseId: string): Promise<OpenSheet[]> {
  return tx('score_sheet_rows')
    .join('score_sheets', 'score_sheets.id', 'score_sheet_rows.sheet_id')
    .join('offerings', 'offerings.id', 'score_sheets.offering_id')
    .where('score_sheet_rows.enrolment_id', caseId)
    .whereNotExists(
      tx('current_scores')
        .whereRaw(
          'current_scores.enrolment_id = score_sheet_rows.enrolment_id AND current_scores.sheet_id = score_sheet_rows.sheet_id',
        )
        .select('current_scores.event_id'),
    )
    .orderBy('score_sheets.due_on')
    .select({
      id: 'score_sheets.id',
      courseId: 'offerings.course_id',
      teacherId: 'offerings.teacher_id',
      dueOn: 'score_sheets.due_on',
      openedAt: 'score_sheets.opened_at',
    })
    .select(tx.raw('(SELECT count(*) FROM reminders r WHERE r.object_id = score_sheets.id) AS reminded'));
}

export function caseView({ caseId, ground: { book, time }, worked, history, sheets, terms }: Seen): CaseView {
  const position = termAt(terms, time.today);
  const first = worked[0]?.pathway as PathwayRow; // a case has pathways from its enrolment on
  const closing = position.closing?.code ?? null;
  const pathways = worked.map((one) => {
    const applying = history.points.get(one.pathway.id)?.some((point) => isOpen(point) && point.kind === 'application');
    const eligibility = applying ? noRuleIn(ruleFor(book, one, 'eligibility')) : null;
    const conclusion = noRuleIn(one.selected);
    const noRule = { eligibility: eligibility?.noRule.code ?? null, conclusion: conclusion?.noRule.code ?? null };
    return {
      worked: one,
      noRule: eligibility ?? conclusion,
      file: pathwayFile(one, { noRule, history, sheets, closing }),
    };
  });
  const file: CaseFile = {
    caseId,
    now: time.now,
    status: first.status,
    term: { code: position.current.code, endsAt: nextBoundary(position, time.now) },
    closedTerm: position.closing && position.closing.endsOn >= first.enrolled_on ? position.closing.code : null,
    lapsesAt: endOfDay(
      addDays(`${Number(first.enrolled_on.slice(0, 4)) + first.max_years}${first.enrolled_on.slice(4)}`, -1),
    ),
    pathways: pathways.map((one) => one.file),
    overdueSheets: sheets.map(({ id, dueOn, reminded }) => ({
      id,
      dueOn,
      dueAt: endOfDay(dueOn),
      reminded: Number(reminded) > 0,
    })),
  };
  return { file, pathways };
}

/** The next moment at which the calendar itself makes something due: the end of the term, then the start of the next. */
function nextBoundary({ endsAt, nextStartsAt }: { endsAt: string; nextStartsAt: string | null }, now: string): string {
  return endsAt > now || nextStartsAt === null ? endsAt : nextStartsAt;
}

interface Around {
  noRule: Record<Asked, string | null>;
  history: History;
  sheets: readonly OpenSheet[];
  closing: string | null;
}

function pathwayFile(
  { pathway, verdict, selected }: WorkedOut,
  { noRule, history, sheets, closing }: Around,
): PathwayFile {
  const points = history.points.get(pathway.id) ?? [];
  const open = points
    .filter(isOpen)
    .map((point) => ({ ...point, noRule: point.kind === 'application' ? noRule.eligibility : noRule.conclusion }));
  const ready = open.find((point) => point.noRule === null) ?? open[0];
  const decision = history.conclusions.get(pathway.id);
  const notice = decision && history.notices.get(decision.id);
  const answer = decision && history.signOffs.get(decision.id);
  const certificate = history.certificates.get(pathway.id);
  const missing: Missing[] = verdict.type === 'undetermined' ? missingFor(verdict.missing, { sheets, pathway }) : [];
  const state: PathwayState = {
    type: pathway.type,
    enrolmentStatus: pathway.status,
    openedAt: pathway.opened_at,
    closed: pathway.closed_at === null ? null : { at: pathway.closed_at, reason: pathway.closed_reason ?? '' },
    applied: pathway.applied_on !== null,
    openPoint: ready ? { at: ready.reached_at, noRule: ready.noRule } : null,
    noRule: noRule.conclusion,
    verdict: { type: verdict.type, missing },
    decision: decision ? { type: decision.outcome_type, at: decision.decided_at } : null,
    notice: notice ? { openedAt: notice.opened_at, closesAt: notice.closes_at, closedAt: notice.closed_at } : null,
    signOff: answer ? { answer: answer.answer, at: answer.at, reason: answer.reason } : null,
    certificate: certificate ? { state: certificate.state, at: certificate.allocated_at } : null,
  };
  return {
    ...state,
    id: pathway.id,
    openPoints: open.map(({ kind, key, noRule: wanting }) => ({ kind, key, noRule: wanting })),
    verdictMoved: 'loaded' in selected && (!decision || differsFrom(JSON.parse(decision.record) as Decision, verdict)),
    closedTermDealt: points.some((point) => point.kind === 'term_close' && point.key === closing),
    decisionId: decision?.id ?? null,
    noticeId: notice?.id ?? null,
    certificateId: certificate?.id ?? null,
    payloadHash: certificate?.payload_hash ?? null,
    rendered: Number(certificate?.rendered ?? 0) > 0,
  };
}

const isOpen = (point: { dealt_at: string | null }): boolean => point.dealt_at === null;

function noRuleIn(selected: WorkedOut['selected']): NoRule | null {
  return 'noRule' in selected ? selected : null;
}
