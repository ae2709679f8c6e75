import type { Role } from '../schemas/permissions.ts';

/** A role, or what no signed-in person stands for. */
export type WaitedFor = Role | 'system' | 'public';

export type StageName =
  | 'application'
  | 'collecting'
  | 'assessment'
  | 'referred'
  | 'refused'
  | 'suspended'
  | 'deciding'
  | 'public_notice'
  | 'sign_off'
  | 'issuing'
  | 'issued'
  | 'closed';

export interface Missing {
  fact: string;
  role: WaitedFor;
  /** What must be filled: a score sheet, say. Ids only. */
  object: { kind: string; id: string } | null;
  person: string | null;
  since: string | null;
  until: string | null;
}

export interface WaitingOn {
  role: WaitedFor;
  person: string | null;
  object: { kind: string; id: string } | null;
}

export interface Stage {
  name: StageName;
  waitingOn: WaitingOn | null;
  since: string;
  until: string | null;
  missing: readonly Missing[];
  reason: string | null;
}

export interface PathwayState {
  type: 'diploma' | 'skill';
  enrolmentStatus: 'enrolled' | 'suspended' | 'withdrawn' | 'graduated';
  openedAt: string;
  closed: { at: string; reason: string } | null;
  applied: boolean;
  /** `noRule`: the code of what is wanting before this point can be decided. */
  openPoint: { at: string; noRule: string | null } | null;
  /** The same for the conclusion. */
  noRule: string | null;
  verdict: { type: 'grant' | 'deny' | 'refer' | 'undetermined' | 'out-of-scope'; missing: readonly Missing[] };
  decision: { type: string; at: string } | null;
  notice: { openedAt: string; closesAt: string; closedAt: string | null } | null;
  signOff: { answer: 'approved' | 'refused'; at: string; reason: string | null } | null;
  certificate: { state: string; at: string } | null;
}

/** Worked out from what has happened; nothing ever sets it. `notice` and `signOff` are those of the last decision. */
export function stageOf(p: PathwayState): Stage {
  if (p.certificate) return ofCertificate(p.certificate);
  if (p.closed) return stage('closed', null, { since: p.closed.at, reason: p.closed.reason });
  if (p.enrolmentStatus === 'withdrawn') return stage('closed', null, { since: p.openedAt, reason: 'withdrawn' });
  if (p.enrolmentStatus === 'suspended') return stage('suspended', 'registrar', { since: p.openedAt });
  if (p.signOff?.answer === 'approved') return stage('issuing', 'system', { since: p.signOff.at });
  if (p.openPoint?.noRule) return wantsRule('deciding', { code: p.openPoint.noRule, since: p.openPoint.at });
  if (p.openPoint) return stage('deciding', 'system', { since: p.openPoint.at });
  if (p.signOff) return stage('deciding', 'registrar', { since: p.signOff.at, reason: p.signOff.reason });
  if (p.decision?.type === 'grant') return afterGrant(p, p.decision.at);
  return collecting(p);
}

function ofCertificate({ state, at }: { state: string; at: string }): Stage {
  if (state === 'allocated' || state === 'signed') return stage('issuing', 'system', { since: at });
  return stage('issued', null, { since: at, reason: state === 'issued' ? null : state });
}

/** Whoever keeps the rules must bind or publish one: nothing is decided in its absence. */
function wantsRule(name: StageName, { code, since }: { code: string; since: string }): Stage {
  return stage(name, 'rule_editor', { since, reason: code });
}

function afterGrant({ notice, noRule }: PathwayState, decidedAt: string): Stage {
  if (!notice) return stage('deciding', 'system', { since: decidedAt });
  if (!notice.closedAt) return stage('public_notice', 'public', { since: notice.openedAt, until: notice.closesAt });
  if (noRule) return wantsRule('deciding', { code: noRule, since: notice.closedAt });
  return stage('sign_off', 'certification_officer', { since: notice.closedAt });
}

function collecting(p: PathwayState): Stage {
  const since = p.decision?.at ?? p.openedAt;
  const { type, missing } = p.verdict;
  if (type === 'deny') return stage('refused', 'student', { since });
  if (type === 'refer') return stage('referred', 'registrar', { since });
  if (type === 'grant') return stage('deciding', 'registrar', { since });
  if (p.type === 'skill' && !p.applied) return stage('application', 'student', { since, missing });
  if (p.noRule) return wantsRule('collecting', { code: p.noRule, since });
  const next = soonest(missing);
  if (!next) return stage('collecting', 'registrar', { since, missing });
  const name = next.role === 'certification_officer' ? 'assessment' : 'collecting';
  const waitingOn = { role: next.role, person: next.person, object: next.object };
  return { name, waitingOn, since: next.since ?? since, until: next.until, missing, reason: null };
}

/** Of what is missing, what must come first: the earliest deadline, then what has an object, then the order given. */
function soonest(missing: readonly Missing[]): Missing | undefined {
  const rank = (m: Missing) => `${m.until ?? '9999'}|${m.object ? 0 : 1}`;
  return [...missing].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0))[0];
}

interface StageDetail {
  since: string;
  until?: string | null;
  reason?: string | null;
  missing?: readonly Missing[];
}

function stage(
  name: StageName,
  role: WaitedFor | null,
  { since, until = null, reason = null, missing = [] }: StageDetail,
): Stage {
  return { name, waitingOn: role && { role, person: null, object: null }, since, until, missing, reason };
}
