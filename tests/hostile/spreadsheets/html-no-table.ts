import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'a sign-in page saved as .xls',
  make: () => Buffer.from('<!DOCTYPE html><html><body>请登录</body></html>'),
  refused: 'no_sheet',
};
