// Plain JavaScript on Node alone: these files run before any package is there.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project folder, from bin/lib and from dist/bin/lib alike. */
export const projectRoot = nearestProject(dirname(fileURLToPath(import.meta.url)));

function nearestProject(folder) {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json not found');
  return nearestProject(parent);
}

/** A folder under .cache/, made when first asked for. */
export function cacheFolder(...names) {
  const folder = join(projectRoot, '.cache', ...names);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Something a person must put right: shown as one sentence in each language, without a stack. */
export class Stop extends Error {
  constructor(zh, en, details = '') {
    super(`${zh}\n${en}${details && `\n\n${details.trim()}`}`);
    this.name = 'Stop';
  }
}

/** Progress goes to standard error, so that a command's standard output stays its own. */
export function say(zh, en) {
  process.stderr.write(`· ${zh} · ${en}\n`);
}

/** Runs `main`; what stops it is printed once and ends the process with 1. */
export async function runMain(main) {
  try {
    await main();
  } catch (err) {
    process.stderr.write(`\n${err instanceof Error && err.name === 'Stop' ? err.message : (err?.stack ?? err)}\n`);
    process.exitCode = 1;
  }
}

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const child of running) child.kill(signal);
    // Who has listeners of his own ends in his own way; otherwise exit, so that what must end with us does.
    if (process.listenerCount(signal) === 0) process.exit(128 + constants.signals[signal]);
  });
}

/**
 * Runs a command to its end and never throws for its failure.
 * @returns {Promise<{ code: number, output: string }>} code 127 when the command does not exist, 124 when time ran out
 */
export function exec(command, args, { cwd = projectRoot, env = {}, timeoutMs = 0, show = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let output = '';
    const take = (chunk) => {
      output = (output + chunk).slice(-200_000);
      if (show) process.stderr.write(chunk);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    let late = false;
    const giveUp = () => {
      late = true;
      child.kill('SIGKILL');
    };
    const timer = timeoutMs && setTimeout(giveUp, timeoutMs);
    const end = (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code: late ? 124 : code, output });
    };
    child.on('error', (err) => end(err.code === 'ENOENT' ? 127 : 126));
    child.on('close', (code) => end(code ?? 1));
  });
}

/** The full path of a command, or null. */
export function which(name) {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const file of names) if (folder && existsSync(join(folder, file))) return join(folder, file);
  }
  return null;
}

/** True when the address answers at all within the time; redirects count. */
export async function reachable(url, timeoutMs = 5000) {
  try {
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(timeoutMs) });
    return answer.status < 400;
  } catch {
    return false;
  }
}

export function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

/** Remembers what a step was done for, so that it is done again only when that changes. */
export function stampOf(name) {
  const file = join(cacheFolder('stamps'), name);
  return {
    holds: (value) => existsSync(file) && readFileSync(file, 'utf8') === value,
    set: (value) => writeFileSync(file, value),
  };
}
