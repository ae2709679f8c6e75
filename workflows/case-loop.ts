import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  log,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { profiles, READ } from './activity-options.ts';
import { Alarm } from './alarm.ts';
import { NUDGE } from './messages.ts';
import type { CaseInput, DueInput, DueKind, Nudge, Profile, Snapshot } from './messages.ts';

const RETRY_TROUBLE = 15 * 60_000;
const LONGEST_WAIT = 30 * 24 * 3_600_000;
const LONGEST_RUN = 500; // events

type CaseWorkflow = (input: CaseInput) => Promise<void>;
type DueActivities = Record<DueKind, (input: DueInput) => Promise<Snapshot>>;

const { loadCase } = proxyActivities<{ loadCase(input: { caseId: string }): Promise<Snapshot> }>(READ);
const perform: Record<Profile, DueActivities> = {
  quick: proxyActivities<DueActivities>(profiles.quick),
  document: proxyActivities<DueActivities>(profiles.document),
  outside: proxyActivities<DueActivities>(profiles.outside),
  page: proxyActivities<DueActivities>(profiles.page),
  analysis: proxyActivities<DueActivities>(profiles.analysis),
};

/** The loop of every case: ask the register, do what is due, wait. A run ends with the term or when it grows long. */
export async function runCase(input: CaseInput): Promise<void> {
  const caseId = caseIdOf(input);
  const alarm = new Alarm();
  let term: string | undefined;
  let asked = 0; // highest seq nudged since the last read began
  setHandler(defineSignal<[Nudge]>(NUDGE), (nudge) => {
    asked = Math.max(asked, seqOf(nudge));
  });

  for (;;) {
    asked = 0; // a nudge noted before this line is answered by the read below
    const { known, troubled } = await doWhatIsDue(caseId);
    term ??= known.term;

    if (known.ended && asked <= known.seq) return;
    if (known.term !== term || runIsLong()) {
      await condition(allHandlersFinished);
      await continueAsNew<CaseWorkflow>({ schema: 1, caseId });
    }
    alarm.set(Math.min(untilDeadline(known), troubled ? RETRY_TROUBLE : LONGEST_WAIT));
    await condition(() => asked > known.seq || alarm.rang);
  }
}

/** One read, then each due action once; what fails stays due and is tried at the next wake-up. */
async function doWhatIsDue(caseId: string): Promise<{ known: Snapshot; troubled: boolean }> {
  let known = await loadCase({ caseId });
  const tried = new Set<string>(); // of this wake-up only
  let troubled = false;
  for (;;) {
    const next = known.due.find((action) => !tried.has(action.opKey));
    if (!next || runIsLong()) return { known, troubled };
    tried.add(next.opKey);
    try {
      known = await perform[next.profile][next.kind]({ caseId, opKey: next.opKey });
    } catch (err) {
      if (isCancellation(err)) throw err;
      troubled = true; // the activity has recorded why; here it is only tried again later
      log.warn('due action failed', { kind: next.kind, opKey: next.opKey });
    }
  }
}

function untilDeadline({ now, nextDeadline }: Snapshot): number {
  return nextDeadline === null ? LONGEST_WAIT : Date.parse(nextDeadline) - Date.parse(now);
}

function runIsLong(): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength > LONGEST_RUN;
}

/** Anyone may forge a start. An input that names no case reads as an unknown case, which ends at once. */
function caseIdOf(input: CaseInput | null | undefined): string {
  const caseId: unknown = input?.caseId;
  return typeof caseId === 'string' ? caseId : '';
}

/** Anyone may forge a nudge. Whatever is not a sound number means "read again". */
function seqOf(nudge: Nudge | null | undefined): number {
  const seq: unknown = nudge?.seq;
  return typeof seq === 'number' && Number.isSafeInteger(seq) ? seq : Number.POSITIVE_INFINITY;
}
