import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a second archive in the comment of the first',
  make: () =>
    zip(
      parts(
        sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ]),
      ),
      { comment: zip(parts(sheetData([['其他']]))) },
    ),
  refused: 'file_damaged',
};
