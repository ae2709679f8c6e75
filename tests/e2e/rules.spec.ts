import { expect, test } from '@playwright/test';
import type { Browser, Locator, Page } from '@playwright/test';
import { common } from '../../web/src/i18n/zh-CN/common.ts';
import { ruleApproval as approval } from '../../web/src/i18n/zh-CN/rules-approval.ts';
import { ruleEditor as editor } from '../../web/src/i18n/zh-CN/rules-editor.ts';
import { rules } from '../../web/src/i18n/zh-CN/rules.ts';
import { signIn as signInWords } from '../../web/src/i18n/zh-CN/sign-in.ts';
import { passwordOf, url } from './product.ts';

/** The demo's first student; the prior course is described for them, since nobody's record has a score between the two bounds. */
const STUDENT = { no: '2023460301001001', name: '赵立春' };
const RULE_SET = 'credit.prior-course';
/** The analysis and the 241 tests of the rule set, on a busy machine. */
const SLOW = { timeout: 60_000 };
const SCORE = '原课程成绩';
const COURSE = '电机与电气控制';
const REFUSED = '原课程成绩不足';

test.use({ actionTimeout: 20_000 });

async function as(browser: Browser, loginName: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(url());
  await page.getByLabel(signInWords.loginName).fill(loginName);
  await page.getByLabel(signInWords.password, { exact: true }).fill(passwordOf(loginName));
  await page.locator('button[type=submit]').click();
  await expect(page.getByRole('navigation').first()).toBeVisible();
  return page;
}

/** antd puts a space between the two characters of a short button. */
const named = (words: string): RegExp => new RegExp(`^\\s*${[...words].join('\\s?')}\\s*$`);
const button = (within: Page | Locator, words: string): Locator =>
  within.getByRole('button', { name: named(words) }).first();

/** What a prior course with 65 points would be worth to the student today. */
async function priorCourseWith65(page: Page): Promise<string> {
  await page.goto(`${url()}/rules/try`);
  await page.getByLabel(rules.purpose.credit, { exact: true }).check();
  const form = page.locator('.try-columns form');
  const option = (words: string) => page.locator('.ant-select-item-option').getByText(words, { exact: false }).last();
  await form.getByLabel(common.search).fill(STUDENT.no);
  await option(STUDENT.name).click();
  await form.getByLabel(rules.try.courses).fill(COURSE);
  await option(COURSE).click();
  await form.getByLabel(rules.try.courses).press('Escape');
  await form.getByLabel(rules.try.kind).click();
  await option(rules.try.kinds.prior_course).click();
  await form.getByLabel(rules.try.name, { exact: true }).fill('机械制图');
  await form.getByLabel(rules.try.score).fill('65');
  await form.getByLabel(rules.try.credits, { exact: true }).fill('8');
  await form.locator('button[type=submit]').click();
  const answer = page.locator('.try-columns section.panel').first();
  await expect(answer).toBeVisible();
  return (await answer.textContent()) ?? '';
}

test('a registrar who never programmed moves a bound from 60 to 70; another approves; students feel it at once', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const registrar = await as(browser, 'registrar');
  expect(await priorCourseWith65(registrar)).not.toContain(REFUSED);

  const author = await as(browser, 'ruleeditor');
  await author.goto(`${url()}/rules/${RULE_SET}`);
  await button(author, rules.draft.change).click();
  const cell = (row: string) =>
    author
      .getByRole('textbox', { name: `${row} ${SCORE}` })
      .or(author.getByRole('combobox', { name: `${row} ${SCORE}` }));

  await test.step('60 becomes 70 where the course is granted, in all rows alike, and the analysis complains', async () => {
    await cell('CP-G80').fill('≥70');
    await cell('CP-G80').press('Tab');
    await button(author, editor.alikeDo.replace('{{to}}', '>=70.0')).click();
    await expect(author.locator('.gap-row').first()).toContainText('60.0–69.9', SLOW);
  });

  await test.step('the gap closes when the refusal reaches up to 70; the tests move along and pass', async () => {
    await cell('CP-03').fill('低于70');
    await cell('CP-03').press('Tab');
    await expect(author.locator('.gap-row')).toHaveCount(0, SLOW);
    await author.getByRole('tab', { name: new RegExp(editor.tests) }).click();
    await button(author, editor.movedDo.replace('{{to}}', '70.0')).click();
    await expect(author.getByText(editor.testsPassed.replace('{{count}}', '241'))).toBeVisible(SLOW);
  });

  await test.step('it is to hold from today, with a reason, and is submitted', async () => {
    await author.getByLabel(editor.changeReason).fill('教务会决定：原课程成绩线由60分调整为70分');
    await button(author, approval.submit).click();
    await button(author.getByRole('dialog'), approval.submit).click();
    await expect(author).toHaveURL(new RegExp(`/rules/${RULE_SET}/2`), SLOW);
    await expect(author.getByText(approval.rulesChanged)).toBeVisible(SLOW);
    await expect(button(author, approval.approve), 'whoever wrote it does not approve it').toHaveCount(0);
  });

  await test.step('another person sees what changes, for whom, and that the tests pass; approves and publishes', async () => {
    const approver = await as(browser, 'ruleapprover');
    await approver.goto(`${url()}/rules/${RULE_SET}/2`);
    await expect(approver.getByText(approval.rulesChanged)).toBeVisible(SLOW);
    await expect(approver.getByText('低于70.0').first()).toBeVisible();
    await expect(async () => {
      await approver.reload();
      await expect(button(approver, approval.approve)).toBeVisible({ timeout: 10_000 });
    }, 'the preview of all students is done').toPass({ timeout: 90_000 });
    await button(approver, approval.approve).click();
    await button(approver.getByRole('dialog'), approval.approve).click();
    await button(approver, approval.publish).click();
    await button(approver.getByRole('dialog'), approval.publish).click();
    await expect(approver.getByText(rules.inForce).first()).toBeVisible(SLOW);
  });

  expect(await priorCourseWith65(registrar)).toContain(REFUSED);
});
