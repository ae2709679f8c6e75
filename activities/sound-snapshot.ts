import { Problem } from '../schemas/problem.ts';
import type { DueAction, Snapshot } from '../workflows/messages.ts';

const MOST_DUE = 20;
const MOST_BYTES = 4096;
const FRAME_BYTES = 200; // everything but the due actions
const PLAIN = /^[\x21-\x7e]{1,300}$/; // ids, codes and hashes; a person's name would show
const TERM = /^[\x20-\x7e]{0,60}$/; // an unknown case has none

/** What may go into a history: ids, codes and instants within bounds. What is cut off is due at the next read. */
export function soundSnapshot({ seq, term, ended, now, nextDeadline, due }: Snapshot): Snapshot {
  const sound =
    Number.isSafeInteger(seq) &&
    TERM.test(term) &&
    [now, ...due.flatMap(({ kind, profile, opKey }) => [kind, profile, opKey])].every((text) => PLAIN.test(text)) &&
    (nextDeadline === null || (PLAIN.test(nextDeadline) && Date.parse(nextDeadline) > Date.parse(now))) &&
    !(ended && due.length > 0);
  if (!sound) throw new Problem('invariant_broken');
  return { seq, term, ended, now, nextDeadline, due: withinBounds(due) };
}

function withinBounds(due: readonly DueAction[]): DueAction[] {
  const kept: DueAction[] = [];
  let bytes = FRAME_BYTES;
  for (const { kind, profile, opKey } of due.slice(0, MOST_DUE)) {
    const action = { kind, profile, opKey };
    bytes += JSON.stringify(action).length + 1;
    if (bytes > MOST_BYTES) break;
    kept.push(action);
  }
  return kept;
}
