import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalPayload } from '../../documents/payload/certificate.ts';
import { verificationCsp, verificationStyleHash } from '../../documents/verification/style.ts';
import { renderLookupPage, renderVerificationPage } from '../../documents/verification-page.ts';
import type { VerificationAnswer } from '../../documents/verification-page.ts';
import type { Language } from '../../schemas/text.ts';
import { aDiploma, aSkillCertificate } from '../support/certificates.ts';

const signature = {
  kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
  alg: 'Ed25519',
  signature: `${'Xy9_'.repeat(21)}Aw`,
  signedAt: '2026-06-30T08:00:01.000Z',
} as const;

const answer = (changes: Partial<VerificationAnswer> = {}): VerificationAnswer => ({
  status: 'valid',
  certificate: aDiploma(1),
  signature,
  domain: 'cert.example.edu.cn',
  checkedAt: '2026-07-01T16:30:05.000Z',
  language: 'zh-CN',
  ...changes,
});

function unknownAnswer(language: Language): VerificationAnswer {
  const { certificate, signature: _signature, ...rest } = answer({ status: 'unknown', language });
  return rest;
}

const decoded = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

test.each([
  ['valid', '有效', 'Valid'],
  ['suspended', '暂停', 'Suspended'],
  ['revoked', '已撤销', 'Revoked'],
  ['superseded', '已被取代', 'Superseded'],
] as const)('%s is the heading of the page in both languages, with holder, number and domain', (status, zh, en) => {
  for (const [language, word] of [
    ['zh-CN', zh],
    ['en', en],
  ] as const) {
    const page = renderVerificationPage(answer({ status, language }));

    expect(page).toContain(`<h1>${word}</h1>`);
    for (const wanted of [
      '张伟',
      '149991202606000001',
      '<b>cert.example.edu.cn</b>',
      `<html lang="${language}">`,
      '0018',
    ]) {
      expect(page).toContain(wanted);
    }
  }
});

test('no page is larger than 15 KB, holds a script, or asks for anything from elsewhere', () => {
  const long = aDiploma(1, { holder: { name: '阿'.repeat(100), idLastFour: '0018' } });
  const pages = (['zh-CN', 'en'] as const).flatMap((language) => [
    renderVerificationPage(
      answer({
        language,
        certificate: long,
        status: 'superseded',
        supersededBy: { number: 'X'.repeat(40), verificationId: long.verificationId },
      }),
    ),
    renderVerificationPage(unknownAnswer(language)),
    renderLookupPage({ domain: 'cert.example.edu.cn', language, fault: 'malformed' }),
  ]);
  for (const page of pages) {
    expect(Buffer.byteLength(page)).toBeLessThan(15_000);
    expect(page).not.toMatch(/<script|<img|<link|\son\w+=|style=|https?:/);
  }
});

test('the hash in the policy is that of the one stylesheet in the page', () => {
  const style = /<style>([\s\S]*)<\/style>/.exec(renderVerificationPage(answer()))?.[1] ?? '';

  expect(`sha256-${createHash('sha256').update(style).digest('base64')}`).toBe(verificationStyleHash);
  expect(verificationCsp).toContain(`style-src '${verificationStyleHash}'`);
});

test('what is signed stands on the page byte for byte', () => {
  const page = renderVerificationPage(answer({ certificate: aSkillCertificate(3) }));

  expect(decoded(page)).toContain(new TextDecoder().decode(canonicalPayload(aSkillCertificate(3))));
  expect(page).toContain(signature.signature);
});

test('unknown says nothing of any certificate, offers the form, and looks the same whatever was asked', () => {
  const page = renderVerificationPage(unknownAnswer('zh-CN'));

  expect(page).toContain('<h1>查无此证</h1>');
  expect(page).toContain('<form method="post" action="/v/">');
  expect(page).not.toMatch(/张伟|14999/);
});

test('superseded links to the certificate that took its place', () => {
  const { number, verificationId } = aDiploma(2);
  const page = renderVerificationPage(answer({ status: 'superseded', supersededBy: { number, verificationId } }));

  expect(page).toContain(`<a href="/v/${verificationId}">${number}</a>`);
});

test('the time is Beijing time and says so', () => {
  expect(renderVerificationPage(answer())).toContain('2026年7月2日 00:30:05（北京时间）');
  expect(renderVerificationPage(answer({ language: 'en' }))).toContain('2 July 2026 00:30:05 (Beijing time)');
});

test('an example certificate says so above everything it claims', () => {
  const page = renderVerificationPage(answer({ certificate: aDiploma(1, { example: true }) }));

  expect(page.indexOf('不具任何效力')).toBeGreaterThan(0);
  expect(page.indexOf('不具任何效力')).toBeLessThan(page.indexOf('张伟'));
});

test.each(['<img src=x onerror=alert(1)>', `"><script>alert('x')</script>`, '</style><b>', '&lt;'])(
  '%s in any field stays text',
  (text) => {
    const evil = { 'zh-CN': text, en: text };
    const page = renderVerificationPage(
      answer({
        certificate: aDiploma(1, { holder: { name: text }, issuer: { name: evil, code: '14999' } }),
        domain: text,
        reportTo: text,
        checkedAt: '2026-07-01T16:30:05.000Z',
      }),
    );

    expect(page).not.toContain(text === '&lt;' ? '>&lt;<' : text);
    expect(page.match(/<script|<img|onerror=alert\(1\)>/g)).toBeNull();
  },
);
