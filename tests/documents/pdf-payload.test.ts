import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalPayload, readCode, verificationUrl } from '../../documents/payload/certificate.ts';
import { dateWords, statementOf } from '../../documents/payload/words.ts';
import { darkRuns, qrMatrix, qrSvg } from '../../documents/qr.ts';
import { buildCertificatePayload, parseCertificate, verificationIdOf } from '../../schemas/certificate.ts';
import type { CertificateInput } from '../../schemas/certificate.ts';
import { aDiploma, aSkillCertificate } from '../support/certificates.ts';

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

test('certificate/1 is final: these two certificates keep these bytes in every release', () => {
  expect(new TextDecoder().decode(canonicalPayload(aDiploma(1)))).toMatch(
    /^\{"allocatedAt":"2026-06-30T08:00:00\.000Z","checkCode":/,
  );
  expect(hashOf(canonicalPayload(aDiploma(1)))).toBe(
    'd16527faa67960c04a8ee58c94ada4d3364db327b5a17766e6e8fdb3d90f0752',
  );
  expect(hashOf(canonicalPayload(aSkillCertificate(1)))).toBe(
    'd96f4957b0f302179c38b48649253b1feddbf941875d3fdb9717c5e2dbe4fd19',
  );
});

test('the order of properties makes no difference to the signed bytes, an undefined one neither', () => {
  const shuffled = parseCertificate(Object.fromEntries(Object.entries(aDiploma(1)).reverse()));

  expect(canonicalPayload(shuffled)).toEqual(canonicalPayload(aDiploma(1)));
});

test('a verification id carries 128 bits, and the check code is its first ten characters', () => {
  const id = verificationIdOf(Uint8Array.from({ length: 16 }, () => 255));

  expect(id).toBe('7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
  expect(aDiploma(1).checkCode).toBe(aDiploma(1).verificationId.slice(0, 10));
  expect(() => verificationIdOf(new Uint8Array(15))).toThrow(RangeError);
});

test.each<[string, Record<string, unknown>, string]>([
  ['a stranger property', { surprise: 1 }, ''],
  ['a name with a zero-width character', { holder: { name: '张\u200B伟' } }, '/holder/name'],
  ['a name that is not in normal form', { holder: { name: 'e\u0301va' } }, '/holder/name'],
  ['a whole ID number', { holder: { name: '张伟', idLastFour: '990000200802290018' } }, '/holder/idLastFour'],
  ['a number with a space', { number: 'S0000 23' }, '/number'],
  ['a date that does not exist', { issuedOn: '2026-02-30' }, '/issuedOn'],
  ['study that ends before it begins', { studyTo: '2020-01-01' }, '/studyTo'],
  ['a check code of another certificate', { checkCode: '0000000000' }, '/checkCode'],
  ['an instant without milliseconds', { allocatedAt: '2026-06-30T08:00:00Z' }, '/allocatedAt'],
  ['a hash without its kind', { ruleHash: 'ab'.repeat(32) }, '/ruleHash'],
])('%s is no certificate/1', (_what, change, pointer) => {
  const parse = () => parseCertificate({ ...aDiploma(1), ...change });

  expect(parse).toThrow('certificate_malformed');
  try {
    parse();
  } catch (problem) {
    expect((problem as { errors: { pointer: string }[] }).errors.map((fault) => fault.pointer)).toContain(pointer);
  }
});

test('a skill certificate needs the authorisation it was issued under; all faults come at once', () => {
  const { authorisationId, format, checkCode, ...rest } = aSkillCertificate(1);
  const input = { ...rest, issuedOn: 'today', edition: '' } as CertificateInput;

  expect(() => buildCertificatePayload(rest as CertificateInput)).toThrow('certificate_malformed');
  try {
    buildCertificatePayload(input);
  } catch (problem) {
    const pointers = (problem as { errors: { pointer: string }[] }).errors.map((fault) => fault.pointer);
    expect(pointers).toEqual(expect.arrayContaining(['/issuedOn', '/edition']));
  }
});

test('codes are read as people type them', () => {
  expect(readCode(' 6xba-852 xrw ')).toBe('6XBA852XRW');
  expect(readCode('oIl')).toBe('011');
});

test('the address of a certificate is short, and the public URL may end in a slash', () => {
  expect(verificationUrl('https://c.edu.cn/', 'ABC')).toBe('https://c.edu.cn/v/ABC');
  expect(verificationUrl('https://c.edu.cn', 'ABC')).toBe('https://c.edu.cn/v/ABC');
});

test('the three conclusions of a diploma read differently, and dates are spelt out', () => {
  const statements = (['graduated', 'completed', 'attended'] as const).map((conclusion) =>
    statementOf(parseCertificate({ ...aDiploma(1), conclusion })),
  );

  expect(statements.map((text) => /准予毕业|准予结业|准予肄业/.exec(text['zh-CN'])?.[0])).toEqual([
    '准予毕业',
    '准予结业',
    '准予肄业',
  ]);
  expect(new Set(statements.map((text) => text.en)).size).toBe(3);
  expect(dateWords('2026-01-09')).toEqual({ 'zh-CN': '2026年1月9日', en: '9 January 2026' });
});

test('the runs of a QR cover exactly its dark modules, and the SVG keeps the quiet zone', () => {
  const matrix = qrMatrix('https://c.edu.cn/v/0123456789ABCDEFGHJKMNPQRS');
  const covered = new Set(
    darkRuns(matrix).flatMap(({ row, column, length }) => Array.from({ length }, (_, i) => `${row},${column + i}`)),
  );
  let dark = 0;
  for (let row = 0; row < matrix.size; row += 1) {
    for (let column = 0; column < matrix.size; column += 1) {
      if (!matrix.isDark(row, column)) continue;
      dark += 1;
      expect(covered.has(`${row},${column}`)).toBe(true);
    }
  }
  expect(covered.size).toBe(dark);
  const svg = qrSvg('x', '<"查验">');
  expect(svg).toContain('viewBox="0 0 29 29"');
  expect(svg).toContain('aria-label="&lt;&quot;查验&quot;&gt;"');
});
