import type { Text } from './text.ts';

interface ProblemKind {
  status: number;
  text: Text;
}

const kind = (status: number, zh: string, en: string): ProblemKind => ({ status, text: { 'zh-CN': zh, en } });

/** Every refusal the product can give: HTTP status and words. Codes are facts in snake_case, also used as activity failure types. */
export const problemKinds = {
  bad_input: kind(
    400,
    '输入有误，请按下列各项修改后重试。',
    'The input has faults; correct the listed items and try again.',
  ),
  idempotency_key_missing: kind(
    400,
    '缺少 Idempotency-Key 请求头（UUIDv7）。',
    'The Idempotency-Key header (a UUIDv7) is missing.',
  ),
  not_signed_in: kind(401, '请先登录。', 'Please sign in first.'),
  sign_in_failed: kind(401, '账号或密码不正确。', 'Account or password is not correct.'),
  account_locked: kind(
    429,
    '登录失败次数过多，账号已暂时锁定，请稍后再试。',
    'Too many failed sign-ins; the account is locked for a while. Try again later.',
  ),
  not_permitted: kind(403, '您的角色无权进行此操作。', 'Your role does not permit this.'),
  cross_site_request: kind(403, '请求来自其他网站，已拒绝。', 'The request came from another site and was refused.'),
  barred_person: kind(403, '按回避规定，您不得办理此事项。', 'You are barred from this act by the recusal rules.'),
  not_found: kind(404, '未找到，或不在您的数据范围内。', 'Not found, or outside your data scope.'),
  method_not_allowed: kind(405, '此地址不支持该请求方法。', 'This address does not support that method.'),
  method_unknown: kind(501, '服务器不认识该请求方法。', 'The server does not know that method.'),
  password_change_required: kind(403, '请先修改初始密码。', 'Change the initial password first.'),
  password_wrong: kind(403, '当前密码不正确。', 'The current password is not correct.'),
  login_name_taken: kind(409, '该登录名已被使用。', 'That login name is taken.'),
  person_has_user: kind(409, '此人已有账号。', 'This person already has an account.'),
  role_held_already: kind(409, '该用户已有此角色及范围。', 'The user already holds this role over this scope.'),
  exclusive_roles: kind(
    409,
    '系统管理员、安全管理员、审计员不得由同一人兼任。',
    'System administrator, security administrator and auditor exclude one another.',
  ),
  own_rights: kind(403, '不得变更本人的权限。', 'Nobody may change their own rights.'),
  setup_code_wrong: kind(403, '初始化代码不正确或已使用。', 'The set-up code is wrong or has been used.'),
  in_progress: kind(409, '相同的请求正在处理，请稍候。', 'The same request is still being processed.'),
  stale: kind(409, '情况已变化，请刷新后重试。', 'The case has moved on; reload and try again.'),
  version_mismatch: kind(
    412,
    '内容已被他人修改，请核对后再保存。',
    'Someone else has changed this; compare before saving.',
  ),
  payload_too_large: kind(413, '内容过大。', 'The content is too large.'),
  unsupported_media_type: kind(415, '不支持的内容类型。', 'That content type is not supported.'),
  spreadsheet_refused: kind(422, '无法读取该文件，原因见下。', 'The file cannot be read; the reason is listed.'),
  idempotency_key_reused: kind(
    422,
    '同一 Idempotency-Key 已用于另一请求。',
    'This Idempotency-Key was used for another request.',
  ),
  precondition_required: kind(428, '修改前须带 If-Match 版本。', 'A change needs an If-Match version.'),
  too_many_requests: kind(429, '请求过于频繁，请稍后再试。', 'Too many requests; try again later.'),
  internal: kind(
    500,
    '系统出现意外错误，已记录编号，请联系管理员。',
    'An unexpected fault was recorded; contact the administrator with the trace id.',
  ),
  storage_full: kind(503, '磁盘已满，暂停写入。', 'The disk is full; writing is paused.'),
  busy: kind(503, '系统繁忙，请稍后重试。', 'The system is busy; try again shortly.'),
  glyph_missing: kind(
    422,
    '有字符无法印刷（字体缺字），请先处理所列人员或字段。',
    'Some characters cannot be printed because the font lacks them; see the list.',
  ),
  certificate_malformed: kind(
    422,
    '证书内容不符合 certificate/1 格式。',
    'The certificate content does not follow certificate/1.',
  ),
  sheet_not_submitted: kind(
    409,
    '成绩单提交后才能打印。',
    'A score sheet can be printed only once it has been submitted.',
  ),
  signer_refused: kind(
    422,
    '签名程序拒绝签署，已记录警报，请联系发证管理员。',
    'The signer refused to sign and recorded an alarm; contact the certification officer.',
  ),
  signer_limit_reached: kind(
    503,
    '已达每小时签名上限，稍后将自动继续。',
    'The hourly signing limit is reached; signing goes on later by itself.',
  ),
  signer_unavailable: kind(
    503,
    '签名程序未运行，证书保持“待签名”，恢复后自动继续。',
    'The signer is not running; certificates wait for their signature and go on when it is back.',
  ),
  rule_document_faulty: kind(
    422,
    '规则文件不符合 ruleset/1 规范，请按所列各项修改。',
    'The rule document is outside the dialect; correct the listed items.',
  ),
  rule_hash_mismatch: kind(
    500,
    '规则文件与登记的摘要不符，已停止使用。',
    'The rule document does not match its recorded hash and was not used.',
  ),
  fact_not_lawful: kind(
    422,
    '事实的类型或取值不在允许范围内。',
    'A fact has a wrong type or a value outside its domain.',
  ),
  no_rule_for_date: kind(422, '所问日期没有生效的规则版本。', 'No revision of the rule set is in force on that date.'),
  rule_run_incomplete: kind(
    500,
    '规则引擎漏算规则，结果作废。',
    'The rule engine lost rules; the result was thrown away.',
  ),
  no_term: kind(409, '学校还没有已开始的学期。', 'The college has no term that has begun.'),
  no_later_term: kind(409, '校历中没有更晚的学期，时钟不能再前移。', 'The calendar has no later term to move to.'),
  clock_already_started: kind(
    409,
    '学校的时钟已经开始走，只能前移。',
    'The college clock has started; it can only be moved forward.',
  ),
  not_a_demo_college: kind(403, '只有示例学校的时钟可以前移。', 'Only the clock of an example college can be moved.'),
  rule_not_bound: kind(
    409,
    '没有为此事项指定规则集，请规则管理员绑定后再办理。',
    'No rule set is bound to this purpose; a rule editor must bind one.',
  ),
  policy_undecided: kind(
    409,
    '教学政策规则对该培养方案没有给出结论。',
    'The teaching policy does not decide for this plan.',
  ),
  evaluators_disagree: kind(
    500,
    '两个规则引擎结论不一致，已停止，待人工复核。',
    'The two rule engines disagree; stopped for a person to look.',
  ),
  verdict_changed: kind(
    409,
    '结论已变化，不能按原决定签发，请重新审核。',
    'The verdict has changed since the decision; run the audit again before signing off.',
  ),
  not_awaiting_sign_off: kind(409, '该培养路径不在待签发状态。', 'This pathway is not waiting for sign-off.'),
  issuer_not_authorised: kind(
    409,
    '本校在该日期没有此证书的发证授权。',
    'The college has no issuing authorisation for this certificate on that date.',
  ),
  status_list_full: kind(
    503,
    '证书状态位已用尽，请联系管理员。',
    'The status list is full; contact the administrator.',
  ),
  already_applied: kind(409, '该等级已申报过。', 'An application for this level is already on record.'),
  pathway_closed: kind(409, '该培养路径已关闭。', 'This pathway is closed.'),
  regulation_already_filed: kind(
    409,
    '同样内容的制度文件已归档，请直接使用。',
    'A regulation with these very articles is filed already; use that one.',
  ),
  rule_tests_failed: kind(422, '规则文件自带的测试未全部通过。', "Not all of the document's own tests pass."),
  rule_draft_too_heavy: kind(
    422,
    '规则草稿的计算超出时间或内存限制，已中止。请减少条件或测试后重试。',
    'The draft needs more time or memory than a draft may take and was stopped. Use fewer conditions or tests.',
  ),
  preview_beside_difference: kind(
    409,
    '影响预览与精确差异不一致，已停止；请联系系统管理员。',
    'The impact preview and the exact difference disagree; it was stopped. Tell the system administrator.',
  ),
  preview_incomplete: kind(
    409,
    '影响预览有未完成的页，请重新预览。',
    'Some pages of the impact preview were not done; start another one.',
  ),
  draft_already_frozen: kind(
    409,
    '该规则集已有一份待发布的修订版，请先发布或撤回。',
    'The rule set already has a frozen revision waiting; publish or withdraw it first.',
  ),
  rule_already_published: kind(409, '该修订版已发布，不能再改。', 'This revision is published and cannot change.'),
  second_person_required: kind(
    403,
    '作者本人或已审批者不能再审批，须由另一人审批。',
    'The author or someone who has approved already cannot approve; another person must.',
  ),
  rule_set_exists: kind(
    409,
    '该规则集标识已存在，请从现行版本起草。',
    'A rule set with this id exists; open a draft from it instead.',
  ),
  draft_ended: kind(
    409,
    '该草稿已提交或已放弃，不能再改。',
    'This draft has been submitted or discarded and cannot change.',
  ),
  rule_findings_open: kind(
    422,
    '分析发现错误，须修改，或逐条写明理由予以豁免。',
    'The analysis found errors: correct them, or waive each by name with a reason.',
  ),
  rule_retroactive_undeclared: kind(
    422,
    '生效日期早于今天，须声明追溯适用或改为今天及以后的日期。',
    'It would hold from before today: declare it retroactive, or let it begin today or later.',
  ),
  rule_proofs_missing: kind(
    409,
    '该修订版的测试、分析和差异尚未完成。',
    'The tests, the analysis and the difference of this revision are not ready yet.',
  ),
  rule_proofs_changed: kind(
    409,
    '您审阅的差异或影响预览已更新，请重新查看后再审批。',
    'The difference or the preview you looked at has been replaced; look again before approving.',
  ),
  rule_without_table: kind(409, '该规则集不是规则表，不能以 Excel 编辑。', 'This rule set is not a decision table.'),
  rule_table_foreign: kind(
    422,
    '这个文件不是由本规则集导出的规则表，请先导出再修改。',
    'This file is not a decision table exported from this rule set; export one first.',
  ),
  rule_table_stale: kind(
    409,
    '导出之后规则已经改动，请重新导出，把修改填入新文件。',
    'The rules have changed since the file was exported; export again and enter your changes there.',
  ),
  rule_preview_missing: kind(409, '尚未做影响预览。', 'There is no impact preview yet.'),
  rule_preview_outdated: kind(
    409,
    '影响预览已过期（超过 7 天或对比的版本已变），请重新预览。',
    'The impact preview is older than 7 days or was made against another revision; run it again.',
  ),
  rule_not_frozen: kind(409, '该修订版不在审批中。', 'This revision is not waiting for approval.'),
  rule_not_published: kind(409, '该修订版未发布，或已撤销。', 'This revision is not published, or has been withdrawn.'),
  rule_suspended: kind(409, '该修订版已暂停。', 'This revision is suspended already.'),
  rule_not_suspended: kind(409, '该修订版没有暂停。', 'This revision is not suspended.'),
  approvals_missing: kind(
    409,
    '审批人数不足，尚不能发布。',
    'Not enough people have approved; it cannot be published yet.',
  ),
  date_missing: kind(
    409,
    '缺少决定适用规则版本的日期，请先补录。',
    'The date that chooses the rule is missing; record it first.',
  ),
  outcome_already_spent: kind(
    409,
    '该成果已用于学分认定，一项成果只能使用一次。',
    'This outcome has already been spent; each outcome counts once.',
  ),
  course_already_converted: kind(
    409,
    '该课程已由其他成果认定，一门课程只能认定一次。',
    'This course has already been converted; each course counts once.',
  ),
  similar_outcome_spent: kind(
    409,
    '相同或相近的成果只计最高一项，已有同级或更高的成果用于认定。',
    'Of similar outcomes only the highest counts, and one as high has been spent.',
  ),
  credit_over_limit: kind(
    422,
    '申请超出学分认定上限，整份申请未受理，请减少课程后重新提交。',
    'The application exceeds the cap on converted credits; nothing was stored. Apply for fewer courses.',
  ),
  import_same_file: kind(
    409,
    '此文件已导入过，不能重复导入；需要重来请先撤销原批次。',
    'This file has been imported already; undo that batch first to import it again.',
  ),
  import_not_open: kind(409, '该批次已提交或已撤销。', 'This batch has been committed or undone already.'),
  import_not_committed: kind(
    409,
    '该批次尚未提交，无需撤销。',
    'This batch has not been committed; there is nothing to undo.',
  ),
  import_has_faults: kind(
    422,
    '仍有错误行。请改正后重新试导入，或选择跳过错误行。',
    'There are faulty rows: correct them and try again, or choose to skip them.',
  ),
  import_nothing_to_commit: kind(422, '没有可以导入的行。', 'No row of this file can be imported.'),
  preview_outdated: kind(
    409,
    '预览之后情况已变化，请重新试导入后再提交。',
    'Something has changed since the preview; make a new preview before committing.',
  ),
  import_in_use: kind(
    409,
    '已有数据依赖该批次，不能撤销；请改用更正。',
    'Other records rest on this batch, so it cannot be undone; correct them instead.',
  ),
  sheet_not_open: kind(
    409,
    '成绩单已提交、锁定或归档，不能录入。',
    'The sheet is submitted, locked or archived; nothing can be entered.',
  ),
  sheet_state: kind(409, '成绩单当前状态不允许此操作。', 'The sheet is not in a state that allows this.'),
  sheet_incomplete: kind(
    422,
    '成绩单未填完整，未提交。请处理下列各项。',
    'The sheet is not complete and was not submitted; see the list.',
  ),
  weights_not_whole: kind(
    422,
    '各考核项目权重之和必须为 100%。',
    'The weights of the components must add up to 100 %.',
  ),
  scheme_outside_policy: kind(
    422,
    '考核方案超出教学政策的范围，未保存。',
    'The scheme lies outside the teaching policy and was not stored.',
  ),
  term_nothing_to_open: kind(409, '该学期没有需要开设的课程。', 'There is nothing to open in this term.'),
  enrolment_status: kind(409, '学籍状态不能这样变更。', 'The enrolment cannot change to that status.'),
  nobody_to_resit: kind(409, '没有需要补考的学生。', 'Nobody has to resit.'),
  invariant_broken: kind(500, '登记簿检查未通过，已停止此操作。', 'A register check failed; the act was stopped.'),
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemKinds;

/** One fault at one place. `pointer` is a JSON pointer into the input; `detail` carries values for the text, never personal data in logs. */
export interface Fault {
  pointer: string;
  code: string;
  detail?: Record<string, unknown>;
  text?: Text;
}

/** A refusal with a stable code. Nothing but `code` and `errors` may be relied on by a program. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: readonly Fault[];
  readonly extra: Record<string, unknown>;
  constructor(code: ProblemCode, errors: readonly Fault[] = [], extra: Record<string, unknown> = {}) {
    super(code);
    this.name = 'Problem';
    this.code = code;
    this.errors = errors;
    this.extra = extra;
  }
}
