/** Names, ids and messages shared with activities/. Imports nothing. Every name here is stored by Temporal: never rename one. */
export const NUDGE = 'nudge';

/** What the register watches. The seq only saves a read already done; a nudge carries no facts and no authority. */
export interface Nudge {
  seq?: number;
}

export interface CaseInput {
  schema: 1;
  caseId: string;
}

export type WorkflowType = 'studentPathway' | 'cohortOperation' | 'rulePublication';

export const dueKinds = [
  'recordDecision',
  'openNotice',
  'closeNotice',
  'allocateCertificate',
  'signCertificate',
  'issueCertificate',
  'renderCertificate',
  'remindOverdue',
  'recordLapse',
  'runPage',
  'writeReport',
  'runChecks',
  'startPreview',
  'remindApprovers',
  'expireSubmission',
  'bringIntoForce',
] as const;
export type DueKind = (typeof dueKinds)[number];

/** How long an action may take and where it runs: `activity-options.ts`. */
export type Profile = 'quick' | 'document' | 'outside' | 'page' | 'analysis';

export interface DueAction {
  kind: DueKind;
  profile: Profile;
  opKey: string;
}

export interface DueInput {
  caseId: string;
  opKey: string;
}

/** Where a case stands. At most 20 due actions and 4 KB of ids, codes and instants. */
export interface Snapshot {
  seq: number;
  term: string;
  ended: boolean;
  now: string;
  nextDeadline: string | null;
  due: DueAction[];
}

export const taskQueues = { pathways: 'pathways', rules: 'rules', cohort: 'cohort', documents: 'documents' } as const;
export type TaskQueue = keyof typeof taskQueues;

interface WorkflowKind {
  queue: TaskQueue;
  prefix: string;
}

export const workflowKinds: Record<WorkflowType, WorkflowKind> = {
  studentPathway: { queue: 'pathways', prefix: 'pathway/' },
  cohortOperation: { queue: 'cohort', prefix: 'cohort/' },
  rulePublication: { queue: 'rules', prefix: 'rule-publication/' },
};

export interface CaseRef {
  workflowType: WorkflowType;
  caseId: string;
}

export function workflowIdOf({ workflowType, caseId }: CaseRef): string {
  return workflowKinds[workflowType].prefix + caseId;
}

/** The case a workflow id names, or undefined for an id that is none of ours. */
export function caseOf(workflowId: string): CaseRef | undefined {
  for (const workflowType of Object.keys(workflowKinds) as WorkflowType[]) {
    const { prefix } = workflowKinds[workflowType];
    if (workflowId.startsWith(prefix)) return { workflowType, caseId: workflowId.slice(prefix.length) };
  }
  return undefined;
}

export function isWorkflowType(name: string): name is WorkflowType {
  return Object.hasOwn(workflowKinds, name);
}
