import { HealthView, ProblemPageInput } from '../../schemas/api/frame.ts';
import { Json, Nothing } from '../../schemas/api/common.ts';
import { Problem } from '../../schemas/problem.ts';
import { openApiOf } from '../openapi.ts';
import { problemPage } from '../problem-page.ts';
import { isProblemCode } from '../problems.ts';
import type { Route } from '../route.ts';
import { defineRoute } from '../route.ts';

const tags = ['frame'];

const healthz = defineRoute({
  method: 'get',
  path: '/healthz',
  permission: 'public',
  input: Nothing,
  output: HealthView,
  refuses: ['busy'],
  tags,
  summary: { 'zh-CN': '服务是否可用', en: 'Whether the service answers' },
  handle: async ({ register }) => {
    await register.db.reader.raw('SELECT 1');
    return { status: 'ok' as const };
  },
});

const problemPageRoute = defineRoute({
  method: 'get',
  path: '/problems/{code}',
  permission: 'public',
  input: ProblemPageInput,
  output: 'html',
  refuses: ['not_found'],
  tags,
  summary: { 'zh-CN': '问题代码的说明', en: 'What a problem code means' },
  handle: ({ input, language }) => {
    if (!isProblemCode(input.code)) throw new Problem('not_found');
    return problemPage(input.code, language);
  },
});

/** The frame's own routes, and the contract over them and the given ones. */
export function frameRoutes(others: readonly Route[]): readonly Route[] {
  let document: object | null = null;
  const openapi: Route = defineRoute({
    method: 'get',
    path: '/v1/openapi.json',
    permission: 'public',
    input: Nothing,
    output: Json,
    refuses: [],
    tags,
    summary: { 'zh-CN': '接口合同（OpenAPI 3.1）', en: 'The contract (OpenAPI 3.1)' },
    handle: () => {
      document ??= openApiOf(all);
      return document;
    },
  });
  const all: readonly Route[] = [healthz, problemPageRoute, openapi, ...others];
  return all;
}
