import type { Around, Batch, Dependent, Writing } from './kind.ts';
import { countOf } from './students-undo.ts';

const events = ({ tx }: Pick<Around, 'tx'>, batch: Batch) => tx('score_events').where({ batch_id: batch.id });

/** Corrections and resits stand on these scores, as does every notice opened and certificate made since. */
export async function dependentsOfScores(around: Around, batch: Batch): Promise<Dependent[]> {
  const { tx } = around;
  const sheets = () => events(around, batch).select('sheet_id');
  const students = () => events(around, batch).select('enrolment_id');
  const notMine = "COALESCE(batch_id, '') <> ?";
  const corrected = tx('score_events')
    .whereIn('sheet_id', sheets())
    .whereIn('enrolment_id', students())
    .whereRaw(notMine, [batch.id])
    .where('at', '>=', batch.committedAt);
  const unlocked = tx('score_sheet_events')
    .whereIn('sheet_id', sheets())
    .where('at', '>', batch.committedAt)
    .whereNot({ kind: 'archived' });
  const pathways = () => tx('pathways').whereIn('enrolment_id', students()).select('id');
  const notices = tx('public_notices').whereIn('pathway_id', pathways()).where('opened_at', '>=', batch.committedAt);
  const certificates = tx('certificates')
    .whereIn('enrolment_id', students())
    .where('allocated_at', '>=', batch.committedAt);
  const found = [
    { code: 'score_corrections', count: await countOf(corrected) },
    { code: 'score_sheets', count: await countOf(unlocked) },
    { code: 'public_notices', count: await countOf(notices) },
    { code: 'certificates', count: await countOf(certificates) },
  ];
  return found.filter(({ count }) => count > 0);
}

/**
 * Score events stay for ever; those of an undone batch no longer count. The sheets stay too, without these students, and
 * take a corrected file later.
 */
export async function undoScores(writing: Writing, batch: Batch): Promise<string[]> {
  const { tx } = writing;
  const cases: string[] = await events(writing, batch).distinct().pluck('enrolment_id');
  const ids = events(writing, batch).select('id');
  await tx('current_scores').whereIn('event_id', ids).delete();
  const rows: { sheet_id: string; enrolment_id: string }[] = await events(writing, batch).distinct(
    'sheet_id',
    'enrolment_id',
  );
  const bySheet = new Map<string, string[]>();
  for (const row of rows) bySheet.set(row.sheet_id, [...(bySheet.get(row.sheet_id) ?? []), row.enrolment_id]);
  for (const [sheetId, enrolmentIds] of bySheet)
    await tx('score_sheet_rows').where({ sheet_id: sheetId }).whereIn('enrolment_id', enrolmentIds).delete();
  return cases;
}
