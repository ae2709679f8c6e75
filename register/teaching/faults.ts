import type { Fault } from '../../schemas/problem.ts';
import type { Text } from '../../schemas/text.ts';

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

/** What can be wrong at one place of a sheet or scheme. */
const texts = {
  not_on_sheet: t('该学生不在此成绩单中。', 'This student is not on the sheet.'),
  row_not_open: t('此行未解锁，不能修改。', 'This row has not been unlocked.'),
  component_unknown: t('考核方案中没有该考核项目。', 'The scheme has no such component.'),
  cell_doubled: t('同一格出现了两次。', 'This cell appears twice.'),
  score_out_of_range: t('成绩应在 0 到满分之间。', 'The score must lie between 0 and the maximum.'),
  score_and_mark: t('有标记时不应再填成绩。', 'No score may stand beside a mark.'),
  score_missing: t('尚未录入成绩或标记。', 'Neither a score nor a mark has been entered.'),
  reason_required: t('请填写原因。', 'Please give a reason.'),
  user_unknown: t('没有该用户。', 'There is no such user.'),
  course_unknown: t('没有该课程。', 'There is no such course.'),
  class_unknown: t('没有该班级，或与学生不属同一专业和年级。', 'There is no such class of this programme and cohort.'),
  name_doubled: t('考核项目名称重复。', 'Two components have this name.'),
  unit_unknown: t('没有该职业功能。', 'There is no such unit of a standard.'),
  count_out_of_range: t('数值超出允许范围。', 'The number is out of range.'),
  student_unknown: t('没有该学生。', 'There is no such student.'),
  weight_out_of_range: t('权重应在 0.01% 到 100% 之间。', 'A weight lies between 0.01 % and 100 %.'),
} as const satisfies Record<string, Text>;

export type TeachingFault = keyof typeof texts;

export const faultAt = (pointer: string, code: TeachingFault, detail?: Record<string, unknown>): Fault => ({
  pointer,
  code,
  text: texts[code],
  ...(detail ? { detail } : {}),
});

export const needsReason = (reason: string | undefined): Fault[] =>
  reason?.trim() ? [] : [faultAt('/reason', 'reason_required')];
