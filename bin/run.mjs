// npm run <entry>: installs and builds what is missing, then runs dist/bin/<entry>.js with the remaining arguments.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './lib/ensure-build.mjs';
import { ensurePackages } from './lib/ensure-packages.mjs';
import { projectRoot, runMain, Stop } from './lib/host.mjs';

await runMain(async () => {
  const [entry, ...args] = process.argv.slice(2);
  await ensurePackages();
  // Only these two show pages; a command line does not wait for the console.
  await ensureBuild({ withConsole: entry === undefined || entry === 'bench' });
  if (entry) process.exitCode = await run(fileOf(entry), args);
});

function fileOf(entry) {
  const files = [`dist/bin/${entry}.js`, `dist/${entry}/main.js`].map((file) => join(projectRoot, file));
  const file = files.find((path) => existsSync(path));
  if (!file) throw new Stop(`没有名为 ${entry} 的命令。`, `There is no command named ${entry}.`);
  return file;
}

function run(file, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { stdio: 'inherit' });
    // Ctrl-C reaches the child by itself; here it only must not end us before the child has ended.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
