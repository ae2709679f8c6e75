import { z } from 'zod';
import { Id } from '../ids.ts';
import { LegalDate, Text } from '../text.ts';
import { Json, pageInput, pageOf } from './common.ts';
import { Level, Named, PathwayTarget, VerdictType } from './verdicts.ts';

export const CertificateState = z
  .enum(['allocated', 'signed', 'issued', 'suspended', 'revoked', 'superseded', 'void'])
  .meta({ id: 'CertificateState' });
const type = z.enum(['diploma', 'skill']);

export const CertificateItem = z
  .strictObject({
    id: Id,
    type,
    level: Level.nullable(),
    occupation: Text.nullable(),
    number: z.string(),
    state: CertificateState,
    issuedOn: LegalDate,
    studentId: Id,
    studentNo: z.string(),
    studentName: z.string(),
    pathwayId: Id,
    printable: z.boolean().describe('The PDF has been drawn'),
    version: z.int(),
  })
  .meta({ id: 'CertificateItem' });
export type CertificateItem = z.infer<typeof CertificateItem>;
export const ListCertificatesInput = z.strictObject({
  ...pageInput,
  type: type.optional(),
  level: Level.optional(),
  state: CertificateState.optional(),
  studentId: Id.optional(),
});
export type ListCertificatesInput = z.infer<typeof ListCertificatesInput>;
export const CertificatePage = pageOf(CertificateItem);

export const CertificateView = CertificateItem.extend({
  verificationId: z.string(),
  checkCode: z.string(),
  verificationUrl: z.string(),
  payload: Json.describe('certificate/1, as it was signed'),
  payloadHash: z.string(),
  signature: z
    .strictObject({ kid: z.string(), alg: z.string(), signature: z.string(), signedAt: z.string() })
    .nullable(),
  decisionId: Id,
  events: z.array(z.strictObject({ kind: z.string(), at: z.string(), reason: z.string().nullable() })),
}).meta({ id: 'CertificateDetail' });
export type CertificateView = z.infer<typeof CertificateView>;

/** Why an officer may not sign off a case (回避). */
const Bar = z.enum(['self', 'entered_scores', 'entered_result', 'teaches_class']).meta({ id: 'Bar' });
export const ReadyItem = z
  .strictObject({
    studentId: Id,
    studentNo: z.string(),
    name: z.string(),
    class: Named,
    pathway: PathwayTarget,
    verdict: VerdictType.nullable().describe('As last looked at; worked out again at sign-off'),
    since: z.string().nullable(),
    barred: z.array(z.strictObject({ officer: Named, bars: z.array(Bar), you: z.boolean() })),
    free: z.int().describe('Officers of the college who are not barred'),
  })
  .meta({ id: 'ReadyForSignOff' });
export type ReadyItem = z.infer<typeof ReadyItem>;
export const ReadyPage = pageOf(ReadyItem);

const language = z.string().max(10).optional();
/** Whatever is typed is answered: what is not well formed is not known. */
export const VerifyInput = z.strictObject({ verificationId: z.string().max(200), lang: language });
export const LookupInput = z.strictObject({ lang: language });
export const LookupFormInput = z.strictObject({
  number: z.string().max(100).default(''),
  checkCode: z.string().max(100).default(''),
  language,
});
export const SigningKeys = z.strictObject({
  keys: z.array(
    z.strictObject({
      kid: z.string(),
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      alg: z.literal('Ed25519'),
      use: z.literal('sig'),
      x: z.string(),
      notBefore: z.string(),
    }),
  ),
});
