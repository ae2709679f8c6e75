// npm test: everything that holds the product together, on a fresh clone. Last line: "N passed, N failed".
// npm test -- types imports … runs only the parts named; "static" stands for those that need nothing running.
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuild } from './lib/ensure-build.mjs';
import { ensurePackages } from './lib/ensure-packages.mjs';
import { cacheFolder, exec, projectRoot, runMain } from './lib/host.mjs';
import { resolveChromium } from './lib/resolve-chromium.mjs';
import { tally, vitestTally } from './lib/tally.mjs';

const DEPCRUISE = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
const FOLDERS = [
  ...['schemas', 'rules', 'register', 'db', 'documents', 'signer', 'activities'],
  ...['workflows', 'api', 'web', 'bin', 'bench', 'demo', 'tests'],
];

const parts = [
  { name: 'build', static: true, run: build },
  { name: 'types', static: true, run: () => check('node_modules/@typescript/native/bin/tsc', '--noEmit') },
  {
    name: 'types-web',
    static: true,
    run: () => check('node_modules/@typescript/native/bin/tsc', '--noEmit', '-p', 'web'),
  },
  {
    name: 'format',
    static: true,
    run: () => check('node_modules/@biomejs/biome/bin/biome', 'check', '--diagnostic-level=error'),
  },
  { name: 'promises', static: true, run: () => check('node_modules/oxlint/bin/oxlint', '--type-aware') },
  { name: 'imports', static: true, run: () => check(DEPCRUISE, '--config', '.dependency-cruiser.cjs', ...FOLDERS) },
  { name: 'dead-code', static: true, run: () => check('node_modules/knip/bin/knip.js', '--no-progress') },
  { name: 'workflow-bundle', run: () => check('dist/bin/bundle-workflows.js') },
  { name: 'vitest', run: vitest },
  { name: 'browser', run: browser },
  { name: 'journey', run: () => check('dist/bin/journey.js', '--short') },
];

await runMain(async () => {
  const wanted = process.argv.slice(2);
  const chosen = parts.filter(
    (part) => wanted.length === 0 || wanted.includes(part.name) || (part.static && wanted.includes('static')),
  );
  await ensurePackages();
  let passed = 0;
  let failed = 0;
  const summary = [];
  for (const part of chosen) {
    const result = await timed(part);
    passed += result.passed;
    failed += result.failed;
    summary.push(lineOf(part, result));
  }
  process.stdout.write(`\n${summary.join('\n')}\n\n${passed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
});

async function timed({ name, run }) {
  process.stdout.write(`\n── ${name}\n`);
  const since = performance.now();
  const result = await run().catch((err) => ({ ...tally(0, 1), why: String(err?.message ?? err) }));
  if (result.why) process.stdout.write(`${result.why}\n`);
  return { ...result, seconds: (performance.now() - since) / 1000 };
}

function lineOf({ name }, { passed, failed, seconds }) {
  const mark = failed > 0 ? 'FAILED' : 'ok';
  return `${mark.padEnd(7)}${name.padEnd(17)}${`${passed} passed, ${failed} failed`.padEnd(26)}${seconds.toFixed(1)} s`;
}

/** A tool that passes or fails as a whole. It speaks only when it fails. */
async function check(script, ...args) {
  const { code, output } = await exec(process.execPath, [script, ...args]);
  if (code !== 0) process.stdout.write(`${output.trimEnd()}\n`);
  return code === 0 ? tally(1, 0) : tally(0, 1);
}

async function build() {
  await ensureBuild();
  return tally(1, 0);
}

async function vitest() {
  const report = join(cacheFolder('test'), 'vitest.json');
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const env = { CHROMIUM_PATH: await resolveChromium() };
  const { code } = await exec(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...reporters], {
    env,
    show: true,
  });
  return vitestTally(readJson(report), code);
}

async function browser() {
  const specs = readdirSync(join(projectRoot, 'tests/e2e'), { recursive: true }).filter((name) =>
    name.endsWith('.spec.ts'),
  );
  if (specs.length === 0) throw new Error('tests/e2e holds no spec');
  const report = join(cacheFolder('test'), 'browser.json');
  rmSync(report, { force: true });
  const env = { CHROMIUM_PATH: await resolveChromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: report };
  const args = ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'];
  const { code } = await exec(process.execPath, args, { env, show: true });
  const stats = readJson(report)?.stats;
  if (!stats) return tally(0, 1);
  const failed = stats.unexpected + stats.flaky + stats.skipped;
  return tally(stats.expected, failed === 0 && code !== 0 ? 1 : failed);
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
