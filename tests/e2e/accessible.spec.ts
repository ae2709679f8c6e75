import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { passwordOf, url } from './product.ts';

const pagesOf = {
  registrar: [
    '/',
    '/students',
    '/score-sheets',
    '/imports',
    '/audit',
    '/certificates',
    '/rules',
    '/credits',
    '/plans',
    '/operations',
  ],
  sysadmin: ['/health', '/users'],
  auditor: ['/log'],
} as const;

async function signIn(page: Page, { loginName, language }: { loginName: string; language: string }): Promise<void> {
  await page.addInitScript({ content: `localStorage.setItem('dualcert.language', '${language}')` });
  await page.goto(url());
  await page.locator('input').first().fill(loginName);
  await page.locator('input[type=password]').fill(passwordOf(loginName));
  await page.locator('button[type=submit]').click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
}

/** What a screen reader or a keyboard would stumble over, worst kinds only. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map((node) => node.target.join(' '))
          .slice(0, 3)
          .join(' | ')}`,
    );
}

for (const language of ['zh-CN', 'en']) {
  for (const [loginName, paths] of Object.entries(pagesOf)) {
    test(`${loginName} in ${language}: nothing serious on any page, and no page wider than its window`, async ({
      page,
    }) => {
      await signIn(page, { loginName, language });
      const found: Record<string, string[]> = {};
      for (const path of paths) {
        await page.goto(url() + path);
        await page.waitForLoadState('networkidle');
        const faults = await findings(page);
        const wide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
        if (wide) faults.push('wider than its window');
        if (faults.length > 0) found[path] = faults;
      }

      expect(found).toEqual({});
    });
  }
}

test('the sign-in page and the public look-up need no account and have nothing serious', async ({ page }) => {
  for (const path of ['/sign-in', '/v']) {
    await page.goto(url() + path);
    await page.waitForLoadState('networkidle');

    expect(await findings(page), path).toEqual([]);
  }
});
