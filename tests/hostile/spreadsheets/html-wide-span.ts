import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a cell a thousand million columns wide',
  make: () => Buffer.from('<table><tr><td colspan=9999999 rowspan=9999999>学号</td></tr></table>'),
  refused: 'area_too_large',
};
