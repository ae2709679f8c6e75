import type { Certificate } from '../../schemas/certificate.ts';
import type { SkillLevel } from '../../schemas/facts.ts';
import type { Text } from '../../schemas/text.ts';

type Diploma = Extract<Certificate, { kind: 'diploma' }>;
type Skill = Extract<Certificate, { kind: 'skill' }>;

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

export const levelWords: Record<SkillLevel, Text> = {
  five: t('五级／初级工', 'Level 5 (Junior)'),
  four: t('四级／中级工', 'Level 4 (Intermediate)'),
  three: t('三级／高级工', 'Level 3 (Advanced)'),
  two: t('二级／技师', 'Level 2 (Technician)'),
  one: t('一级／高级技师', 'Level 1 (Senior Technician)'),
};

export const educationWords: Record<Diploma['educationLevel'], Text> = {
  secondary_vocational: t('中等职业教育', 'secondary vocational education'),
  higher_vocational: t('高等职业教育专科', 'higher vocational education'),
  vocational_bachelor: t('职业本科教育', 'vocational bachelor education'),
  technician: t('技师教育', 'technician education'),
};

const modeWords: Record<NonNullable<Diploma['studyMode']>, Text> = {
  full_time: t('全日制', 'full-time'),
  part_time: t('非全日制', 'part-time'),
};
const NUMERALS = '〇一二三四五六七八';

const diplomaTitles: Record<Diploma['conclusion'], Text> = {
  graduated: t('毕业证书', 'Graduation Certificate'),
  completed: t('结业证书', 'Certificate of Completion'),
  attended: t('肄业证书', 'Certificate of Attendance'),
};

const conclusions: Record<Diploma['conclusion'], Text> = {
  graduated: t(
    '修完人才培养方案规定的全部内容，成绩合格，准予毕业。',
    'fulfilled all that the programme requires, and has graduated.',
  ),
  completed: t(
    '学习期满，未达到毕业要求，准予结业。',
    'completed the period of study without meeting all requirements of graduation.',
  ),
  attended: t('学习期间退学，准予肄业。', 'left before completing the programme.'),
};

export function titleOf(certificate: Certificate): Text {
  if (certificate.kind === 'diploma') return diplomaTitles[certificate.conclusion];
  return t('职业技能等级证书', 'Vocational Skill Level Certificate');
}

/** What the certificate says of its holder, after the name. */
export function statementOf(certificate: Certificate): Text {
  return certificate.kind === 'diploma' ? diplomaStatement(certificate) : skillStatement(certificate);
}

function diplomaStatement(certificate: Diploma): Text {
  const { programme, studyFrom, studyTo, conclusion } = certificate;
  const education = educationOf(certificate);
  const [from, to, end] = [dateWords(studyFrom), dateWords(studyTo), conclusions[conclusion]];
  return t(
    `于${from['zh-CN']}至${to['zh-CN']}在本校${programme.name['zh-CN']}专业（${programme.code}，${education['zh-CN']}）学习，${end['zh-CN']}`,
    `studied ${programme.name.en} (${programme.code}, ${education.en}) at this college from ${from.en} to ${to.en}, ${end.en}`,
  );
}

/** 三年制高等职业教育专科，全日制: length and mode of study where the certificate names them. */
export function educationOf({ educationLevel, schoolingYears, studyMode }: Diploma): Text {
  const level = educationWords[educationLevel];
  const mode = studyMode ? modeWords[studyMode] : null;
  const years = schoolingYears ? t(`${NUMERALS[schoolingYears]}年制`, `${schoolingYears}-year `) : t('', '');
  return t(
    `${years['zh-CN']}${level['zh-CN']}${mode ? `，${mode['zh-CN']}` : ''}`,
    `${years.en}${level.en}${mode ? `, ${mode.en}` : ''}`,
  );
}

function skillStatement(certificate: Skill): Text {
  const { occupation } = certificate;
  const edition = editionWords(certificate.edition);
  const level = levelWords[certificate.level];
  const trade = occupation.trade ? t(`（工种：${occupation.trade['zh-CN']}）`, ` (${occupation.trade.en})`) : t('', '');
  return t(
    `经考核，达到国家职业技能标准《${occupation.name['zh-CN']}》（${occupation.code}，${edition['zh-CN']}）${level['zh-CN']}${trade['zh-CN']}的要求，特发此证。`,
    `was assessed and meets the national occupational skill standard ${occupation.name.en} (${occupation.code}, ${edition.en}) at ${level.en}${trade.en}.`,
  );
}

export function editionWords(edition: string): Text {
  return /^\d{4}$/.test(edition) ? t(`${edition}年版`, `${edition} edition`) : t(`${edition}版`, `edition ${edition}`);
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** A legal date in words: 2026年6月30日, 30 June 2026. */
export function dateWords(date: string): Text {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return t(`${year}年${month}月${day}日`, `${day} ${MONTHS[month - 1]} ${year}`);
}

/** 电子签名法 13: only a licensed CA's key makes a reliable signature; the certificate says what ours is. */
export const signatureMeaning = t(
  '电子签名用于证明本证书内容完整、未被更改，并非持牌电子认证机构签发的可靠电子签名；证书是否有效，以查验页面为准。',
  "The electronic signature is evidence of integrity, not a licensed CA's signature. Whether the certificate is still valid is stated on the verification page.",
);
