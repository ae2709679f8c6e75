import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { cacheFolder, exec, projectRoot, reachable, Stop, say, which } from './host.mjs';
import { withLock } from './lock.mjs';

const SQLITE = join(projectRoot, 'node_modules/sqlite3');
const SQLITE_BINARY = join(SQLITE, 'build/Release/node_sqlite3.node');

/** Installs what package-lock.json names, if it is not there already. */
export async function ensurePackages() {
  checkNode(process.versions.node);
  if (packagesPresent()) return;
  await withLock(join(cacheFolder(), 'packages.lock'), async () => {
    if (packagesPresent()) return;
    const env = await buildTools();
    if (!lockfileInstalled()) await install(env);
    if (!existsSync(SQLITE_BINARY)) await rebuildSqlite(env);
  });
}

export function checkNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fits = (major === 20 && minor >= 19) || (major > 20 && major < 27);
  if (fits) return;
  throw new Stop(
    `需要 Node.js 20.19 以上、27 以下的版本，当前是 ${version}。请更换 Node.js 后重试。`,
    `Node.js >= 20.19 and < 27 is needed; this is ${version}. Install another Node.js and try again.`,
  );
}

function packagesPresent() {
  return lockfileInstalled() && existsSync(SQLITE_BINARY);
}

/** npm leaves its own lock file in node_modules; every package we need must stand there in the same version. */
export function lockfileInstalled(root = projectRoot) {
  const installed = readPackages(join(root, 'node_modules/.package-lock.json'));
  const wanted = readPackages(join(root, 'package-lock.json'));
  if (!installed || !wanted) return false;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || entry.devOptional || installed[path]?.version === entry.version,
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

async function install(env) {
  say('正在安装依赖包，首次约需 2–4 分钟', 'installing packages, 2–4 minutes the first time');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const patience = ['--fetch-retries=3', '--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=10000'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', ...patience];
  const clean = await exec(npm, ['ci', ...quiet], { env });
  if (clean.code === 0) return;
  // `npm ci` insists on every platform's optional packages, which a registry's mirror may lack; `install` takes the same versions.
  const { code, output } = clean.output.includes('EUSAGE')
    ? await exec(npm, ['install', '--no-save', ...quiet], { env })
    : clean;
  if (code === 0) return;
  throw new Stop(
    `依赖包安装失败。请检查网络与 npm 的软件源设置（npm config get registry）后重试。`,
    'Installing packages failed. Check the network and the registry npm is set to use, then try again.',
    tail(output),
  );
}

async function rebuildSqlite(env) {
  say('正在编译 sqlite3，约需 90 秒', 'compiling sqlite3, about 90 seconds');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { output } = await exec(npm, ['rebuild', 'sqlite3', '--loglevel=error'], { env });
  if (existsSync(SQLITE_BINARY)) return;
  throw new Stop(
    'sqlite3 未能编译，原因见下。',
    'sqlite3 could not be compiled; the output below says why.',
    tail(output),
  );
}

/** Checked before anything is fetched: where no prebuilt sqlite3 can be had it is compiled, and that needs these tools. */
async function buildTools() {
  const headers = nodeHeaders();
  const env = { npm_config_devdir: cacheFolder('node-gyp'), TMPDIR: cacheFolder('tmp') };
  if (headers && !process.env.npm_config_nodedir) env.npm_config_nodedir = headers;
  const missing = missingTools(headers);
  if (missing.length === 0) return env;
  if (await prebuiltSqlite()) return env;
  if (missing.length === 1 && missing[0] === 'Node.js headers' && (await headersOnline())) return env;
  throw new Stop(
    `得不到预编译的 sqlite3，需要在本机编译，但缺少：${missing.join('、')}。请先安装（Debian/Ubuntu：apt-get install python3 make g++ libnode-dev）。`,
    `No prebuilt sqlite3 can be had, so it must be compiled here, and this is missing: ${missing.join(', ')}. Install it first (Debian/Ubuntu: apt-get install python3 make g++ libnode-dev).`,
  );
}

function missingTools(headers) {
  const missing = [];
  if (!which('python3') && !which('python')) missing.push('Python 3');
  if (!which('make')) missing.push('make');
  if (!which('g++') && !which('clang++') && !which('c++')) missing.push('g++');
  if (!headers) missing.push('Node.js headers');
  return missing;
}

/** The prefix under which include/node/node.h lies, or null. */
function nodeHeaders() {
  const prefixes = [process.env.npm_config_nodedir, resolve(dirname(process.execPath), '..'), '/usr', '/usr/local'];
  return prefixes.find((prefix) => prefix && existsSync(join(prefix, 'include/node/node.h'))) ?? null;
}

function headersOnline() {
  const { version, release } = process;
  return reachable(release.headersUrl ?? `https://nodejs.org/dist/${version}/node-${version}-headers.tar.gz`);
}

/** The address prebuild-install would ask for. */
function prebuiltSqlite() {
  const version = readPackages(join(projectRoot, 'package-lock.json'))?.['node_modules/sqlite3']?.version;
  const file = `sqlite3-v${version}-napi-v6-${process.platform}-${process.arch}.tar.gz`;
  return reachable(`https://github.com/TryGhost/node-sqlite3/releases/download/v${version}/${file}`);
}

function tail(output) {
  const telling = output.split('\n').filter((line) => line.trim() && !/^npm \w+\s+(at |[{}]|\w+: )/.test(line));
  return telling.slice(-8).join('\n');
}
