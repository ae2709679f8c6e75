import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a DOCTYPE hidden in UTF-16',
  make: () =>
    zip(
      parts(
        sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ]),
        [{ name: 'xl/sharedStrings.xml', data: Buffer.from('\ufeff<!DOCTYPE a><sst/>', 'utf16le') }],
      ),
    ),
  refused: 'file_damaged',
};
