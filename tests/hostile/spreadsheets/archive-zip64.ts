import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a size hidden in a ZIP64 field',
  make: () =>
    zip(
      parts(
        sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ]),
        [{ name: 'xl/big.bin', data: '', unpacked: 0xffffffff }],
      ),
    ),
  refused: 'file_damaged',
};
