import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import type { Logger } from '@temporalio/worker';

const MOST_BYTES = 1_900_000;
const FORBIDDEN = ['zod', 'json-rules-engine', 'knex', 'koa'];

const extension = extname(fileURLToPath(import.meta.url)); // .ts under the tests, .js in dist/
const ownWorkflows = fileURLToPath(new URL(`../workflows/index${extension}`, import.meta.url));

const quiet: Logger = {
  log: () => undefined,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: (message) => void process.stderr.write(`${message}\n`),
  error: (message) => void process.stderr.write(`${message}\n`),
};

/** Bundles the workflows, and refuses what must never run in the sandbox. Done at build time: it costs seconds. */
export async function bundleWorkflows(workflowsPath: string = ownWorkflows): Promise<string> {
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: quiet });
  const faults = bundleFaults(code);
  if (faults.length > 0) throw new Error(`the workflow bundle is refused: ${faults.join('; ')}`);
  return code;
}

function bundleFaults(code: string): string[] {
  const bytes = Buffer.byteLength(code);
  const faults = FORBIDDEN.filter((name) => code.includes(`/node_modules/${name}/`)).map((name) => `${name} is in it`);
  if (bytes > MOST_BYTES) faults.push(`${bytes} bytes, more than ${MOST_BYTES}`);
  return faults;
}
