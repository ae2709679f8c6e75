import { createHash } from 'node:crypto';
import { buildCertificatePayload, verificationIdOf } from '../../schemas/certificate.ts';
import type { Certificate, CertificateInput } from '../../schemas/certificate.ts';
import { base32 } from '../../schemas/ids.ts';

const bytesOf = (words: string): Uint8Array => createHash('sha256').update(words).digest().subarray(0, 16);
export const idOf = (prefix: string, words: string): string => `${prefix}_${base32(bytesOf(words))}`;
const hashOf = (words: string): string => `sha256:${createHash('sha256').update(words).digest('hex')}`;

function common(n: number) {
  return {
    id: idOf('crt', `certificate ${n}`),
    series: { id: idOf('ser', 'one series'), serial: n },
    verificationId: verificationIdOf(bytesOf(`verification ${n}`)),
    statusIndex: 1000 + n,
    collegeId: idOf('col', 'example college'),
    issuer: { name: { 'zh-CN': '示例职业技术学院', en: 'Example Vocational and Technical College' }, code: '14999' },
    holder: { name: '张伟', idLastFour: '0018' },
    issuedOn: '2026-06-30',
    decisionId: idOf('dec', `decision ${n}`),
    decisionHash: hashOf(`decision ${n}`),
    ruleHash: hashOf('rule'),
    authorisationId: idOf('aut', 'authorisation'),
    allocatedAt: '2026-06-30T08:00:00.000Z',
  };
}

type Changes = Partial<
  Pick<Certificate, 'holder' | 'issuer' | 'decisionId' | 'number' | 'statusIndex' | 'example' | 'issuedOn'>
>;

export function aSkillCertificate(n = 1, changes: Changes = {}): Certificate {
  const input: CertificateInput = {
    ...common(n),
    kind: 'skill',
    number: `S000023000001264${String(n).padStart(6, '0')}`,
    occupation: { code: '6-31-01-03', name: { 'zh-CN': '电工', en: 'Electrician' } },
    edition: '2018',
    level: 'four',
    ...changes,
  };
  return buildCertificatePayload(input);
}

export function aDiploma(n = 1, changes: Changes = {}): Certificate {
  const { authorisationId, ...rest } = common(n);
  const input: CertificateInput = {
    ...rest,
    kind: 'diploma',
    number: `149991202606${String(n).padStart(6, '0')}`,
    programme: { code: '460301', name: { 'zh-CN': '机电一体化技术', en: 'Mechatronics Technology' } },
    educationLevel: 'higher_vocational',
    conclusion: 'graduated',
    schoolingYears: 3,
    studyMode: 'full_time',
    studyFrom: '2023-09-01',
    studyTo: '2026-06-30',
    ...changes,
  };
  return buildCertificatePayload(input);
}
