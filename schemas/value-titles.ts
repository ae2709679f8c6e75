import type { Text } from './text.ts';

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

const levels = {
  none: t('无', 'none'),
  five: t('五级/初级工', 'level five (junior)'),
  four: t('四级/中级工', 'level four (intermediate)'),
  three: t('三级/高级工', 'level three (senior)'),
  two: t('二级/技师', 'level two (technician)'),
  one: t('一级/高级技师', 'level one (senior technician)'),
};

/** What the values of the catalogue's enums are called; a document's own titles come first. */
export const valueTitles: Readonly<Record<string, Readonly<Record<string, Text>>>> = {
  enrolmentStatus: {
    enrolled: t('在读', 'enrolled'),
    suspended: t('休学', 'suspended'),
    withdrawn: t('退学', 'withdrawn'),
    graduated: t('已毕业', 'graduated'),
  },
  outcomeKind: {
    skill_certificate: t('职业技能等级证书', 'skill certificate'),
    x_certificate: t('1+X证书', '1+X certificate'),
    occupational_qualification: t('职业资格证书', 'occupational qualification certificate'),
    contest_award: t('竞赛获奖', 'contest award'),
    prior_course: t('已修课程', 'prior course'),
  },
  outcomeSkillLevel: levels,
  targetLevel: levels,
  heldLevel: levels,
  outcomeOccupation: {
    same: t('同一职业', 'same occupation'),
    related: t('相关职业', 'related occupation'),
    other: t('其他职业', 'other occupation'),
  },
  conditionEdition: { '2018': t('2018年版', '2018 edition'), '2023': t('2023年版', '2023 edition') },
  titleLevel: {
    none: t('无', 'none'),
    junior: t('初级', 'junior'),
    intermediate: t('中级', 'intermediate'),
    senior: t('高级', 'senior'),
  },
  schooling: {
    none: t('无', 'none'),
    technical_school: t('技工学校', 'technical school'),
    secondary_vocational: t('中等职业学校', 'secondary vocational school'),
    senior_technical_class: t('技工院校高级工班', 'senior-worker class of a technical college'),
    technician_class: t('技师学院预备技师班', 'technician class of a technician college'),
    higher_vocational: t('高等职业学校（大专）', 'higher vocational college'),
    university: t('大学本科及以上', 'university'),
  },
  eligibility: { granted: t('符合', 'granted'), denied: t('不符合', 'denied'), referred: t('转人工', 'referred') },
  assessmentMark: {
    none: t('正常', 'none'),
    absent: t('缺考', 'absent'),
    cheated: t('舞弊', 'cheated'),
    disqualified: t('取消资格', 'disqualified'),
  },
  educationLevel: {
    secondary_vocational: t('中等职业教育', 'secondary vocational'),
    higher_vocational: t('高等职业教育（专科）', 'higher vocational'),
    vocational_bachelor: t('职业本科', 'vocational bachelor'),
    technician: t('技工教育', 'technician education'),
  },
  xLevel: {
    none: t('无', 'none'),
    junior: t('初级', 'junior'),
    intermediate: t('中级', 'intermediate'),
    senior: t('高级', 'senior'),
  },
  contestTier: {
    none: t('无', 'none'),
    school: t('校级', 'school'),
    city: t('市级', 'city'),
    province: t('省级', 'province'),
    national: t('国家级', 'national'),
  },
  contestPrize: {
    none: t('无', 'none'),
    third: t('三等奖', 'third prize'),
    second: t('二等奖', 'second prize'),
    first: t('一等奖', 'first prize'),
  },
  courseKind: {
    public_basic: t('公共基础课', 'public basic'),
    professional_basic: t('专业基础课', 'professional basic'),
    professional_core: t('专业核心课', 'professional core'),
    professional_elective: t('专业拓展课', 'professional elective'),
    public_elective: t('公共选修课', 'public elective'),
    practice: t('实践课', 'practice'),
    internship: t('岗位实习', 'internship'),
    politics: t('思想政治课', 'politics'),
    physical_education: t('体育课', 'physical education'),
  },
};
