import { students, workbook } from '../../documents/workbooks.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'the same students twice',
  make: () => workbook([...students(2), ...students(2).slice(1)]),
  kind: 'students',
  faults: ['4A row_doubled', '4C row_doubled', '5A row_doubled', '5C row_doubled'],
  rows: 2,
};
