import { render } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import { WaitingSentence } from '../../web/src/components/waiting-sentence.tsx';
import { changeLanguage, startWords } from '../../web/src/i18n/index.ts';

type Stage = Parameters<typeof WaitingSentence>[0]['stage'];

const sheet: Stage = {
  name: 'collecting',
  waitingOn: {
    role: 'teacher',
    person: { id: 'usr_1', name: '王伟' },
    object: { kind: 'score_sheet', id: 'sht_1', name: '电机与拖动' },
  },
  since: '2026-06-24T01:00:00.000Z',
  until: '2026-06-30',
  missing: [],
  reason: null,
};

function said(stage: Stage, today: string, own = false): string {
  const { container, unmount } = render(<WaitingSentence stage={stage} today={today} own={own} />);
  const words = container.textContent ?? '';
  unmount();
  return words;
}

beforeAll(startWords);

test('a stage is a sentence: who, for what, how long already, until when', async () => {
  await changeLanguage('zh-CN');
  expect(said(sheet, '2026-06-27')).toBe(
    '等待任课教师 王伟提交《电机与拖动》成绩单，已等 3 天，截止 2026年6月30日（周二）',
  );
  await changeLanguage('en');
  expect(said(sheet, '2026-06-27')).toBe(
    'Waiting for teacher 王伟 to submit the score sheet of 电机与拖动, waiting 3 d, by Tue, 30 Jun 2026',
  );
});

test('on the last day nothing is overdue; the day after it is', async () => {
  await changeLanguage('zh-CN');
  expect(said(sheet, '2026-06-30')).not.toContain('逾期');
  expect(said(sheet, '2026-07-01')).toContain('已逾期 1 天');
});

test('the day is reckoned in Shanghai, not in UTC', async () => {
  await changeLanguage('zh-CN');
  // 00:30 on the 24th in Shanghai
  expect(said({ ...sheet, since: '2026-06-23T16:30:00.000Z' }, '2026-06-24')).toContain('今日起');
});

test('a refused sign-off says why', async () => {
  await changeLanguage('zh-CN');
  const returned: Stage = {
    ...sheet,
    name: 'deciding',
    waitingOn: { role: 'registrar', person: null, object: null },
    until: null,
    reason: '照片与本人不符',
  };
  expect(said(returned, '2026-06-24')).toContain('退回原因：照片与本人不符');
});

test('nobody is waited for once the certificate is issued, and a revoked one says so', async () => {
  await changeLanguage('zh-CN');
  const issued: Stage = { ...sheet, name: 'issued', waitingOn: null, until: null };
  expect(said(issued, '2026-07-01')).toBe('证书已颁发');
  expect(said({ ...issued, reason: 'revoked' }, '2026-07-01')).toBe('证书已撤销');
});

const fact = (name: string, object: Stage['missing'][number]['object'] = null): Stage['missing'][number] => ({
  fact: name,
  title: { 'zh-CN': `事实${name}`, en: `fact ${name}` },
  role: 'registrar',
  person: null,
  object,
  since: null,
  until: null,
});

test('without a sheet the sentence names the fact that must be supplied', async () => {
  await changeLanguage('zh-CN');
  const waits: Stage = {
    ...sheet,
    waitingOn: { role: 'registrar', person: null, object: null },
    until: null,
    missing: [fact('甲')],
  };
  expect(said(waits, '2026-06-24')).toContain('等待教务管理员提供：事实甲');
});

test('the student is spoken to on their own page, and spoken of on others’', async () => {
  const application: Stage = {
    ...sheet,
    name: 'application',
    waitingOn: { role: 'student', person: null, object: null },
    until: null,
  };
  await changeLanguage('zh-CN');
  expect(said(application, '2026-06-24')).toContain('等待学生申报');
  expect(said(application, '2026-06-24', true)).toContain('等待您申报');
  await changeLanguage('en');
  expect(said(application, '2026-06-24')).toContain('Waiting for the student to apply');
  expect(said(application, '2026-06-24', true)).toContain('Waiting for you to apply');
});

test('where no rule answers, whoever keeps the rules is waited for', async () => {
  await changeLanguage('zh-CN');
  const stage: Stage = {
    ...sheet,
    name: 'deciding',
    waitingOn: { role: 'rule_editor', person: null, object: null },
    until: null,
    reason: 'rule_not_bound',
  };
  expect(said(stage, '2026-06-27')).toBe('没有适用的规则，等待规则管理员指定或发布，已等 3 天');
});
