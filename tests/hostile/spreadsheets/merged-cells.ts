import { students, workbook } from '../../documents/workbooks.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a class name merged over three students',
  make: () =>
    workbook(students(3), 'xlsx', (sheet) => {
      sheet['!merges'] = [{ s: { r: 1, c: 3 }, e: { r: 3, c: 3 } }];
      for (const cell of ['D3', 'D4']) delete sheet[cell];
    }),
  kind: 'students',
  faults: ['2D merged_cells', '3D value_missing', '4D value_missing'],
  rows: 0,
};
