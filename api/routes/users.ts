import { assignRole, revokeRole } from '../../register/accounts/assign-role.ts';
import { createUser } from '../../register/accounts/create-user.ts';
import { resetPassword } from '../../register/accounts/passwords.ts';
import { revokeSessions } from '../../register/accounts/sessions.ts';
import { changeUser, listSignIns, listUsers, readUser } from '../../register/accounts/users.ts';
import {
  Assigned,
  AssignRoleInput,
  ChangeUserInput,
  Created,
  CreateUserInput,
  ListUsersInput,
  PasswordChanged,
  ResetPasswordInput,
  RevokeRoleInput,
  RoleTable,
  SearchUsersInput,
  SessionsEnded,
  SignInAttemptPage,
  UserPage,
  UserView,
} from '../../schemas/api/accounts.ts';
import { ById, Nothing, PageInput } from '../../schemas/api/common.ts';
import { grants, permissions, roles, roleTitles, scopeKinds, scopeTitles } from '../../schemas/permissions.ts';
import type { Permission } from '../../schemas/permissions.ts';
import type { Route } from '../route.ts';
import { command, defineRoute } from '../route.ts';

const tags = ['users'];

const list = defineRoute({
  method: 'get',
  path: '/v1/users',
  permission: 'users.read',
  input: ListUsersInput,
  output: UserPage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '用户列表', en: 'List users' },
  handle: ({ register, input }) => listUsers(register, input),
});

const search = defineRoute({
  method: 'post',
  path: '/v1/users/search',
  permission: 'users.read',
  input: SearchUsersInput,
  output: UserPage,
  refuses: [],
  limit: 'search',
  tags,
  summary: { 'zh-CN': '按姓名或登录名查找用户', en: 'Find users by name' },
  handle: ({ register, input }) => listUsers(register, input),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/users/{id}',
  permission: 'users.read',
  input: ById,
  output: UserView,
  refuses: [],
  versioned: 'etag',
  tags,
  summary: { 'zh-CN': '用户', en: 'One user' },
  handle: ({ register, input }) => readUser(register, input.id),
});

const create = defineRoute({
  method: 'post',
  path: '/v1/users',
  permission: 'users.manage',
  input: CreateUserInput,
  output: Created,
  status: 201,
  refuses: ['login_name_taken', 'person_has_user'],
  command: true,
  tags,
  summary: { 'zh-CN': '新建用户', en: 'Create a user' },
  // whoever makes the account knows this password, so it serves once
  handle: ({ register, call }) => createUser(register, { ...call, input: { ...call.input, mustChange: true } }),
});

const change = defineRoute({
  method: 'patch',
  path: '/v1/users/{id}',
  permission: 'users.manage',
  input: ChangeUserInput,
  output: Created,
  refuses: ['own_rights'],
  command: true,
  versioned: 'if-match',
  tags,
  summary: { 'zh-CN': '修改、停用或启用用户', en: 'Change, disable or enable a user' },
  handle: command(changeUser),
});

const reset = defineRoute({
  method: 'post',
  path: '/v1/users/{id}/reset-password',
  permission: 'users.manage',
  input: ResetPasswordInput,
  output: PasswordChanged,
  refuses: [],
  command: true,
  tags,
  summary: { 'zh-CN': '重置密码', en: 'Give a new initial password' },
  handle: command(resetPassword),
});

const assign = defineRoute({
  method: 'post',
  path: '/v1/users/{userId}/roles',
  permission: 'roles.assign',
  input: AssignRoleInput,
  output: Assigned,
  status: 201,
  refuses: ['own_rights', 'exclusive_roles', 'role_held_already'],
  command: true,
  tags,
  summary: { 'zh-CN': '授予角色', en: 'Assign a role' },
  handle: command(assignRole),
});

const revoke = defineRoute({
  method: 'post',
  path: '/v1/users/{userId}/roles/{assignmentId}/revoke',
  permission: 'roles.assign',
  input: RevokeRoleInput,
  output: Assigned,
  refuses: ['own_rights'],
  command: true,
  tags,
  summary: { 'zh-CN': '收回角色', en: 'Take a role away' },
  handle: command(revokeRole),
});

const endSessions = defineRoute({
  method: 'post',
  path: '/v1/users/{id}/revoke-sessions',
  permission: 'users.revoke_sessions',
  input: ById,
  output: SessionsEnded,
  refuses: [],
  command: true,
  tags,
  summary: { 'zh-CN': '强制下线', en: 'End all sessions of a user' },
  handle: command(revokeSessions),
});

const signIns = defineRoute({
  method: 'get',
  path: '/v1/sign-ins',
  permission: 'sign_ins.read',
  input: PageInput,
  output: SignInAttemptPage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '登录日志', en: 'The sign-in log' },
  handle: ({ register, input }) => listSignIns(register, input),
});

const roleTable = defineRoute({
  method: 'get',
  path: '/v1/roles',
  permission: 'users.read',
  input: Nothing,
  output: RoleTable,
  refuses: [],
  tags,
  summary: { 'zh-CN': '角色与权限表', en: 'The table of roles and permissions' },
  handle: () => ({
    roles: roles.map((role) => ({ role, title: roleTitles[role], permissions: [...grants[role]] })),
    permissions: (Object.keys(permissions) as Permission[]).map((permission) => ({
      permission,
      title: permissions[permission],
    })),
    scopes: scopeKinds.map((scopeKind) => ({ scopeKind, title: scopeTitles[scopeKind] })),
  }),
});

export const userRoutes: readonly Route[] = [
  list,
  search,
  read,
  create,
  change,
  reset,
  assign,
  revoke,
  endSessions,
  signIns,
  roleTable,
];
