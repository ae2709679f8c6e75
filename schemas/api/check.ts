import type { z } from 'zod';
import type { Fault } from '../problem.ts';
import type { Text } from '../text.ts';

type Issue = z.core.$ZodIssue;
export type Checked<T> = { ok: true; value: T } | { ok: false; faults: Fault[] };

/** All faults at once, each with a pointer, a code and words in both languages. Never the value itself: it may be personal. */
export function check<S extends z.ZodType>(schema: S, value: unknown): Checked<z.infer<S>> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, faults: result.error.issues.flatMap(faultsOf) };
}

export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function faultsOf(issue: Issue): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => fault([...issue.path, key], 'unknown_field', {}));
  }
  if (issue.code === 'invalid_union' && issue.errors.length === 1) {
    return issue.errors[0]!.flatMap((inner) => faultsOf({ ...inner, path: [...issue.path, ...inner.path] } as Issue));
  }
  const { code, detail } = named(issue);
  return [fault(issue.path, code, detail)];
}

function fault(path: readonly PropertyKey[], code: string, detail: Record<string, unknown>): Fault {
  const made: Fault = { pointer: pointerOf(path), code, text: textOf(code, detail) };
  return Object.keys(detail).length > 0 ? { ...made, detail } : made;
}

const SNAKE = /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/;
const EMPTY: Record<string, unknown> = {};

/** A schema may name its own code: `z.string().regex(…, { error: 'id_malformed' })`. */
function named(issue: Issue): { code: string; detail: Record<string, unknown> } {
  if (issue.code === 'invalid_type' && issue.input === undefined) return { code: 'required', detail: EMPTY };
  if (SNAKE.test(issue.message)) return { code: issue.message, detail: EMPTY };
  switch (issue.code) {
    case 'invalid_type':
      return { code: 'wrong_type', detail: { expected: issue.expected } };
    case 'too_small':
      return { code: tooSmall[issue.origin] ?? 'too_small', detail: { minimum: Number(issue.minimum) } };
    case 'too_big':
      return { code: tooBig[issue.origin] ?? 'too_big', detail: { maximum: Number(issue.maximum) } };
    case 'invalid_format':
      return { code: 'wrong_format', detail: { format: issue.format } };
    case 'invalid_value':
      return { code: 'not_allowed_value', detail: { allowed: issue.values } };
    case 'not_multiple_of':
      return { code: 'not_multiple_of', detail: { divisor: Number(issue.divisor) } };
    case 'invalid_union':
      return { code: 'no_variant_fits', detail: optionsOf(issue) };
    default:
      return { code: 'not_valid', detail: EMPTY };
  }
}

/** A union told apart by a field names the values of that field; zod's types do not say so. */
function optionsOf(issue: object): Record<string, unknown> {
  return 'options' in issue && Array.isArray(issue.options) ? { allowed: issue.options } : EMPTY;
}

const tooSmall: Record<string, string> = { string: 'too_short', array: 'too_few' };
const tooBig: Record<string, string> = { string: 'too_long', array: 'too_many' };

const typeNames: Record<string, Text> = {
  string: { 'zh-CN': '文字', en: 'text' },
  number: { 'zh-CN': '数字', en: 'a number' },
  int: { 'zh-CN': '整数', en: 'a whole number' },
  boolean: { 'zh-CN': '是或否', en: 'true or false' },
  array: { 'zh-CN': '列表', en: 'a list' },
  object: { 'zh-CN': '对象', en: 'an object' },
};

type Words = (detail: Record<string, unknown>) => Text;
const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

