import { parts, text, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a cell in a column that no sheet has',
  make: () => zip(parts(`<sheetData><row r="1">${text('ZZZZZZ1', '学号')}</row></sheetData>`)),
  refused: 'too_many_columns',
};
