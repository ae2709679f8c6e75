import { studentHeaders, studentRow } from '../../documents/workbooks.ts';
import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: '60,000 rows with formats and nothing in them',
  make: () => {
    const head = sheetData([studentHeaders, studentRow(1).map(String)]).replace('</sheetData>', '');
    const blanks = Array.from(
      { length: 60_000 },
      (_, i) =>
        `<row r="${i + 3}">${['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((column) => `<c r="${column}${i + 3}" s="0"/>`).join('')}</row>`,
    );
    return zip(parts(`${head}${blanks.join('')}</sheetData>`));
  },
  kind: 'students',
  rows: 1,
  dropped: 60_000,
};
