import { parts, sheetData, zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: '60 MB of one letter in 60 KB',
  make: () => zip(parts(sheetData([['A'.repeat(60_000_000)]]))),
  refused: 'archive_ratio',
};
