import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as xlsx from '@e965/xlsx';
import { makeStudents } from '../../demo/college/students.ts';
import { studentsTable } from '../../demo/college/tables.ts';
import { connectSqlite } from '../../db/sqlite.ts';
import { REGISTER_FILE } from '../../db/open.ts';
import { readImport } from '../../documents/spreadsheet/read.ts';
import { commitImport } from '../../register/imports/commit-import.ts';
import { stageImport } from '../../register/imports/stage-import.ts';
import type { StagedImport } from '../../register/imports/stage-import.ts';
import type { Place } from './place.ts';

export const STUDENTS = 20_000;
const CLASSES = 400;

/** A students' workbook as large as one import may be. */
export function writeLargeWorkbook(folder: string): string {
  const { title, headers, rows } = studentsTable(
    makeStudents({ students: STUDENTS, classes: CLASSES, seed: 'bench' }),
    false,
  );
  const book = xlsx.utils.book_new();
  xlsx.utils.book_append_sheet(book, xlsx.utils.aoa_to_sheet([[...headers], ...rows.map((row) => [...row])]), title);
  const file = join(folder, 'students-large.xlsx');
  writeFileSync(file, xlsx.write(book, { type: 'buffer', bookType: 'xlsx', compression: true }));
  return file;
}

/** 试导入: read in the child, check every row against the register. */
export async function dryRun(
  { register, step }: Pick<Place, 'register' | 'step'>,
  file: string,
): Promise<StagedImport> {
  const fileHash = `sha256:${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
  const parsed = await readImport(file, 'students');
  const input = { kind: 'students' as const, fileName: 'students-large.xlsx', fileHash, parsed };
  return stageImport(register, { ...step('large/stage'), input });
}

export async function commit(
  { register, step }: Pick<Place, 'register' | 'step'>,
  { batch, previewHash }: StagedImport,
): Promise<void> {
  const input = { batchId: batch, previewHash, skipFaulty: true };
  await commitImport(register, { ...step('large/commit'), input });
}

/**
 * A result in every course for everybody, put straight into the table that verdicts read: half a million of them would take the
 * commands minutes, and what is measured is the reading. Of a hundred students about four fail something.
 */
export async function giveScores({ dataDir }: Pick<Place, 'dataDir'>): Promise<number> {
  const knex = connectSqlite(join(dataDir, REGISTER_FILE), 'write');
  try {
    await knex.raw('PRAGMA foreign_keys = OFF');
    await knex.raw(`
      INSERT INTO current_scores (enrolment_id, course_id, attempt, component_key, sheet_id, weight, max_score, value, mark, event_id)
      SELECT e.id, pc.course_id, 1, 'total', 'bench', 10000, 1000, 599 + abs(random() % 400), NULL, 'bench'
      FROM enrolments e JOIN plan_courses pc ON pc.plan_id = e.plan_id`);
    const row = await knex('current_scores').count({ count: '*' }).first();
    return Number(row?.count ?? 0);
  } finally {
    await knex.destroy();
  }
}
