import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a picture called .xlsx',
  make: () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  refused: 'file_type_unknown',
};
