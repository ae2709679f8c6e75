import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'encrypted entries',
  make: () =>
    zip(
      parts(
        sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ]),
      ).map((entry) => ({ ...entry, flags: 1 })),
    ),
  refused: 'file_encrypted',
};
