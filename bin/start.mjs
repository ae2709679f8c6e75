// npm start: from a fresh clone to a running system. Only Node is needed to read this file.
import { ensureBuild } from './lib/ensure-build.mjs';
import { ensurePackages } from './lib/ensure-packages.mjs';
import { runMain } from './lib/host.mjs';

await runMain(async () => {
  await ensurePackages();
  await ensureBuild();
  const { superviseUntilStopped } = await import('../dist/bin/supervisor.js');
  await superviseUntilStopped(process.env);
});
