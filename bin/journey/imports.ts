import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportKind } from '../../schemas/imports.ts';
import type { Client } from './client.ts';

interface Staged {
  batch: string;
  previewHash: string;
  rows: number;
  faultyRows: number;
}

interface FileToImport {
  kind: ImportKind;
  name: string;
  options?: Record<string, unknown>;
}

/** Uploads a workbook, looks at the preview, commits exactly that. A file the example college does not have is passed over. */
export async function importFile(
  client: Client,
  folder: string,
  { kind, name, options }: FileToImport,
): Promise<{ rows: number; faultyRows: number }> {
  const path = join(folder, name);
  if (!existsSync(path)) return { rows: 0, faultyRows: 0 };
  const fields = { kind, ...(options ? { options: JSON.stringify(options) } : {}) };
  const staged = await client.upload<Staged>('/v1/imports', fields, { name, bytes: readFileSync(path) });
  const { batch, previewHash, rows, faultyRows } = staged;
  await client.post(`/v1/imports/${batch}/commit`, { previewHash, skipFaulty: faultyRows > 0 });
  return { rows, faultyRows };
}
