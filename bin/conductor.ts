import type { Conductor, Perform } from '../activities/conductor.ts';
import { clearTrouble, recordTrouble } from '../db/trouble.ts';
import type { DueCall } from '../register/cases/due-call.ts';
import { loadCase } from '../register/cases/load-case.ts';
import { allocateCertificate } from '../register/certification/allocate-certificate.ts';
import { closeNotice } from '../register/certification/close-notice.ts';
import { issueCertificate } from '../register/certification/issue-certificate.ts';
import { openNotice } from '../register/certification/open-notice.ts';
import { renderCertificate } from '../register/certification/render-certificate.ts';
import { signCertificate } from '../register/certification/sign-certificate.ts';
import { recordDecision } from '../register/decisions/record-decision.ts';
import { recordLapse } from '../register/enrolments/record-lapse.ts';
import { loadOperation, runPage, writeReport } from '../register/operations/run-page.ts';
import type { Register } from '../register/register.ts';
import {
  expireSubmission,
  loadRulePublication,
  remindApprovers,
  runChecks,
} from '../register/rules/publication/conduct.ts';
import { startDuePreview } from '../register/rules/publication/due-preview.ts';
import { bringIntoForce } from '../register/rules/publication/roll-out.ts';
import { remindOverdue } from '../register/teaching/remind-overdue.ts';
import type { Snapshot, WorkflowType } from '../workflows/messages.ts';

/** What activities ask of the register, each due kind one of its commands. */
export function conductorOf(register: Register): Conductor {
  const act =
    (command: (register: Register, due: DueCall) => Promise<void>): Perform =>
    (due) =>
      command(register, due);
  return {
    loadCase: ({ workflowType, caseId }) => loaders[workflowType](register, caseId),
    perform: {
      recordDecision: act(recordDecision),
      openNotice: act(openNotice),
      closeNotice: act(closeNotice),
      allocateCertificate: act(allocateCertificate),
      signCertificate: act(signCertificate),
      issueCertificate: act(issueCertificate),
      renderCertificate: act(renderCertificate),
      remindOverdue: act(remindOverdue),
      recordLapse: act(recordLapse),
      writeReport: act(writeReport),
      runChecks: act(runChecks),
      startPreview: act(startDuePreview),
      remindApprovers: act(remindApprovers),
      expireSubmission: act(expireSubmission),
      bringIntoForce: act(bringIntoForce),
      runPage: (due, context) => runPage(register, due, context),
    },
    recordTrouble: ({ caseId, opKey, kind, code, attempt }) =>
      recordTrouble(register.db, {
        workflowType: workflowTypeOf(caseId),
        caseId,
        opKey,
        kind,
        code,
        attempts: attempt,
      }),
    clearTrouble: (caseId, opKey) => clearTrouble(register.db, { caseId, opKey }),
  };
}

const loaders: Record<WorkflowType, (register: Register, caseId: string) => Promise<Snapshot>> = {
  studentPathway: loadCase,
  cohortOperation: loadOperation,
  rulePublication: loadRulePublication,
};

/** An operation's id begins with `opn_`, a rule revision's with `rrv_`; every other case is an enrolment. */
function workflowTypeOf(caseId: string): WorkflowType {
  if (caseId.startsWith('opn_')) return 'cohortOperation';
  return caseId.startsWith('rrv_') ? 'rulePublication' : 'studentPathway';
}
