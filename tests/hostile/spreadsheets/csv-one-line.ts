import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: '9 MB without a line break',
  make: () => Buffer.from('x'.repeat(9_000_000)),
  refused: 'cell_too_long',
};
