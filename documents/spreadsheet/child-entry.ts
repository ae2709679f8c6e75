import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(import.meta.url);
const isBuilt = here.endsWith('.js');
let bundled: Promise<string> | undefined;

/** The file a child runs: the built one beside this, or, under a test runner, the sources bundled once. */
export async function childEntry(): Promise<string> {
  if (isBuilt) return join(dirname(here), 'child.js');
  bundled ??= bundle();
  return bundled;
}

/** Node 20 cannot run TypeScript, and a child of a test runner is plain Node: so the bundler that vite brings along makes one file of it. */
async function bundle(): Promise<string> {
  const root = join(dirname(here), '..', '..');
  const target = join(root, 'node_modules', '.cache', 'spreadsheet-child', `${fingerprint(root)}.mjs`);
  if (existsSync(target)) return target;

  const bundler = 'rolldown'; // a name, so that the product does not depend on a tool of its tests
  const { rolldown } = (await import(bundler)) as { rolldown: (options: object) => Promise<Bundle> };
  const made = await rolldown({ input: join(dirname(here), 'child.ts'), platform: 'node', external: /^[^./]/ });
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

function fingerprint(root: string): string {
  const hash = createHash('sha256');
  for (const folder of ['documents/spreadsheet', 'schemas']) {
    for (const name of readdirSync(join(root, folder)).sort()) {
      if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(root, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}
