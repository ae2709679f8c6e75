import type { Tx } from '../../db/tx.ts';
import { openBooks } from './books.ts';
import type { Ground } from './compare.ts';
import { draftOf, requestOf } from './preview-row.ts';
import type { PreviewRow } from './preview-row.ts';

/** What a preview decides with: both books as known when it was started, its day, its questions. */
export async function groundOf(tx: Tx, preview: PreviewRow): Promise<Ground> {
  const { college_id: collegeId, known_at: knownAt } = preview;
  const { wanted, factsDiffer, today, appliedOn } = requestOf(preview);
  const books = await openBooks(tx, { collegeId, knownAt, draft: draftOf(preview) });
  return { books, time: { now: knownAt, today }, appliedOn, wanted, factsDiffer };
}
