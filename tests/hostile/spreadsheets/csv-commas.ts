import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: '9 MB of commas',
  make: () => Buffer.from(`学号,姓名\n${','.repeat(9_000_000)}x\n`),
  refused: 'reading_too_heavy',
};
