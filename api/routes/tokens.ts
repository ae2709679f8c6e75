import { issueToken, listTokens, revokeToken } from '../../register/accounts/tokens.ts';
import { ById, Nothing } from '../../schemas/api/common.ts';
import { IssuedToken, IssueTokenInput, RevokedToken, TokenList } from '../../schemas/api/tokens.ts';
import type { Route } from '../route.ts';
import { command, defineRoute } from '../route.ts';

const tags = ['tokens'];

const list = defineRoute({
  method: 'get',
  path: '/v1/api-tokens',
  permission: 'tokens.manage',
  input: Nothing,
  output: TokenList,
  refuses: [],
  tags,
  summary: { 'zh-CN': '外部系统令牌', en: 'Tokens of systems that ask' },
  handle: ({ register }) => listTokens(register),
});

const issue = defineRoute({
  method: 'post',
  path: '/v1/api-tokens',
  permission: 'tokens.manage',
  input: IssueTokenInput,
  output: IssuedToken,
  status: 201,
  refuses: ['not_found'],
  command: true,
  tags,
  summary: { 'zh-CN': '签发令牌（只显示一次）', en: 'Issue a token; it is shown this once' },
  handle: command(issueToken),
});

const revoke = defineRoute({
  method: 'post',
  path: '/v1/api-tokens/{id}/revoke',
  permission: 'tokens.manage',
  input: ById,
  output: RevokedToken,
  refuses: [],
  command: true,
  tags,
  summary: { 'zh-CN': '吊销令牌', en: 'Revoke a token at once' },
  handle: command(revokeToken),
});

export const tokenRoutes: readonly Route[] = [list, issue, revoke];
