import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'one link over the whole sheet',
  make: () =>
    zip(
      parts(
        `${sheetData([
          ['学号', '姓名'],
          ['1', '张三'],
        ])}<hyperlinks><hyperlink ref='A1:XFD1048576' location="S!A1"/></hyperlinks>`,
      ),
    ),
  refused: 'area_too_large',
};
