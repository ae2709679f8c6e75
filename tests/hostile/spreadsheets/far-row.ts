import { parts, text, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a cell in the last row of a sheet',
  make: () =>
    zip(
      parts(
        `<sheetData><row r="1">${text('A1', '学号')}</row><row r="1048576">${text('A1048576', '1')}</row></sheetData>`,
      ),
    ),
  kind: 'students',
  faults: ['1 headers_not_found'],
};
