import { changePassword } from '../../register/accounts/passwords.ts';
import { readSessionView } from '../../register/accounts/session-view.ts';
import { readSession, signOut } from '../../register/accounts/sessions.ts';
import { openSetUps, setUp } from '../../register/accounts/set-up.ts';
import { signIn } from '../../register/accounts/sign-in.ts';
import {
  ChangePasswordInput,
  Created,
  PasswordChanged,
  SessionView,
  SetUpInput,
  SetUpState,
  SignInInput,
} from '../../schemas/api/accounts.ts';
import { Nothing } from '../../schemas/api/common.ts';
import { Problem } from '../../schemas/problem.ts';
import { reply } from '../answers.ts';
import type { Route } from '../route.ts';
import { command, defineRoute } from '../route.ts';

const tags = ['session'];

const signInRoute = defineRoute({
  method: 'post',
  path: '/v1/session',
  permission: 'public',
  input: SignInInput,
  output: SessionView,
  status: 201,
  refuses: ['sign_in_failed', 'account_locked', 'not_permitted'],
  limit: 'sign_in',
  tags,
  summary: { 'zh-CN': '登录', en: 'Sign in' },
  handle: async ({ register, by, input, address }) => {
    const { token, secondsToLive } = await signIn(register, { ...input, address });
    // a session is new at each sign-in; the one before it ends
    if (by.sessionId !== null) await signOut(register, by.sessionId);
    const signedIn = await readSession(register, token);
    if (!signedIn) throw new Problem('sign_in_failed');
    return reply(await readSessionView(register, signedIn), { cookies: [{ value: token, secondsToLive }] });
  },
});

const whoAmI = defineRoute({
  method: 'get',
  path: '/v1/session',
  permission: 'signed_in',
  input: Nothing,
  output: SessionView,
  refuses: [],
  tags,
  summary: {
    'zh-CN': '当前登录者、角色、权限与院校日期',
    en: 'Who is signed in: roles, permissions, college and its date',
  },
  handle: ({ register, by }) => readSessionView(register, by),
});

const signOutRoute = defineRoute({
  method: 'delete',
  path: '/v1/session',
  permission: 'signed_in',
  input: Nothing,
  output: 'nothing',
  refuses: [],
  tags,
  summary: { 'zh-CN': '退出登录', en: 'Sign out' },
  handle: async ({ register, by }) => {
    if (by.sessionId !== null) await signOut(register, by.sessionId);
    return reply(undefined, { cookies: [{ value: null }] });
  },
});

const changePasswordRoute = defineRoute({
  method: 'post',
  path: '/v1/session/password',
  permission: 'signed_in',
  input: ChangePasswordInput,
  output: PasswordChanged,
  refuses: ['password_wrong', 'account_locked'],
  command: true,
  limit: 'sign_in',
  tags,
  summary: { 'zh-CN': '修改密码', en: 'Change the password' },
  handle: async ({ register, call, address }) =>
    reply(await changePassword(register, call, address), { cookies: [{ value: null }] }),
});

const setUpState = defineRoute({
  method: 'get',
  path: '/v1/set-up',
  permission: 'public',
  input: Nothing,
  output: SetUpState,
  refuses: [],
  tags,
  summary: { 'zh-CN': '尚未使用的初始化代码', en: 'Which set-up codes are still open' },
  handle: async ({ register }) => ({ open: await openSetUps(register) }),
});

const setUpRoute = defineRoute({
  method: 'post',
  path: '/v1/set-up',
  permission: 'public',
  input: SetUpInput,
  output: Created,
  status: 201,
  refuses: ['setup_code_wrong', 'login_name_taken'],
  command: true,
  limit: 'sign_in',
  tags,
  summary: { 'zh-CN': '以初始化代码建立首位管理员', en: 'Create the first administrators with their set-up codes' },
  handle: command(setUp),
});

export const sessionRoutes: readonly Route[] = [
  signInRoute,
  whoAmI,
  signOutRoute,
  changePasswordRoute,
  setUpState,
  setUpRoute,
];
