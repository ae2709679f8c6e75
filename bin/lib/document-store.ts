import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Problem } from '../../schemas/problem.ts';

const HASH = /^sha256:([0-9a-f]{64})$/;

export interface DocumentStore {
  store(bytes: Uint8Array): Promise<{ hash: string }>;
  load(hash: string): Promise<Uint8Array>;
}

/** Rendered documents in a folder by their hash; what is filed never changes, and is checked when it is read. */
export function documentStore(folder: string): DocumentStore {
  const pathOf = (hash: string): string => {
    const hex = HASH.exec(hash)?.[1];
    if (hex === undefined) throw new Problem('not_found');
    return join(folder, hex.slice(0, 2), hex);
  };
  return {
    async store(bytes) {
      const hash = hashOfBytes(bytes);
      const path = pathOf(hash);
      await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
      const draft = `${path}.${process.pid}.part`;
      const file = await open(draft, 'w', 0o600);
      await file.writeFile(bytes);
      await file.sync();
      await file.close();
      await rename(draft, path);
      return { hash };
    },
    async load(hash) {
      const bytes = await readFile(pathOf(hash)).catch(() => {
        throw new Problem('not_found');
      });
      if (hashOfBytes(bytes) !== hash) throw new Problem('invariant_broken');
      return bytes;
    },
  };
}

const hashOfBytes = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
