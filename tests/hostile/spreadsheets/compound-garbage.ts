import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'the signature of an xls and 100 KB of noise',
  make: () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(100_000, 0x5a)]),
  refused: 'file_damaged',
};
