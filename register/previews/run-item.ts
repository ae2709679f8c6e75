import { plumbingTx } from '../../db/transaction.ts';
import { insertRows } from '../../db/rows.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import { canonicalJson } from '../../rules/canonical.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';
import { changeRow } from './change-row.ts';
import { comparePairs, factsHashOf, readStudents } from './compare.ts';
import { concludePreview } from './conclude.ts';
import { groundOf } from './ground.ts';
import { partOf } from './part.ts';
import { findPreview } from './preview-row.ts';
import type { PreviewRow } from './preview-row.ts';

/** One item of a preview's operation: a page of students, or last the conclusion. Done again it finds itself done. */
export async function runPreviewItem(
  register: Register,
  { operationId, item }: { operationId: string; item: string },
): Promise<void> {
  const preview = await findPreview(register.db.reader, { operation_id: operationId });
  if (!preview) throw new Problem('not_found');
  if (item === preview.id) return concludePreview(register, preview);
  const page: Page | undefined = await register.db
    .reader('preview_pages')
    .where({ preview_id: preview.id, first_id: item })
    .first();
  if (!page) throw new Problem('not_found');
  await runPreviewPage(register, preview, { ...page, ordinal: Number(page.ordinal) });
}

interface Page {
  ordinal: number;
  first_id: string;
  last_id: string;
}

async function runPreviewPage(register: Register, preview: PreviewRow, page: Page): Promise<void> {
  if (await hasPart(register.db.reader, preview, page)) return;
  const { read, students } = await readTx(register.db, async (tx) => {
    const ground = await groundOf(tx, preview);
    const ids = await studentsOf(tx, preview, page);
    return { read: await readStudents(tx, ground, ids), students: ids };
  });
  const pairs = comparePairs(read);
  const part = partOf(preview, { pairs, students, factsHash: factsHashOf(pairs) });
  const changed = pairs.filter(({ change }) => change !== null);
  const rows = changed.map((pair, index) =>
    changeRow(pair, { previewId: preview.id, ordinal: page.ordinal * ORDINALS_A_PAGE + index }),
  );
  await plumbingTx(register.db, 'notePreviewPage', async (tx) => {
    if (await hasPart(tx, preview, page)) return;
    await insertRows(tx, 'preview_changes', rows);
    const at = register.systemClock.now();
    await tx('preview_parts').insert({ preview_id: preview.id, ordinal: page.ordinal, part: canonicalJson(part), at });
  });
}

/** Changes of one page are numbered below those of the next. */
const ORDINALS_A_PAGE = 1_000_000;

async function hasPart(query: Tx | Register['db']['reader'], { id }: PreviewRow, { ordinal }: Page): Promise<boolean> {
  return (await query('preview_parts').where({ preview_id: id, ordinal }).first('ordinal')) !== undefined;
}

/** Those who were in scope when it was started lie between the ends of the pages; later ones have later ids. */
async function studentsOf(tx: Tx, preview: PreviewRow, { first_id: first, last_id: last }: Page): Promise<string[]> {
  return tx('enrolments')
    .where({ college_id: preview.college_id })
    .whereBetween('id', [first, last])
    .orderBy('id')
    .pluck('id');
}
