import type { Text } from './text.ts';

/** The roles of the product (architecture §1). A role says what may be done, an assignment says where. */
export const roles = [
  'registrar', 'teacher', 'programme_leader', 'department_head', 'vice_dean', 'enterprise_mentor',
  'rule_editor', 'rule_approver', 'assessor', 'supervisor', 'certification_officer', 'student',
  'system_admin', 'security_admin', 'auditor',
] as const;
export type Role = (typeof roles)[number];

/** 三员: no person holds two of them. */
export const exclusiveRoles = ['system_admin', 'security_admin', 'auditor'] as const satisfies readonly Role[];

/** Roles that issue, publish or administer: shorter sign-in sessions. */
export const privilegedRoles = [
  'rule_approver', 'certification_officer', 'system_admin', 'security_admin', 'auditor',
] as const satisfies readonly Role[];

export const scopeKinds = ['deployment', 'college', 'department', 'programme', 'class', 'offering', 'self'] as const;
export type ScopeKind = (typeof scopeKinds)[number];

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

export const roleTitles: Record<Role, Text> = {
  registrar: t('教务管理员', 'Registrar'),
  teacher: t('任课教师', 'Teacher'),
  programme_leader: t('专业负责人', 'Programme leader'),
  department_head: t('系主任', 'Department head'),
  vice_dean: t('教学副院长', 'Vice-dean'),
  enterprise_mentor: t('企业导师', 'Enterprise mentor'),
  rule_editor: t('规则管理员', 'Rule editor'),
  rule_approver: t('规则审批人', 'Rule approver'),
  assessor: t('考评员', 'Assessor'),
  supervisor: t('督导员', 'Supervisor'),
  certification_officer: t('发证管理员', 'Certification officer'),
  student: t('学生', 'Student'),
  system_admin: t('系统管理员', 'System administrator'),
  security_admin: t('安全管理员', 'Security administrator'),
  auditor: t('审计员', 'Auditor'),
};

export const scopeTitles: Record<ScopeKind, Text> = {
  deployment: t('全平台', 'Whole deployment'),
  college: t('全校', 'Whole college'),
  department: t('院系', 'Department'),
  programme: t('专业', 'Programme'),
  class: t('班级', 'Class'),
  offering: t('开课', 'Course offering'),
  self: t('本人', 'Oneself'),
};

/** Everything a person may be permitted to do. A route names exactly one of these. */
export const permissions = {
  'applications.decide': t('审核学分认定申请', 'Decide on recognition applications'),
  'applications.read': t('查看学分认定申请', 'Read recognition applications'),
  'applications.submit': t('提交学分认定申请', 'Submit recognition applications'),
  'audit.read': t('查看操作日志', 'Read the audit log'),
  'audit.verify': t('校验操作日志', 'Verify the audit log'),
  'calendar.edit': t('维护工作日历', 'Edit the working-day calendar'),
  'certificates.print': t('打印证书', 'Print certificates'),
  'certificates.read': t('查看证书', 'Read certificates'),
  'certificates.sign_off': t('签发证书', 'Sign off certificates'),
  'clock.move': t('推进示例院校时钟', 'Move the demo college clock'),
  'decisions.read': t('查看决定', 'Read decisions'),
  'decisions.record': t('执行双证审核', 'Run the dual-certificate audit'),
  'decisions.replay': t('回放决定', 'Replay decisions'),
  'equivalences.evaluate': t('试算等值', 'Evaluate equivalences'),
  'health.read': t('查看系统健康', 'Read system health'),
  'imports.read': t('查看导入批次', 'Read import batches'),
  'imports.run': t('导入数据', 'Import data'),
  'imports.undo': t('撤销导入批次', 'Undo an import batch'),
  'mappings.edit': t('维护标准对照', 'Edit the mapping to standards'),
  'notices.manage': t('办理公示', 'Manage public notices'),
  'notices.read': t('查看公示', 'Read public notices'),
  'offerings.read': t('查看开课', 'Read course offerings'),
  'operations.read': t('查看任务', 'Read operations'),
  'operations.run': t('发起批量任务', 'Start operations'),
  'org_units.read': t('查看组织机构', 'Read the organisation'),
  'outcomes.edit': t('登记校外成果', 'Record outside outcomes'),
  'outcomes.read': t('查看校外成果', 'Read outside outcomes'),
  'outcomes.verify': t('核验校外成果', 'Verify outside outcomes'),
  'pathways.read': t('查看双证路径', 'Read pathways'),
  'plans.read': t('查看培养方案', 'Read programme plans'),
  'results.read': t('查看等级认定成绩', 'Read assessment results'),
  'roles.assign': t('授予角色', 'Assign roles'),
  'rules.approve': t('审批规则', 'Approve rule revisions'),
  'rules.edit': t('编写规则', 'Edit rule revisions'),
  'rules.publish': t('发布规则', 'Publish rule revisions'),
  'rules.read': t('查看规则', 'Read rules'),
  'rules.suspend': t('暂停规则', 'Suspend rules'),
  'rules.try': t('试算规则', 'Try rules'),
  'schemes.approve': t('审批考核方案', 'Approve assessment schemes'),
  'schemes.edit': t('编写考核方案', 'Edit assessment schemes'),
  'schemes.read': t('查看考核方案', 'Read assessment schemes'),
  'score_sheets.accept': t('接收、退回成绩单', 'Accept or return score sheets'),
  'score_sheets.edit': t('录入成绩', 'Enter scores'),
  'score_sheets.print': t('打印成绩单', 'Print score sheets'),
  'score_sheets.read': t('查看成绩单', 'Read score sheets'),
  'scores.correct': t('更正成绩', 'Correct scores'),
  'settings.edit': t('维护参数', 'Edit settings'),
  'sign_ins.read': t('查看登录日志', 'Read the sign-in log'),
  'standards.read': t('查看职业标准', 'Read occupational standards'),
  'students.read': t('查看学生', 'Read students'),
  'students.reveal_identity': t('查看身份证号', 'Reveal identity numbers'),
  'users.manage': t('维护用户', 'Manage users'),
  'users.read': t('查看用户', 'Read users'),
  'users.revoke_sessions': t('强制下线', 'End sign-in sessions'),
} as const satisfies Record<string, Text>;

