import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'nothing',
  make: () => Buffer.alloc(0),
  refused: 'file_empty',
};
