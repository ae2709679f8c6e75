import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'one merge over A1:XFD1048576 in 2 KB',
  make: () =>
    zip(
      parts(
        `${sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ])}<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>`,
      ),
    ),
  refused: 'area_too_large',
};
