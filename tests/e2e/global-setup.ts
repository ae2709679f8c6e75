import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuild } from '../../bin/lib/ensure-build.mjs';
import { say } from '../../bin/lib/host.mjs';
import { startSystem } from '../../bin/lib/system.ts';

/** The whole product with the demo college, in a folder of its own; specs find it in E2E_URL and E2E_DATA_DIR. */
export async function setUp(): Promise<() => Promise<void>> {
  await ensureBuild();
  const dataDir = mkdtempSync(join(tmpdir(), 'dualcert-e2e-'));
  const system = await startSystem({ dataDir, port: 0, seed: true, say });
  process.env.E2E_URL = system.url;
  process.env.E2E_DATA_DIR = dataDir;
  return async () => {
    await system.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

// Playwright takes the default export.
// biome-ignore lint/style/noDefaultExport: see above
export default setUp;
