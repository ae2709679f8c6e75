import type { Tx } from '../../db/tx.ts';
import { bookHashOf } from './books.ts';
import type { PreviewRow } from './preview-row.ts';

const DAYS_IT_HOLDS = 7;
const DAY_MS = 86_400_000;

/** Whether an approval may still rest on a preview; `base_moved`: the rules it was compared with have changed since. */
export type Standing = 'holds' | 'too_old' | 'base_moved';

type Stood = Pick<PreviewRow, 'college_id' | 'rule_set' | 'book_hash' | 'known_at'>;

/** `now` by the college's clock. What is compared is every rule that the preview's verdicts rest on, not the base revision alone. */
export async function standingOf(tx: Tx, preview: Stood, now: string): Promise<Standing> {
  const { college_id: collegeId, rule_set: ruleSet, book_hash: was, known_at: since } = preview;
  if (Date.parse(now) - Date.parse(since) > DAYS_IT_HOLDS * DAY_MS) return 'too_old';
  return (await bookHashOf(tx, { collegeId, ruleSet, knownAt: now })) === was ? 'holds' : 'base_moved';
}
