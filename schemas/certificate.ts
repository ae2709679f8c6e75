import { z } from 'zod';
import { skillLevels } from './facts.ts';
import { base32, Id } from './ids.ts';
import type { Fault } from './problem.ts';
import { Problem } from './problem.ts';
import { Instant, LegalDate, Text } from './text.ts';

/** 128 random bits in base32, upper case, without I L O U: what the QR names. Never a UUID, never worked out from anything. */
export const VerificationId = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, { error: 'verification_id_malformed' });

/** The verification id of 16 bytes from a cryptographic generator. */
export function verificationIdOf(random: Uint8Array): string {
  if (random.length !== 16) throw new RangeError('a verification id is 16 random bytes');
  return base32(random).toUpperCase();
}

/** 校验码, printed beside the number: 10 characters, 48 bits. */
export const checkCodeOf = (verificationId: string): string => verificationId.slice(0, 10);

const NAME = /^[^\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+$/u;
const isNormal = (text: string): boolean => text === text.normalize('NFC') && text === text.trim();
const Name = z
  .string()
  .min(1)
  .max(100)
  .regex(NAME, { error: 'name_malformed' })
  .refine(isNormal, { error: 'name_not_normal' });
const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/, { error: 'hash_malformed' });
/** Layouts differ by kind, place and year (domain.md §4); the series decides. Here only: printable and without spaces. */
const CertificateNumber = z.string().regex(/^[\p{L}\p{N}()（）〔〕[\]./-]{4,40}$/u, { error: 'number_malformed' });
const Code = z.string().regex(/^[0-9A-Za-z-]{1,40}$/, { error: 'code_malformed' });

const common = {
  format: z.literal('certificate/1'),
  id: Id,
  number: CertificateNumber,
  /** Place in our own gapless series; absent where an outside authority gives the number. */
  series: z.strictObject({ id: Id, serial: z.int().min(1) }).optional(),
  verificationId: VerificationId,
  checkCode: z.string(),
  /** Place in the deployment's status lists, random and never used twice; list = index div 131072. */
  statusIndex: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  collegeId: Id,
  /** `code`: school code, organisation code or 统一社会信用代码. */
  issuer: z.strictObject({ name: Text, code: Code }),
  holder: z.strictObject({
    name: Name,
    idLastFour: z
      .string()
      .regex(/^\d{3}[0-9X]$/)
      .optional(),
  }),
  /** The legal date on the certificate, by the college's clock. */
  issuedOn: LegalDate,
  decisionId: Id,
  decisionHash: Hash,
  ruleHash: Hash,
  /** The issuing authorisation valid on `issuedOn`; a diploma needs none. */
  authorisationId: Id.optional(),
  /** The certificate this one takes the place of, when a mistake is cured. */
  supersedes: z.strictObject({ id: Id, number: CertificateNumber }).optional(),
  /** Present only for a demo college: a signed certificate can never pass for a real one. */
  example: z.literal(true).optional(),
  /** System clock, when the number was taken; keys are judged by it. */
  allocatedAt: Instant,
};

const Diploma = z.strictObject({
  ...common,
  kind: z.literal('diploma'),
  programme: z.strictObject({ code: Code, name: Text }),
  educationLevel: z.enum(['secondary_vocational', 'higher_vocational', 'vocational_bachelor', 'technician']),
  /** 毕业, 结业 or 肄业. */
  conclusion: z.enum(['graduated', 'completed', 'attended']),
  /** 学制, in years. */
  schoolingYears: z.int().min(1).max(8).optional(),
  /** 学习形式. */
  studyMode: z.enum(['full_time', 'part_time']).optional(),
  studyFrom: LegalDate,
  studyTo: LegalDate,
});

const SkillCertificate = z.strictObject({
  ...common,
  kind: z.literal('skill'),
  /** `trade` is the 工种 where one is named. */
  occupation: z.strictObject({ code: Code, name: Text, trade: Text.optional() }),
  /** Edition of the occupational standard, e.g. `2018`. */
  edition: Code,
  level: z.enum(skillLevels),
});

const issues: readonly { when: (certificate: Any) => boolean; path: string[]; message: string }[] = [
  { when: (c) => c.checkCode !== checkCodeOf(c.verificationId), path: ['checkCode'], message: 'check_code_mismatch' },
  {
    when: (c) => c.kind === 'diploma' && c.studyTo < c.studyFrom,
    path: ['studyTo'],
    message: 'study_ends_before_it_begins',
  },
  {
    when: (c) => c.kind === 'skill' && !c.authorisationId,
    path: ['authorisationId'],
    message: 'authorisation_missing',
  },
  { when: (c) => c.supersedes?.id === c.id, path: ['supersedes', 'id'], message: 'supersedes_itself' },
];

type Any = z.infer<typeof Diploma> | z.infer<typeof SkillCertificate>;

/**
 * `certificate/1`: what a certificate says, fixed when its number is taken and final for all releases. Its RFC 8785
 * form is what the signer signs. It goes public with the proof, so it holds no more of the person than the paper shows.
 */
export const Certificate = z
  .discriminatedUnion('kind', [Diploma, SkillCertificate])
  .superRefine((certificate, context) => {
    for (const { when, path, message } of issues)
      if (when(certificate)) context.addIssue({ code: 'custom', path, message });
  });
export type Certificate = z.infer<typeof Certificate>;
export type CertificateKind = Certificate['kind'];

type Given<C> = C extends Certificate ? Omit<C, 'format' | 'checkCode'> : never;
export type CertificateInput = Given<Certificate>;

/** The whole payload from what the register knows; throws `certificate_malformed` with every fault. */
export function buildCertificatePayload(input: CertificateInput): Certificate {
  return parseCertificate({ ...input, format: 'certificate/1', checkCode: checkCodeOf(input.verificationId) });
}

export function parseCertificate(value: unknown): Certificate {
  const parsed = Certificate.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Problem('certificate_malformed', faultsOf(parsed.error));
}

/** Pointers and codes only: a payload's values are personal data. */
function faultsOf(error: z.ZodError): Fault[] {
  return error.issues.map((issue) => ({
    pointer: issue.path.map((key) => `/${String(key)}`).join(''),
    code: /^[a-z_]+$/.test(issue.message) ? issue.message : issue.code,
  }));
}
