import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createUser } from '../../register/accounts/create-user.ts';
import type { NewUser } from '../../register/accounts/create-user.ts';
import type { Register } from '../../register/register.ts';
import type { Role, ScopeKind } from '../../schemas/permissions.ts';
import { roleTitles } from '../../schemas/permissions.ts';
import type { Step } from './step.ts';

interface DemoAccount {
  loginName: string;
  displayName: string;
  role: Role;
  scopeKind: ScopeKind;
}

const account = (
  loginName: string,
  displayName: string,
  role: Role,
  scopeKind: ScopeKind = 'college',
): DemoAccount => ({ loginName, displayName, role, scopeKind });

/** One account a role; more teachers, since each sees only what is theirs, and three who approve rules, since some take three. The student's comes with the students. */
export const demoAccounts: readonly DemoAccount[] = [
  account('registrar', '示例教务', 'registrar'),
  account('teacher1', '示例教师一', 'teacher', 'self'),
  account('teacher2', '示例教师二', 'teacher', 'self'),
  account('teacher3', '示例教师三', 'teacher', 'self'),
  account('leader', '示例专业负责人', 'programme_leader'),
  account('head', '示例系主任', 'department_head'),
  account('vicedean', '示例教学副院长', 'vice_dean'),
  account('mentor', '示例企业导师', 'enterprise_mentor', 'self'),
  account('ruleeditor', '示例规则管理员', 'rule_editor'),
  account('ruleapprover', '示例规则审批人', 'rule_approver'),
  account('ruleapprover2', '示例规则审批人二', 'rule_approver'),
  account('ruleapprover3', '示例规则审批人三', 'rule_approver'),
  account('assessor', '示例考评员', 'assessor'),
  account('supervisor', '示例督导员', 'supervisor'),
  account('officer', '示例发证管理员', 'certification_officer'),
  account('student', '示例学生', 'student', 'self'),
  account('sysadmin', '示例系统管理员', 'system_admin', 'deployment'),
  account('secadmin', '示例安全管理员', 'security_admin', 'deployment'),
  account('auditor', '示例审计员', 'auditor', 'deployment'),
];

export type Passwords = ReadonlyMap<string, string>;

const HEAD = '示例账号，仅供演示 · demo accounts, for demonstration only';

/** Random passwords, on disk before the first account exists, so that a seed that was cut short finds them again. */
export function demoPasswords(file: string, register: Register): Passwords {
  if (!existsSync(file)) {
    const lines = demoAccounts.map(({ loginName, role }) => line(role, loginName, newPassword(register)));
    writeFileSync(file, `${[HEAD, ...lines].join('\n')}\n`, { mode: 0o600 });
    chmodSync(file, 0o600);
  }
  const words = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((text) => text.trim().split(/\s+/));
  return new Map(words.map((parts) => [parts.at(-2) ?? '', parts.at(-1) ?? '']));
}

function line(role: Role, loginName: string, password: string): string {
  const { 'zh-CN': zh, en } = roleTitles[role];
  const title = `${zh} · ${en}`;
  const width = title.length + zh.length; // a Chinese character is two columns wide
  return `  ${title}${' '.repeat(Math.max(2, 44 - width))}${loginName.padEnd(14)}  ${password}`;
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Twelve characters that cannot be mistaken for one another, about 59 bits. */
function newPassword({ randomBytes }: Register): string {
  const letters: string[] = [];
  while (letters.length < 12) {
    const byte = randomBytes(1)[0] ?? 0;
    if (byte < LETTERS.length * 8) letters.push(LETTERS[byte % LETTERS.length] ?? '');
  }
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-');
}

/** Creates the accounts; answers user ids by login name. */
export async function seedAccounts(
  register: Register,
  step: Step,
  { collegeId, passwords, personId }: { collegeId: string; passwords: Passwords; personId?: string },
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const { loginName, displayName, role, scopeKind } of demoAccounts) {
    const isStudent = role === 'student';
    if (isStudent !== (personId !== undefined)) continue;
    const roles: NonNullable<NewUser['roles']> = [
      scopeKind === 'deployment' ? { role, scopeKind } : { role, scopeKind, collegeId },
    ];
    const input: NewUser = {
      loginName,
      displayName,
      password: passwords.get(loginName) ?? '',
      roles,
      ...(personId === undefined ? {} : { personId }),
    };
    ids.set(loginName, (await createUser(register, { ...step(`account/${loginName}`), input })).id);
  }
  return ids;
}
