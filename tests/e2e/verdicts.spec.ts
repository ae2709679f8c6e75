import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { signIn as signInWords } from '../../web/src/i18n/zh-CN/sign-in.ts';
import { students as listWords } from '../../web/src/i18n/zh-CN/students.ts';
import { verdict as verdictWords } from '../../web/src/i18n/zh-CN/verdict.ts';
import { passwordOf, url } from './product.ts';

/** First of the demo's list: seat 1 of class 1. */
const STUDENT = { no: '2023460301001001', name: '赵立春' };

async function signIn(page: Page, loginName: string): Promise<void> {
  await page.goto(url());
  await page.getByLabel(signInWords.loginName).fill(loginName);
  await page.getByLabel(signInWords.password, { exact: true }).fill(passwordOf(loginName));
  await page.locator('button[type=submit]').click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
}

async function findStudent(page: Page, no: string): Promise<void> {
  await page.goto(`${url()}/students`);
  const find = page.getByLabel(listWords.find);
  await find.fill(no);
  await find.press('Enter');
}

test('a registrar signs in, finds a student, reads both verdicts and opens a reason', async ({ page }) => {
  const strangers: string[] = [];
  const faults: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(url()) && !/^(data|blob):/.test(request.url())) strangers.push(request.url());
  });
  page.on('pageerror', (error) => faults.push(error.message));

  await signIn(page, 'registrar');
  await findStudent(page, STUDENT.no);
  await expect(page.getByRole('row', { name: new RegExp(STUDENT.no) })).toHaveCount(1);
  expect(page.url(), 'what is searched for stays out of the address').not.toContain(STUDENT.no);

  await page.getByRole('link', { name: STUDENT.name }).click();
  await expect(page.getByRole('heading', { name: STUDENT.name })).toBeVisible();
  const diploma = page.locator('section', { has: page.getByRole('heading', { name: verdictWords.diploma }) });
  const skill = page.locator('section', { has: page.getByRole('heading', { name: verdictWords.skill }) });
  await expect(diploma.getByText(verdictWords.type.undetermined)).toBeVisible();
  await expect(skill.getByText(verdictWords.levelLong.four)).toBeVisible();
  await expect(skill.getByText(verdictWords.levelLong.three)).toBeVisible();

  await diploma.getByRole('button', { name: verdictWords.cards.showWhy }).click();
  const reasons = page.getByRole('dialog');
  await expect(reasons.getByText(verdictWords.reason.grounds)).toBeVisible();
  await expect(reasons.locator('blockquote').first()).toBeVisible();

  expect(strangers, 'the console asks nobody but its own server').toEqual([]);
  expect(faults).toEqual([]);
});

test('who gives a wrong password is told so and nothing opens', async ({ page }) => {
  await page.goto(url());
  await page.getByLabel(signInWords.loginName).fill('registrar');
  await page.getByLabel(signInWords.password, { exact: true }).fill('not the password');
  await page.locator('button[type=submit]').click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByLabel(signInWords.loginName)).toBeVisible();
});
