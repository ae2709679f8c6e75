import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { resolveChromium } from '../../bin/lib/resolve-chromium.mjs';
import type { System } from '../../bin/lib/system.ts';
import type { Figure } from '../figure.ts';
import { figure } from '../figure.ts';

/** Script that Chromium receives over the wire before a registrar sees their home page, sign-in included. */
export async function benchFirstLoad({ url }: System, dataDir: string): Promise<Figure[]> {
  const browser = await chromium.launch({
    executablePath: await resolveChromium(),
    args: ['--disable-dev-shm-usage', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  try {
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    const scripts = new Set<string>();
    let bytes = 0;
    session.on('Network.responseReceived', ({ requestId, type }) => {
      if (type === 'Script') scripts.add(requestId);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    await page.goto(url, { waitUntil: 'networkidle' });
    const signInBytes = bytes;
    await page.locator('input[autocomplete=username]').fill('registrar');
    await page.locator('input[type=password]').fill(passwordOf(dataDir, 'registrar'));
    const began = performance.now();
    await page.locator('button[type=submit]').click();
    await page.waitForURL((address) => !address.pathname.includes('sign-in'));
    await page.waitForLoadState('networkidle');
    const against = `Chromium ${browser.version()}, sign-in page and home, over the wire`;
    return [
      figure({ name: 'first_page_script', value: bytes / 1024, unit: 'KB', atMost: 450, against }),
      figure({ name: 'sign_in_page_script', value: signInBytes / 1024, unit: 'KB', atMost: 450, against }),
      figure({ name: 'home_after_sign_in', value: performance.now() - began, unit: 'ms', against }),
    ];
  } finally {
    await browser.close();
  }
}

function passwordOf(dataDir: string, loginName: string): string {
  const lines = readFileSync(join(dataDir, 'demo-accounts.txt'), 'utf8').split('\n');
  return (
    lines
      .map((line) => line.trim().split(/\s+/))
      .find((words) => words.at(-2) === loginName)
      ?.at(-1) ?? ''
  );
}
