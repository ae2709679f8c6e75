import { verificationUrl } from '../../documents/payload/certificate.ts';
import { listReady } from '../../register/certification/list-ready.ts';
import {
  listCertificates,
  readCertificate,
  readCertificatePdf,
} from '../../register/certification/read-certificates.ts';
import {
  CertificatePage,
  CertificateView,
  ListCertificatesInput,
  ReadyPage,
  SigningKeys,
} from '../../schemas/api/certificates.ts';
import { ById, Nothing, PageInput } from '../../schemas/api/common.ts';
import { media } from '../answers.ts';
import type { Route } from '../route.ts';
import { defineRoute } from '../route.ts';

const tags = ['certificates'];

const list = defineRoute({
  method: 'get',
  path: '/v1/certificates',
  permission: 'certificates.read',
  input: ListCertificatesInput,
  output: CertificatePage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '证书列表', en: 'List certificates' },
  handle: ({ register, by, input }) => listCertificates(register, by, input),
});

const ready = defineRoute({
  method: 'get',
  path: '/v1/sign-offs/ready',
  permission: 'certificates.sign_off',
  input: PageInput,
  output: ReadyPage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '待签发，及须回避的发证管理员', en: 'What is ready for sign-off, and which officers are barred' },
  handle: ({ register, by, input }) => listReady(register, by, input),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/certificates/{id}',
  permission: 'certificates.read',
  input: ById,
  output: CertificateView,
  refuses: [],
  tags,
  summary: { 'zh-CN': '证书', en: 'One certificate with payload and signature' },
  handle: ({ register, by, input, publicUrl }) =>
    readCertificate(register, by, { id: input.id, verificationUrl: (id) => verificationUrl(publicUrl, id) }),
});

const pdf = defineRoute({
  method: 'get',
  path: '/v1/certificates/{id}/pdf',
  permission: 'certificates.read',
  input: ById,
  output: media.file,
  refuses: [],
  limit: 'search',
  tags,
  summary: { 'zh-CN': '证书 PDF', en: 'The certificate as PDF' },
  handle: async ({ register, by, input }) => {
    const { bytes, hash, number } = await readCertificatePdf(register, by, input.id);
    const etag = hash.replace('sha256:', '');
    return { contentType: 'application/pdf', body: Buffer.from(bytes), name: `${number}.pdf`, inline: true, etag };
  },
});

const keys = defineRoute({
  method: 'get',
  path: '/v1/signing-keys',
  permission: 'public',
  input: Nothing,
  output: SigningKeys,
  refuses: ['signer_unavailable'],
  limit: 'search',
  tags,
  summary: { 'zh-CN': '验证证书签名的公钥（JWK）', en: 'Public keys that certificates are checked with (JWK)' },
  handle: async ({ register }) => ({
    keys: (await register.signer.publicKeys()).map(({ kid, x, notBefore }) => ({
      kid,
      kty: 'OKP' as const,
      crv: 'Ed25519' as const,
      alg: 'Ed25519' as const,
      use: 'sig' as const,
      x,
      notBefore,
    })),
  }),
});

export const certificateRoutes: readonly Route[] = [list, ready, read, pdf, keys];
