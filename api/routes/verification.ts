import { renderLookupPage, renderVerificationPage } from '../../documents/verification-page.ts';
import { readCode } from '../../documents/payload/certificate.ts';
import { qrSvg } from '../../documents/qr.ts';
import { verificationStyleHash } from '../../documents/verification/style.ts';
import { findVerificationId, verifyById } from '../../register/certification/verify-certificate.ts';
import type { VerifiedCertificate } from '../../register/certification/verify-certificate.ts';
import { LookupFormInput, LookupInput, VerifyInput } from '../../schemas/api/certificates.ts';
import type { Language } from '../../schemas/text.ts';
import type { HtmlAnswer } from '../answers.ts';
import { media } from '../answers.ts';
import type { Route, RouteContext } from '../route.ts';
import { defineRoute } from '../route.ts';

const tags = ['verification'];

const verify = defineRoute({
  method: 'get',
  path: '/v/{verificationId}',
  permission: 'public',
  input: VerifyInput,
  output: media.html,
  refuses: [],
  limit: 'verification',
  tags,
  summary: { 'zh-CN': '证书查验页', en: 'The public page about a certificate' },
  handle: async (context) =>
    answer(context, await verifyById(context.register, readCode(context.input.verificationId))),
});

const form = defineRoute({
  method: 'get',
  path: '/v',
  permission: 'public',
  input: LookupInput,
  output: media.html,
  refuses: [],
  tags,
  summary: { 'zh-CN': '按编号与校验码查验', en: 'Look up by number and check code' },
  handle: ({ publicUrl, language }) => page(renderLookupPage({ domain: hostOf(publicUrl), language })),
});

const lookUp = defineRoute({
  method: 'post',
  path: '/v',
  permission: 'public',
  input: LookupFormInput,
  output: media.html,
  refuses: [],
  form: true,
  limit: 'verification',
  tags,
  summary: { 'zh-CN': '提交编号与校验码', en: 'Answer the look-up form' },
  handle: async (context) => {
    const { register, input } = context;
    const language = input.language === 'en' ? 'en' : 'zh-CN';
    const typed = { number: input.number.replace(/\s/g, '').toUpperCase(), checkCode: readCode(input.checkCode) };
    const found = await findVerificationId(register, typed);
    if (found === null) return answer({ ...context, language }, null);
    return { seeOther: `/v/${found}${language === 'en' ? '?lang=en' : ''}` };
  },
});

const qr = defineRoute({
  method: 'get',
  path: '/v/{verificationId}/qr.svg',
  permission: 'public',
  input: VerifyInput,
  output: media.file,
  refuses: [],
  limit: 'verification',
  tags,
  summary: { 'zh-CN': '查验二维码', en: 'The QR code of a verification page' },
  handle: ({ input, publicUrl, language }) => {
    const id = readCode(input.verificationId).replace(/[^0-9A-Z]/g, '');
    const svg = qrSvg(`${publicUrl.replace(/\/+$/, '')}/v/${id}`, language === 'en' ? 'Verification' : '证书查验');
    return { contentType: 'image/svg+xml', body: Buffer.from(svg), name: 'qr.svg', inline: true };
  },
});

type Asked = Pick<RouteContext<unknown>, 'register' | 'publicUrl'> & { language: Language };

/** Unknown, wrong and not yet issued are one answer, so that nobody learns which numbers exist. */
function answer({ register, publicUrl, language }: Asked, found: VerifiedCertificate | null): HtmlAnswer {
  const frame = { domain: hostOf(publicUrl), language, checkedAt: register.systemClock.now() };
  const html = renderVerificationPage(found === null ? { ...frame, status: 'unknown' } : { ...frame, ...found });
  return page(html, found === null ? 404 : 200);
}

const page = (html: string, status = 200): HtmlAnswer => ({ html, styleHash: verificationStyleHash, status });
const hostOf = (publicUrl: string): string => new URL(publicUrl).host;

export const verificationRoutes: readonly Route[] = [verify, form, lookUp, qr];
