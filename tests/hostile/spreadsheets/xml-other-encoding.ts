import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a part that claims UTF-7',
  make: () =>
    zip(
      parts(
        sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ]),
        [{ name: 'xl/sharedStrings.xml', data: '<?xml version="1.0" encoding="utf-7"?><sst/>' }],
      ),
    ),
  refused: 'file_damaged',
};