/** Words for the faults any input may have. Words for a command's own faults travel with the fault. */
const faultTexts: Record<string, Words> = {
  required: () => t('此项必填。', 'This field is required.'),
  unknown_field: () => t('没有此项，请检查字段名。', 'There is no such field; check its name.'),
  wrong_type: ({ expected }) => {
    const name = typeNames[String(expected)] ?? t(String(expected), String(expected));
    return t(`此项应为${name['zh-CN']}。`, `This must be ${name.en}.`);
  },
  wrong_format: () => t('此项格式不正确。', 'The format is not right.'),
  id_malformed: () => t('编号格式不正确。', 'This is not a well-formed id.'),
  not_allowed_value: ({ allowed }) => t(`此项只能为：${list(allowed)}。`, `This must be one of: ${list(allowed)}.`),
  no_variant_fits: ({ allowed }) =>
    t(`此项类型只能为：${list(allowed)}。`, `The kind must be one of: ${list(allowed)}.`),
  too_short: ({ minimum }) => t(`此项至少 ${minimum} 个字符。`, `This needs at least ${minimum} characters.`),
  too_long: ({ maximum }) => t(`此项至多 ${maximum} 个字符。`, `This may have at most ${maximum} characters.`),
  too_few: ({ minimum }) => t(`至少需要 ${minimum} 项。`, `At least ${minimum} items are needed.`),
  too_many: ({ maximum }) => t(`至多 ${maximum} 项。`, `At most ${maximum} items are allowed.`),
  too_small: ({ minimum }) => t(`此项不得小于 ${minimum}。`, `This may not be less than ${minimum}.`),
  too_big: ({ maximum }) => t(`此项不得大于 ${maximum}。`, `This may not be more than ${maximum}.`),
  not_multiple_of: ({ divisor }) => t(`此项应为 ${divisor} 的倍数。`, `This must be a multiple of ${divisor}.`),
  not_valid: () => t('此项不正确。', 'This is not valid.'),
  json_malformed: () => t('请求内容不是正确的 JSON。', 'The body is not well-formed JSON.'),
  body_not_object: () => t('请求内容应为 JSON 对象。', 'The body must be a JSON object.'),
  file_missing: () => t('请选择要上传的文件。', 'Choose a file to upload.'),
  hash_malformed: () => t('摘要格式不正确。', 'This is not a well-formed hash.'),
  rule_set_malformed: () => t('规则集编号格式不正确。', 'This is not a well-formed rule set id.'),
  scope_malformed: () => t('适用范围格式不正确。', 'This is not a well-formed scope.'),
  login_name_malformed: () =>
    t(
      '登录名由字母、数字及 . _ - @ 组成，且以字母或数字开头。',
      'A login name holds letters, digits and . _ - @, and begins with a letter or digit.',
    ),
  key_doubled: () => t('同一键名出现了两次。', 'The same key stands here twice.'),
  key_forbidden: () => t('不允许的键名。', 'This key is not allowed.'),
  article_doubled: () => t('同一条款出现了两次。', 'This article stands here twice.'),
  one_of_these_only: () => t('只能从这几项中提供一项。', 'Give exactly one of these.'),
  outcome_or_facts_required: () =>
    t('请选择成果、描述成果或提供事实。', 'Name an outcome, describe one, or give facts.'),
  student_or_facts_required: () => t('请选择学生或提供事实。', 'Name a student or give facts.'),
  course_not_in_plan: () => t('该课程不在学生的培养方案中。', "This course is not in the student's plan."),
  credit_over_limit: () => t('加上此课程将超出学分认定上限。', 'With this course the cap would be exceeded.'),
  reason_required: () => t('请填写原因。', 'Please give a reason.'),
  count_out_of_range: ({ minimum, maximum }) =>
    t(`数量应在 ${minimum ?? 0} 到 ${maximum} 之间。`, `The number must lie between ${minimum ?? 0} and ${maximum}.`),
  weights_not_whole: ({ sum }) =>
    t(`权重合计为 ${percent(sum)}，应为 100%。`, `The weights add up to ${percent(sum)} where 100 % is needed.`),
  scheme_outside_policy: ({ share, minimum, maximum }) =>
    t(
      `过程考核合计占 ${percent(share)}，教学政策要求 ${percent(minimum)} 至 ${percent(maximum)}。`,
      `Process assessment makes up ${percent(share)} where the teaching policy wants ${percent(minimum)} to ${percent(maximum)}.`,
    ),
  not_found: () => t('未找到，或不在您的数据范围内。', 'Not found, or outside your data scope.'),
  date_missing: () => t('缺少决定适用规则版本的日期。', 'The date that chooses the rule is missing.'),
  value_outside_domain: () => t('取值超出该事实的范围。', "The value lies outside the fact's range."),
  value_type_wrong: () => t('取值类型与该事实不符。', "The value is not of the fact's type."),
  rule_test_failed: ({ name }) => t(`测试“${name}”未通过。`, `The test "${name}" fails.`),
  approvals_missing: ({ have, needed }) =>
    t(`已有 ${have} 人审批，需要 ${needed} 人。`, `${have} have approved; ${needed} are needed.`),
  barred_self: () => t('证书属于您本人。', 'The certificate is your own.'),
  barred_entered_scores: () => t('您录入过该生的成绩。', "You entered this student's scores."),
  barred_entered_result: () => t('您录入过该生的等级认定成绩。', "You entered this student's assessment result."),
  barred_teaches_class: () => t('您任教该生所在班级。', "You teach this student's class."),
  cursor_gone: () => t('列表已变化，请从头刷新。', 'The list has changed; start again from the first page.'),
};

function percent(share: unknown): string {
  return `${Number(share) / 100}%`;
}

function list(values: unknown): string {
  return Array.isArray(values) ? values.map(String).join(' / ') : '';
}

export function textOf(code: string, detail: Record<string, unknown> = {}): Text {
  return (faultTexts[code] ?? faultTexts.not_valid!)(detail);
}
