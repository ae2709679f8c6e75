import { endOfDay, legalDateOf } from '../schemas/time.ts';
import type { PathwayState } from './stage.ts';

/** Names of activities; a workflow never branches on them (temporal.md §1). */
export type PathwayDueKind =
  | 'recordDecision'
  | 'openNotice'
  | 'closeNotice'
  | 'allocateCertificate'
  | 'signCertificate'
  | 'issueCertificate'
  | 'renderCertificate'
  | 'remindOverdue'
  | 'recordLapse';

export interface Due {
  kind: PathwayDueKind;
  profile: 'quick' | 'document';
  opKey: string;
}

export interface PathwayFile extends PathwayState {
  id: string;
  openPoints: readonly { kind: string; key: string; noRule: string | null }[];
  /** True when the verdict worked out now differs from the last recorded decision in outcome, params or fired rules. */
  verdictMoved: boolean;
  /** The close of `closedTerm` has already been dealt with for this pathway. */
  closedTermDealt: boolean;
  decisionId: string | null;
  noticeId: string | null;
  certificateId: string | null;
  payloadHash: string | null;
  rendered: boolean;
}

export interface CaseFile {
  caseId: string;
  /** College clock. */
  now: string;
  status: PathwayState['enrolmentStatus'];
  /** Code and end (first instant after its last day) of the term at hand. */
  term: { code: string; endsAt: string };
  /** The term that has just closed: from its end until the grace for late sheets is over, else null. */
  closedTerm: string | null;
  /** First instant after the last day on which this enrolment may still be completed. */
  lapsesAt: string;
  pathways: readonly PathwayFile[];
  overdueSheets: readonly { id: string; dueOn: string; dueAt: string; reminded: boolean }[];
}

export interface CaseDue {
  due: Due[];
  nextDeadline: string | null;
  ended: boolean;
}

const MOST_DUE = 20;

/** What is due in a case now, by when it must be looked at again, and whether it has ended. Pure; called by `loadCase` and again in each command. */
export function caseDue(file: CaseFile): CaseDue {
  const over = file.status === 'withdrawn' || file.pathways.every(isOver);
  const lapsed = !over && file.lapsesAt <= file.now;
  const due = over ? [] : lapsed ? [lapse(file)] : file.pathways.flatMap((p) => pathwayDue(p, file));
  if (!over && !lapsed) due.push(...reminders(file));
  const rendering = file.pathways.filter((p) => p.certificate?.state === 'issued' && !p.rendered).map(render);
  if (over) due.push(...rendering);
  return { due: due.slice(0, MOST_DUE), nextDeadline: nextDeadline(file), ended: over && due.length === 0 };
}

function isOver(p: PathwayFile): boolean {
  if (p.closed) return true;
  return p.certificate !== null && p.certificate.state !== 'allocated' && p.certificate.state !== 'signed';
}

function lapse(file: CaseFile): Due {
  return { kind: 'recordLapse', profile: 'quick', opKey: `lapse/${file.caseId}` };
}

function render(p: PathwayFile): Due {
  return { kind: 'renderCertificate', profile: 'document', opKey: `render/${p.certificateId}` };
}

function pathwayDue(p: PathwayFile, file: CaseFile): Due[] {
  if (p.certificate) return certificateDue(p);
  if (p.closed || file.status === 'suspended') return [];
  const ready = p.openPoints.filter((point) => point.noRule === null); // the others wait for whoever keeps the rules
  if (ready.length > 0) {
    return ready.map(({ kind, key }) => ({
      kind: 'recordDecision',
      profile: 'quick',
      opKey: `decide/${p.id}/${kind}/${key}`,
    }));
  }
  if (p.signOff?.answer === 'approved')
    return [{ kind: 'allocateCertificate', profile: 'quick', opKey: `allocate/${p.decisionId}` }];
  if (termClosePoint(p, file))
    return [{ kind: 'recordDecision', profile: 'quick', opKey: `decide/${p.id}/term_close/${file.closedTerm}` }];
  if (p.decision?.type !== 'grant' || p.signOff) return [];
  if (!p.notice) return [{ kind: 'openNotice', profile: 'quick', opKey: `open-notice/${p.decisionId}` }];
  if (!p.notice.closedAt && p.notice.closesAt <= file.now) {
    return [{ kind: 'closeNotice', profile: 'quick', opKey: `close-notice/${p.noticeId}` }];
  }
  return [];
}

/** A pathway complete on the close of a term is decided there, unless its last record already says the same (architecture §9.1). */
function termClosePoint(p: PathwayFile, file: CaseFile): boolean {
  if (!file.closedTerm || p.closedTermDealt || !p.verdictMoved) return false;
  if (p.type === 'skill' && !p.applied) return false;
  return p.verdict.type !== 'undetermined' && p.verdict.type !== 'out-of-scope';
}

function certificateDue(p: PathwayFile): Due[] {
  const { certificateId: id } = p;
  if (p.certificate?.state === 'allocated')
    return [{ kind: 'signCertificate', profile: 'document', opKey: `sign/${id}/${p.payloadHash}` }];
  if (p.certificate?.state === 'signed') return [{ kind: 'issueCertificate', profile: 'quick', opKey: `issue/${id}` }];
  return p.certificate?.state === 'issued' && !p.rendered ? [render(p)] : [];
}

function reminders({ overdueSheets, now }: CaseFile): Due[] {
  return overdueSheets
    .filter((sheet) => sheet.dueAt <= now && !sheet.reminded)
    .map((sheet) => ({ kind: 'remindOverdue', profile: 'quick', opKey: `remind/${sheet.id}/${sheet.dueOn}/1` }));
}

/** Strictly later than `now`, or null. */
function nextDeadline(file: CaseFile): string | null {
  const candidates = [
    file.term.endsAt,
    file.lapsesAt,
    ...file.pathways.flatMap((p) => (p.notice && !p.notice.closedAt ? [p.notice.closesAt] : [])),
    ...(file.pathways.some(wantsRule) ? [endOfDay(legalDateOf(file.now))] : []),
    ...file.overdueSheets.filter((sheet) => !sheet.reminded).map((sheet) => sheet.dueAt),
  ];
  return candidates.filter((at) => at > file.now).sort()[0] ?? null;
}

/** Looked at again with each new day, on which a rule may have come into force; publishing one wakes the case at once. */
function wantsRule({ noRule, openPoints }: PathwayFile): boolean {
  return noRule !== null || openPoints.some((point) => point.noRule !== null);
}
