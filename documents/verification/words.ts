import type { Text } from '../../schemas/text.ts';

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

export type VerificationStatus = 'valid' | 'suspended' | 'revoked' | 'superseded' | 'unknown';

export const statusWords: Record<VerificationStatus, { word: Text; sentence: Text }> = {
  valid: {
    word: t('有效', 'Valid'),
    sentence: t('该证书由下列单位颁发，现行有效。', 'Issued by the body named below and in force.'),
  },
  suspended: {
    word: t('暂停', 'Suspended'),
    sentence: t('该证书暂时不得使用，正在核查。', 'Must not be relied on for now; it is under review.'),
  },
  revoked: {
    word: t('已撤销', 'Revoked'),
    sentence: t('该证书曾经颁发，现已撤销，不再有效。', 'Was issued and has been revoked. It is no longer valid.'),
  },
  superseded: {
    word: t('已被取代', 'Superseded'),
    sentence: t('该证书已由新证书取代，请以新证书为准。', 'Replaced by a newer certificate; rely on that one.'),
  },
  unknown: {
    word: t('查无此证', 'Not found'),
    sentence: t(
      '登记簿中没有与所给编号、校验码或二维码相符的证书。请核对后重试；这本身不说明证书系伪造。',
      'The register has no certificate matching what was given. Check it and try again; this alone does not prove a forgery.',
    ),
  },
};

export const words = {
  product: t('双证 · 证书查验', 'Dual Certificates · Verification'),
  title: t('证书查验', 'Certificate verification'),
  domain: t('请核对您所在的网址：', 'Check that you are on this address:'),
  example: t('示例证书：来自演示学校，不具任何效力。', 'Example: from a demonstration college, without any effect.'),
  name: t('姓名', 'Name'),
  idEnding: t('身份证号后四位', 'ID number ending in'),
  number: t('证书编号', 'Certificate number'),
  kind: t('证书', 'Certificate'),
  programme: t('专业', 'Programme'),
  education: t('培养层次', 'Level of education'),
  study: t('学习期间', 'Period of study'),
  occupation: t('职业', 'Occupation'),
  trade: t('工种', 'Trade'),
  edition: t('标准版本', 'Edition of standard'),
  level: t('等级', 'Level'),
  issuer: t('发证单位', 'Issued by'),
  issuedOn: t('发证日期', 'Date of issue'),
  supersededBy: t('新证书：', 'New certificate:'),
  compare: t(
    '请与所持证书逐项核对；如有不同，以本页为准。',
    'Compare each line with the paper; where they differ, this page is right.',
  ),
  fresh: t('查验时间', 'Checked at'),
  live: t(
    '状态于该时刻直接读自登记簿，请勿以截图为凭。',
    'The status was read from the register at that moment; a screenshot proves nothing.',
  ),
  proof: t('电子签名与签名内容', 'Electronic signature and signed content'),
  proofHow: t(
    '以下 JSON 的 UTF-8 字节（RFC 8785 规范形式）即签名内容。',
    'The UTF-8 bytes of the JSON below (RFC 8785 canonical form) are what was signed.',
  ),
  lookup: t('按编号查验', 'Look up by number'),
  checkCode: t('校验码（10 位，印在编号下方）', 'Check code (10 characters, below the number)'),
  submit: t('查验', 'Verify'),
  malformed: t('请填写证书编号和 10 位校验码。', 'Give the certificate number and the 10-character check code.'),
  noSuchAddress: t(
    '没有这个查验地址。请核对网址，或按证书上的编号和校验码查验。',
    'There is no such address. Check it, or look up by the number and check code on the certificate.',
  ),
  tooMany: t('查询过于频繁，请一分钟后再试。', 'Too many look-ups; try again in a minute.'),
  report: t('举报', 'Report'),
  reportHow: t(
    '发现伪造、涂改或冒用，请向发证单位举报，24 小时内受理：',
    'Report a forgery, alteration or misuse to the issuer; it is taken up within 24 hours:',
  ),
  reportNone: t(
    '发现伪造、涂改或冒用，请联系发证单位，24 小时内受理。',
    'Report a forgery, alteration or misuse to the issuing body; it is taken up within 24 hours.',
  ),
  privacy: t('本页不提供按姓名或身份证号查询。', 'There is no look-up by name or ID number.'),
} as const satisfies Record<string, Text>;
