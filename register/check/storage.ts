import { checkSchema } from '../../db/check-schema.ts';
import { PRAGMAS } from '../../db/sqlite.ts';
import { check, everyRow, tally } from './check.ts';

export const idNumbersAreHidden = check(
  'I18',
  ['任何文件中没有明文身份证号', 'no file holds an ID number in the clear'],
  async ({ db, tx, findInFiles }) => {
    const numbers = new Set<string>();
    for await (const row of everyRow(tx, 'people')) {
      if (row.id_number_enc !== null) numbers.add(db.keys.decryptIdNumber(String(row.id_number_enc)));
    }
    const { finding, look } = tally();
    const { files, found } = await findInFiles(numbers);
    for (const file of found) look(file, 'id_number_in_the_clear');
    return { ...finding, checked: files };
  },
);

export const storageIsSound = check(
  'I20',
  ['数据库完好，表、触发器与程序一致', 'the database is sound; tables, triggers and settings are the code’s'],
  async ({ db }) => {
    const { finding, look } = tally();
    for (const { name, code } of await checkSchema(db)) look(name, code);
    if (db.dialect === 'sqlite') {
      for (const [name, wanted] of Object.entries(PRAGMAS)) {
        const rows = await db.reader.raw<Record<string, unknown>[]>(`PRAGMA ${name}`);
        look(`PRAGMA ${name}`, Object.values(rows[0] ?? {})[0] !== wanted && 'setting_differs');
      }
    }
    return { ...finding, checked: Math.max(1, finding.checked) };
  },
);
