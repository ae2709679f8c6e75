import { existsSync } from 'node:fs';
import { exec, Stop, say, which } from './host.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser of the tests: the variable, an installed one, Playwright's, else the system's package manager. */
export async function resolveChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named && existsSync(named)) return named;
  return installed() ?? (await playwrights()) ?? (await fromApt()) ?? refuse();
}

function installed() {
  return NAMES.map(which).find(Boolean) ?? null;
}

/** Where Playwright keeps its own, when somebody has let it download one. */
async function playwrights() {
  try {
    const { chromium } = await import('@playwright/test');
    const path = chromium.executablePath();
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

async function fromApt() {
  if (process.getuid?.() !== 0 || !which('apt-get')) return null;
  say('正在安装 chromium 与中文字体', 'installing chromium and Chinese fonts');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await exec('apt-get', ['update', '-qq'], { env, timeoutMs: 180_000 });
  const packages = ['chromium', 'fonts-noto-cjk', 'poppler-utils'];
  await exec('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env, timeoutMs: 600_000 });
  return installed();
}

function refuse() {
  throw new Stop(
    '没有找到 Chromium。请安装（Debian/Ubuntu：apt-get install chromium fonts-noto-cjk），或用 CHROMIUM_PATH 指明其位置，或运行 npx playwright install chromium。',
    'Chromium was not found. Install it (Debian/Ubuntu: apt-get install chromium fonts-noto-cjk), or name it in CHROMIUM_PATH, or run npx playwright install chromium.',
  );
}
