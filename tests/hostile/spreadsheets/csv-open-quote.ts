import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a quote that is never closed',
  make: () => Buffer.from(`学号,姓名\n1,"${'张三\n'.repeat(50_000)}`),
  refused: 'file_damaged',
};
