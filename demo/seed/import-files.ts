import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTx } from '../../db/read-tx.ts';
import { readImport } from '../../documents/spreadsheet/read.ts';
import { commitImport } from '../../register/imports/commit-import.ts';
import type { ImportOptions } from '../../register/imports/kind.ts';
import { stageImport } from '../../register/imports/stage-import.ts';
import type { Register } from '../../register/register.ts';
import type { ImportKind } from '../../schemas/imports.ts';
import type { Step } from './step.ts';

interface File {
  name: string;
  kind: ImportKind;
  options?: ImportOptions;
}

/** What the college has when the example begins, at the start of term 3: in this order, for each needs the ones before. */
export const openingFiles: readonly File[] = [
  { name: 'plan.xlsx', kind: 'plan', options: { electiveCredits: 180 } },
  { name: 'mapping.csv', kind: 'mapping' },
  { name: 'students.xlsx', kind: 'students' },
  { name: 'students-late.csv', kind: 'students' },
  { name: 'scores-term-1.xls', kind: 'scores' },
  { name: 'scores-term-2.csv', kind: 'scores' },
  { name: 'outcomes.xlsx', kind: 'outcomes' },
];

interface Importing {
  step: Step;
  folder: string;
  collegeId: string;
}

/** Imports files as the registrar would: dry run, then exactly what it showed, faulty rows left out. A file imported before is passed over. */
export async function importFiles(
  register: Register,
  { step, folder, collegeId }: Importing,
  files = openingFiles,
): Promise<void> {
  for (const { name, kind, options } of files) {
    const bytes = readFileSync(join(folder, name));
    const fileHash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    if (await isImported(register, { collegeId, fileHash })) continue;
    const parsed = await readImport(bytes, kind);
    const input = { kind, fileName: name, fileHash, parsed, ...(options && { options }) };
    const { batch, previewHash } = await stageImport(register, { ...step(`stage/${name}`), input });
    await commitImport(register, {
      ...step(`commit/${name}`),
      input: { batchId: batch, previewHash, skipFaulty: true },
    });
  }
}

async function isImported(
  register: Register,
  { collegeId, fileHash }: { collegeId: string; fileHash: string },
): Promise<boolean> {
  const batch = await readTx(register.db, (tx) =>
    tx('import_batches').where({ college_id: collegeId, file_hash: fileHash, state: 'committed' }).first('id'),
  );
  return batch !== undefined;
}
