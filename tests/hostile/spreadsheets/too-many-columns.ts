import { workbook } from '../../documents/workbooks.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: '101 columns',
  make: () => workbook([Array.from({ length: 101 }, (_, i) => `列${i}`)]),
  refused: 'too_many_columns',
};
