import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: '2,000 merges of a thousand cells each',
  make: () =>
    zip(
      parts(
        `${sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ])}<mergeCells>${Array.from({ length: 2000 }, (_, i) => `<mergeCell ref="A${i * 10 + 1}:CV${i * 10 + 10}"/>`).join('')}</mergeCells>`,
      ),
    ),
  refused: 'area_too_large',
};
