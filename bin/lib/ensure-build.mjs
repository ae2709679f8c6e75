import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder, exec, projectRoot, Stop, say, stampOf } from './host.mjs';
import { withLock } from './lock.mjs';
import { filesBelow, hashOf } from './source-hash.mjs';

const SERVER = [
  'schemas',
  'rules',
  'register',
  'db',
  'documents',
  'signer',
  'activities',
  'workflows',
  'api',
  'bin',
  'bench',
  'demo',
];
const SETTINGS = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const DIST = join(projectRoot, 'dist');

/** Brings dist/ up to date with the sources: server, workflow bundle, console. Does nothing when they have not changed. */
export async function ensureBuild({ withConsole = true } = {}) {
  await withLock(join(cacheFolder(), 'build.lock'), async () => {
    await step('server', [...SERVER, ...SETTINGS], [join(DIST, 'bin')], buildServer);
    const bundler = join(DIST, 'bin/bundle-workflows.js');
    if (existsSync(bundler)) {
      const inputs = ['workflows', 'bin/bundle-workflows.ts', 'bin/workflow-bundle.ts', 'package-lock.json'];
      await step('workflows', inputs, [join(DIST, 'workflow-bundle.js')], () => bundleWorkflows(bundler));
    }
    if (withConsole && existsSync(join(projectRoot, 'web/index.html'))) {
      await step('web', ['web', 'package-lock.json'], [join(projectRoot, 'web/dist/index.html')], buildConsole);
    }
  });
}

async function step(name, inputs, outputs, build) {
  const hash = hashOf(filesBelow(inputs));
  const stamp = stampOf(name);
  if (stamp.holds(hash) && outputs.every((path) => existsSync(path))) return;
  await build();
  stamp.set(hash);
}

/** Types are the business of `npm test`; here the compiler only strips and rewrites them. */
async function buildServer() {
  say('正在构建服务端', 'building the server');
  await compiler(['node_modules/@typescript/native/bin/tsc', '-p', 'tsconfig.build.json', '--noCheck']);
  const sources = filesBelow(SERVER);
  removeStale(sources);
  for (const file of sources.filter(isAsset)) {
    const target = join(DIST, file);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(projectRoot, file), target);
  }
}

/** What is left of sources that are gone would still run. */
function removeStale(sources) {
  const made = new Set(sources.map((file) => join('dist', file.replace(/\.tsx?$/, '.js'))));
  const stale = filesBelow(['dist']).filter(
    (file) => !made.has(file) && !file.startsWith(join('dist', 'workflow-bundle')),
  );
  for (const file of stale) rmSync(join(projectRoot, file), { force: true });
}

function isAsset(file) {
  return !/\.(ts|tsx|md)$/.test(file) && !/\.d\.mts$/.test(file);
}

async function bundleWorkflows(bundler) {
  say('正在打包工作流', 'bundling the workflows');
  await compiler([bundler]);
}

async function buildConsole() {
  say('正在构建控制台', 'building the console');
  await compiler(['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', 'web']);
}

async function compiler(args) {
  const { code, output } = await exec(process.execPath, args, { env: { TMPDIR: cacheFolder('tmp') } });
  if (code === 0) return;
  throw new Stop(
    `构建失败：${args[0]}，原因见下。`,
    `The build failed in ${args[0]}; its output stands below.`,
    output,
  );
}
