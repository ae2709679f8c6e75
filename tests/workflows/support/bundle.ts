import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflows } from '../../../bin/workflow-bundle.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The workflow bundle of these sources, made once for all test files. */
export async function workflowBundle(): Promise<{ codePath: string }> {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const file of readdirSync(join(root, 'workflows')).sort())
    hash.update(readFileSync(join(root, 'workflows', file)));
  const codePath = join(root, '.cache', `workflow-bundle-${hash.digest('hex').slice(0, 16)}.js`);
  if (!existsSync(codePath)) {
    mkdirSync(join(root, '.cache'), { recursive: true });
    const unfinished = `${codePath}.${process.pid}`;
    writeFileSync(unfinished, await bundleWorkflows());
    renameSync(unfinished, codePath); // another test file may be making it too
  }
  return { codePath };
}