export type Permission = keyof typeof permissions;

/** What anyone who teaches or runs teaching may look at, within the scope of the assignment. */
const teachingReads = [
  'offerings.read', 'org_units.read', 'outcomes.read', 'pathways.read', 'plans.read', 'results.read', 'rules.read',
  'schemes.read', 'score_sheets.read', 'standards.read', 'students.read', 'decisions.read', 'certificates.read',
  'notices.read', 'equivalences.evaluate', 'applications.read',
] as const satisfies readonly Permission[];

/** Role × action, whole. What is not listed is refused. */
export const grants: Record<Role, readonly Permission[]> = {
  registrar: [
    ...teachingReads, 'imports.read', 'imports.run', 'imports.undo', 'mappings.edit', 'schemes.edit',
    'score_sheets.accept', 'score_sheets.print', 'scores.correct', 'outcomes.edit', 'outcomes.verify',
    'applications.decide', 'applications.submit', 'decisions.record', 'decisions.replay', 'notices.manage',
    'operations.read', 'operations.run', 'students.reveal_identity', 'calendar.edit', 'clock.move', 'rules.try', 'health.read',
  ],
  teacher: [
    'offerings.read', 'org_units.read', 'plans.read', 'rules.read', 'schemes.read', 'schemes.edit', 'score_sheets.read',
    'score_sheets.edit', 'score_sheets.print', 'scores.correct', 'standards.read', 'students.read', 'pathways.read',
  ],
  programme_leader: [...teachingReads, 'mappings.edit', 'schemes.edit', 'rules.try'],
  department_head: [...teachingReads, 'schemes.approve', 'applications.decide', 'score_sheets.print', 'rules.try'],
  vice_dean: [...teachingReads, 'schemes.approve', 'decisions.replay', 'operations.read', 'rules.try'],
  enterprise_mentor: ['offerings.read', 'score_sheets.read', 'score_sheets.edit', 'students.read', 'standards.read', 'rules.read'],
  rule_editor: [
    'rules.read', 'rules.edit', 'rules.try', 'decisions.read', 'decisions.replay', 'standards.read', 'equivalences.evaluate',
  ],
  rule_approver: [
    'rules.read', 'rules.approve', 'rules.publish', 'rules.suspend', 'rules.try', 'decisions.read', 'decisions.replay',
    'standards.read', 'equivalences.evaluate',
  ],
  assessor: ['results.read', 'standards.read', 'rules.read'],
  supervisor: ['results.read', 'standards.read', 'rules.read', 'notices.read'],
  certification_officer: [
    'students.read', 'pathways.read', 'decisions.read', 'decisions.replay', 'results.read', 'outcomes.read', 'rules.read',
    'standards.read', 'notices.read', 'notices.manage', 'certificates.read', 'certificates.sign_off', 'certificates.print',
    'operations.read', 'operations.run', 'equivalences.evaluate',
  ],
  student: [
    'students.read', 'pathways.read', 'plans.read', 'score_sheets.read', 'outcomes.read', 'applications.read',
    'applications.submit', 'decisions.read', 'certificates.read', 'notices.read', 'equivalences.evaluate', 'rules.read',
    'standards.read', 'results.read',
  ],
  system_admin: [
    'users.read', 'users.manage', 'settings.edit', 'calendar.edit', 'clock.move', 'health.read', 'operations.read', 'org_units.read',
    'rules.read', 'standards.read',
  ],
  security_admin: ['users.read', 'roles.assign', 'users.revoke_sessions', 'sign_ins.read', 'org_units.read', 'health.read'],
  auditor: [
    'users.read', 'audit.read', 'audit.verify', 'sign_ins.read', 'health.read', 'operations.read', 'org_units.read',
    'decisions.read', 'rules.read', 'certificates.read', 'imports.read',
  ],
};

export function rolesWith(permission: Permission): Role[] {
  return roles.filter((role) => grants[role].includes(permission));
}

/** What several roles together permit, in the order of the catalogue. */
export function permissionsOf(held: readonly Role[]): Permission[] {
  const all = new Set(held.flatMap((role) => grants[role]));
  return (Object.keys(permissions) as Permission[]).filter((permission) => all.has(permission));
}
