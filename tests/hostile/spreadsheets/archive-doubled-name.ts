import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'two entries of one name',
  make: () =>
    zip([
      ...parts(
        sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ]),
      ),
      { name: 'XL/worksheets/sheet1.xml', data: '' },
    ]),
  refused: 'file_damaged',
};
