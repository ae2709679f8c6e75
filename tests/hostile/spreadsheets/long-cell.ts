import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a cell of 33 KB',
  make: () => Buffer.from(`学号,姓名\n1,${'长'.repeat(11_000)}\n`),
  refused: 'cell_too_long',
};
