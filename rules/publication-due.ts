import { addDays, legalDateOf, startOfDay } from '../schemas/time.ts';

/** Names of activities; a workflow never branches on them. */
export type PublicationDueKind =
  | 'runChecks'
  | 'startPreview'
  | 'remindApprovers'
  | 'expireSubmission'
  | 'bringIntoForce';

export interface PublicationDue {
  kind: PublicationDueKind;
  profile: 'quick' | 'analysis';
  opKey: string;
}

/** A frozen revision and what has become of it. */
export interface PublicationFile {
  revisionId: string;
  /** College clock. */
  now: string;
  state: 'frozen' | 'published' | 'suspended' | 'withdrawn';
  /** What it would be compared with now; `none` for the first of its rule set. */
  base: string;
  /** Whether proofs are asked at all: not in a college without a decision. */
  gate: boolean;
  /** Tests, analysis and difference from `base` are on record. */
  proved: boolean;
  /** `none`: nobody has made one against what is in force now. */
  preview: 'not_asked' | 'none' | 'running' | 'done' | 'failed';
  previewsMade: number;
  /** Null where nobody submitted it from a draft. */
  submission: { remindOn: string; expiresOn: string; reminded: number } | null;
  /** Events whose cases have not all been asked to look again. */
  rollouts: readonly { eventId: string; dueOn: string; afterCase: string }[];
}

const DAYS_BETWEEN = 7;

/** What is due in a publication now, when to look again, and whether it has ended. */
export function publicationDue(file: PublicationFile): {
  due: PublicationDue[];
  nextDeadline: string | null;
  ended: boolean;
} {
  const today = legalDateOf(file.now);
  const due = [...(file.state === 'frozen' ? frozenDue(file, today) : []), ...rolloutsDue(file, today)];
  const over = file.state !== 'frozen' && file.rollouts.length === 0;
  return { due, nextDeadline: nextDeadline(file), ended: over };
}

function frozenDue(file: PublicationFile, today: string): PublicationDue[] {
  const { revisionId: id, base, submission, gate } = file;
  if (submission && submission.expiresOn <= today) return [quick('expireSubmission', `expire/${id}`)];
  const due: PublicationDue[] = [];
  if (gate && !file.proved) due.push({ kind: 'runChecks', profile: 'analysis', opKey: `checks/${id}/${base}` });
  if (gate && file.preview === 'none')
    due.push(quick('startPreview', `preview/${id}/${base}/${file.previewsMade + 1}`));
  if (submission && reminderOn(submission) <= today)
    due.push(quick('remindApprovers', `remind/${id}/${reminderOn(submission)}/${submission.reminded + 1}`));
  return due;
}

const quick = (kind: PublicationDueKind, opKey: string): PublicationDue => ({ kind, profile: 'quick', opKey });

/** The next reminder: on the day of the submission's own, then weekly. */
export function reminderOn({ remindOn, reminded }: { remindOn: string; reminded: number }): string {
  return addDays(remindOn, DAYS_BETWEEN * reminded);
}

function rolloutsDue({ rollouts }: PublicationFile, today: string): PublicationDue[] {
  return rollouts
    .filter(({ dueOn }) => dueOn <= today)
    .map(({ eventId, afterCase }) => quick('bringIntoForce', `force/${eventId}/${afterCase || 'first'}`));
}

/** Strictly later than `now`, or null. */
function nextDeadline({ state, submission, rollouts, now }: PublicationFile): string | null {
  const days = rollouts.map(({ dueOn }) => dueOn);
  if (state === 'frozen' && submission) days.push(reminderOn(submission), submission.expiresOn);
  return (
    days
      .map(startOfDay)
      .filter((at) => at > now)
      .sort()[0] ?? null
  );
}
