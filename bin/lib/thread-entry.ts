import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, projectRoot } from './host.mjs';

const here = fileURLToPath(import.meta.url);

/** The file a thread runs: the built one beside this, or, under a test runner, the sources bundled once (Node 20 reads no TypeScript). */
export async function threadEntry(name: string, folders: readonly string[]): Promise<string> {
  if (here.endsWith('.js')) return join(dirname(here), `${name}.js`);
  return bundled(join(dirname(here), `${name}.ts`), folders);
}

/** A source made one file of; `folders` are those it may draw upon. */
export async function bundled(source: string, folders: readonly string[]): Promise<string> {
  const target = join(cacheFolder('threads'), `${basename(source, '.ts')}-${fingerprint(source, folders)}.mjs`);
  if (existsSync(target)) return target;
  const bundler = 'rolldown'; // a name, so that the product does not depend on a tool of its tests
  const { rolldown } = (await import(bundler)) as { rolldown: (options: object) => Promise<Bundle> };
  const made = await rolldown({ input: source, platform: 'node', external: /^[^./]/ });
  const { output } = await made.generate({ format: 'esm', codeSplitting: false });
  mkdirSync(dirname(target), { recursive: true });
  const draft = `${target}.${process.pid}`; // several test workers may do this at once
  writeFileSync(draft, output[0].code);
  renameSync(draft, target);
  return target;
}

interface Bundle {
  generate(options: object): Promise<{ output: [{ code: string }] }>;
}

function fingerprint(source: string, folders: readonly string[]): string {
  const hash = createHash('sha256').update(readFileSync(source));
  for (const folder of folders)
    for (const name of readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' }).sort())
      if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(projectRoot, folder, name)));
  return hash.digest('hex').slice(0, 16);
}
