import { createHash } from 'node:crypto';
import { findSheet } from '../../documents/spreadsheet/columns.ts';
import { sheetsOfCsv } from '../../documents/spreadsheet/from-csv.ts';
import { readingLimits } from '../../documents/spreadsheet/limits.ts';
import { parseRows } from '../../documents/spreadsheet/rows.ts';
import { commitImport } from '../../register/imports/commit-import.ts';
import type { CommittedImport } from '../../register/imports/commit-import.ts';
import type { ImportOptions } from '../../register/imports/kind.ts';
import { stageImport } from '../../register/imports/stage-import.ts';
import type { StagedImport, StageImport } from '../../register/imports/stage-import.ts';
import { idNumberCheck } from '../../schemas/id-number.ts';
import { importDefinition } from '../../schemas/imports.ts';
import type { ImportKind } from '../../schemas/imports.ts';
import type { College } from './college.ts';

/** A file of this kind, read as an uploaded CSV is: headers in the first line. */
export function fileOf(
  kind: ImportKind,
  lines: readonly (readonly (string | number)[])[],
  options?: ImportOptions,
): StageImport {
  const bytes = Buffer.from(lines.map((line) => line.join(',')).join('\n'));
  const definition = importDefinition(kind);
  const sheet = findSheet(sheetsOfCsv(bytes, readingLimits), definition);
  return {
    kind,
    fileName: `${kind}.csv`,
    fileHash: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    parsed: parseRows(sheet, definition),
    ...(options ? { options } : {}),
  };
}

export const stage = (college: College, file: StageImport): Promise<StagedImport> =>
  stageImport(college.register, college.call('registrar', file));

export const commit = (
  college: College,
  { batch, previewHash }: StagedImport,
  skipFaulty = false,
): Promise<CommittedImport> =>
  commitImport(college.register, college.call('registrar', { batchId: batch, previewHash, skipFaulty }));

/** Previews a file and commits it. */
export async function imported(college: College, file: StageImport): Promise<StagedImport & CommittedImport> {
  const staged = await stage(college, file);
  return { ...staged, ...(await commit(college, staged)) };
}

/** A number that passes every check, in an area that was never assigned. */
export function anIdNumber(serial: number, birth = '20050301'): string {
  const first17 = `990000${birth}${String(serial).padStart(3, '0')}`;
  return first17 + idNumberCheck(first17);
}

export const studentHeaders = ['学号', '姓名', '身份证号', '班级', '专业代码', '年级', '入学日期'] as const;

export function aStudentLine(serial: number, className = '机电2301班'): string[] {
  const identity = anIdNumber(serial % 1000, birthOf(Math.floor(serial / 1000)));
  const number = `2023${String(serial).padStart(4, '0')}`;
  return [number, `学生${serial}`, identity, className, '460301', '2023', '2023-09-01'];
}

/** Numbers have three digits for the people of one birthday; every further thousand has its own day. */
function birthOf(thousand: number): string {
  const day = new Date(Date.UTC(2005, 2, 1 + thousand));
  return day.toISOString().slice(0, 10).replaceAll('-', '');
}
