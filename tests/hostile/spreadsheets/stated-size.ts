import { studentHeaders, studentRow } from '../../documents/workbooks.ts';
import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a sheet that says it reaches XFD1048576 and holds two rows',
  make: () => zip(parts(`<dimension ref="A1:XFD1048576"/>${sheetData([studentHeaders, studentRow(1).map(String)])}`)),
  kind: 'students',
  rows: 1,
};
