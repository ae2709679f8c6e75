import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exec, projectRoot } from '../lib/host.mjs';
import type { System } from '../lib/system.ts';

/** Runs check-register beside the running system, as an operator would; answers what it found broken. */
export async function checkRegister(system: System): Promise<string[]> {
  const script = join(projectRoot, 'dist/bin/check-register.js');
  if (!existsSync(script)) return ['check-register has not been built'];
  const { code, output } = await exec(process.execPath, [script], { env: { ...system.env } });
  return code === 0 ? [] : [`check-register:\n${output.trimEnd()}`];
}
