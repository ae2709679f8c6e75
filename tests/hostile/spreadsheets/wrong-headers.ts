import { workbook } from '../../documents/workbooks.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'headers of another form',
  make: () =>
    workbook([
      ['订单号', '金额'],
      ['1', 2],
    ]),
  kind: 'students',
  faults: ['1 headers_not_found'],
  rows: 0,
};
