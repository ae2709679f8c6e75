import { zip } from '../zip.ts';
import type { HostileFile } from '../zip.ts';

export const hostile: HostileFile = {
  title: 'an archive of something else',
  make: () => zip([{ name: 'word/document.xml', data: '<w/>' }]),
  refused: 'file_type_unknown',
};
