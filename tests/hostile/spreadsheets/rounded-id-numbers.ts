import { students, workbook } from '../../documents/workbooks.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'ID numbers typed as numbers',
  make: () =>
    workbook(
      students(3).map((row, i) =>
        i === 0 ? row : row.map((value, c) => (c === 2 ? Number(String(value).slice(0, 17)) * 10 : value)),
      ),
    ),
  kind: 'students',
  faults: ['2C number_rounded', '3C number_rounded', '4C number_rounded'],
  rows: 0,
};
