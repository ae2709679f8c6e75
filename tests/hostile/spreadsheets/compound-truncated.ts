import { students, workbook } from '../../documents/workbooks.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'the first third of an xls',
  make: () => workbook(students(500), 'biff8').subarray(0, 20_000),
  refused: 'file_damaged',
};
