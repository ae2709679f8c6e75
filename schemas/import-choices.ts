import type { Choice } from './import-columns.ts';

const choice = (value: string, zh: string, en: string, ...aliases: string[]): Choice => ({
  value,
  title: { 'zh-CN': zh, en },
  aliases,
});

export const genders = [choice('male', '男', 'male', 'M', '男性'), choice('female', '女', 'female', 'F', '女性')];

export const levels = [
  choice('five', '五级', 'level 5', '初级工', '五级/初级工', '五级（初级工）', '5', '5级'),
  choice('four', '四级', 'level 4', '中级工', '四级/中级工', '四级（中级工）', '4', '4级'),
  choice('three', '三级', 'level 3', '高级工', '三级/高级工', '三级（高级工）', '3', '3级'),
  choice('two', '二级', 'level 2', '技师', '二级/技师', '二级（技师）', '2', '2级'),
  choice('one', '一级', 'level 1', '高级技师', '一级/高级技师', '一级（高级技师）', '1', '1级'),
];

/** 初级 is an X certificate's level, 初级工 a skill level: the two are never merged (domain §1). */
export const outcomeLevels = [
  ...levels,
  choice('none', '无等级', 'no level', '专项', '专项职业能力'),
  choice('junior', '初级', 'junior'),
  choice('intermediate', '中级', 'intermediate'),
  choice('senior', '高级', 'senior'),
];

export const schoolings = [
  choice(
    'none',
    '普通高中、初中或其他',
    'general secondary or other',
    '无',
    '初中',
    '初中毕业',
    '普通高中',
    '高中',
    '其他',
  ),
  choice('technical_school', '技工学校', 'technical school', '技校', '技工'),
  choice('secondary_vocational', '中等职业学校', 'secondary vocational', '中职', '中专', '职高', '职业高中'),
  choice('senior_technical_class', '高级工班', 'senior technical class', '高级技工学校'),
  choice('technician_class', '预备技师班', 'technician class', '技师班', '预备技师（技师）班'),
  choice('higher_vocational', '高职专科', 'higher vocational', '高职', '专科', '大专', '高职（专科）'),
  choice('university', '本科及以上', 'university', '本科', '职业本科', '大学'),
];

export const courseKinds = [
  choice('public_basic', '公共基础课', 'public basic', '公共基础', '公共基础课程', '公共必修课'),
  choice('professional_basic', '专业基础课', 'professional basic', '专业基础', '专业基础课程'),
  choice('professional_core', '专业核心课', 'professional core', '专业核心', '专业核心课程'),
  choice(
    'professional_elective',
    '专业拓展课',
    'professional elective',
    '专业选修课',
    '专业选修',
    '专业拓展',
    '专业拓展课程',
  ),
  choice('public_elective', '公共选修课', 'public elective', '公共选修', '任选课', '公选课'),
  choice('practice', '实践课', 'practice', '集中实践', '实训', '实训课', '实践教学'),
  choice('internship', '岗位实习', 'internship', '顶岗实习', '实习'),
  choice('politics', '思想政治课', 'politics', '思政课', '思想政治', '思想政治理论课', '政治理论'),
  choice('physical_education', '体育课', 'physical education', '体育'),
];

/** What counts as yes and as no; the first of each is what the template shows. */
export const requiredOrElective = {
  yes: ['必修', '必修课', '必', 'required'],
  no: ['选修', '选修课', '选', '限选', '任选', 'elective'],
};
export const yesOrNo = {
  yes: ['是', '已核验', '已', '√', 'Y', 'yes', 'true', '1'],
  no: ['否', '未核验', '未', '×', 'N', 'no', 'false', '0'],
};

export const scoreMarks = [
  choice('deferred', '缓考', 'deferred'),
  choice('waived', '免修', 'waived', '免考'),
  choice('absent', '缺考', 'absent', '旷考'),
  choice('cheated', '舞弊', 'cheated', '作弊', '违纪'),
  choice('disqualified', '取消资格', 'disqualified', '取消考试资格', '取消考核资格'),
];

export const assessmentMarks = [
  choice('none', '正常', 'none', '无'),
  choice('absent', '缺考', 'absent', '旷考'),
  choice('cheated', '舞弊', 'cheated', '作弊', '违纪'),
  choice('disqualified', '取消资格', 'disqualified', '取消考核资格'),
];

export const attempts = [
  choice('1', '首次', 'first', '正常考试', '正考', '第一次', '初修'),
  choice('2', '补考', 'resit', '第二次'),
  choice('3', '重修', 'retake', '第三次'),
];

export const outcomeKinds = [
  choice('skill_certificate', '职业技能等级证书', 'skill certificate', '技能等级证书', '职业技能证书'),
  choice('x_certificate', '1+X证书', '1+X certificate', 'X证书', '1+X', '1+X职业技能等级证书'),
  choice('occupational_qualification', '职业资格证书', 'occupational qualification', '职业资格'),
  choice('contest_award', '竞赛获奖', 'contest award', '技能竞赛', '竞赛', '职业技能竞赛', '竞赛奖项'),
  choice('prior_course', '已修课程', 'prior course', '先修课程', '原修课程', '课程成绩'),
];

export const contestTiers = [
  choice('none', '无', 'none'),
  choice('school', '校级', 'school', '校'),
  choice('city', '市级', 'city', '市', '地市级'),
  choice('province', '省级', 'province', '省', '省部级'),
  choice('national', '国家级', 'national', '国赛', '全国'),
];

export const contestPrizes = [
  choice('none', '无', 'none'),
  choice('first', '一等奖', 'first', '金奖', '金牌', '一等'),
  choice('second', '二等奖', 'second', '银奖', '银牌', '二等'),
  choice('third', '三等奖', 'third', '铜奖', '铜牌', '三等'),
];
