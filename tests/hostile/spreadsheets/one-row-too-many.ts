import { students, workbook } from '../../documents/workbooks.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: '20,001 rows of data',
  make: () => workbook(students(20_001)),
  kind: 'students',
  refused: 'too_many_rows',
};
