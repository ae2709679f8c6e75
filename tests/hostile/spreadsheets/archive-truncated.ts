import { students, workbook } from '../../documents/workbooks.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'the first half of a workbook',
  make: () => workbook(students(100)).subarray(0, 3000),
  refused: 'file_damaged',
};
