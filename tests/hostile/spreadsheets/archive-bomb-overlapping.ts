import { zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: '190 entries that all point at the same half megabyte',
  make: () =>
    zip(
      Array.from({ length: 190 }, (_, i) => ({ name: `xl/worksheets/sheet${i}.xml`, data: 'A'.repeat(500_000) })),
      { shareData: true },
    ),
  refused: 'archive_ratio',
};
