import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'one byte over 10 MB',
  make: () => Buffer.alloc(10 * 1024 * 1024 + 1, 'a'),
  refused: 'file_too_large',
};
