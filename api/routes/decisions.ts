import { readDecision, replay } from '../../register/decisions/read-decision.ts';
import { ById } from '../../schemas/api/common.ts';
import { DecisionView, ReplayView } from '../../schemas/api/rules.ts';
import type { Route } from '../route.ts';
import { defineRoute } from '../route.ts';

const tags = ['decisions'];

const read = defineRoute({
  method: 'get',
  path: '/v1/decisions/{id}',
  permission: 'decisions.read',
  input: ById,
  output: DecisionView,
  refuses: [],
  tags,
  summary: { 'zh-CN': '决定记录与理由', en: 'A decision record with its reasons' },
  handle: ({ register, by, input }) => readDecision(register, by, input.id),
});

const again = defineRoute({
  method: 'post',
  path: '/v1/decisions/{id}/replay',
  permission: 'decisions.replay',
  input: ById,
  output: ReplayView,
  refuses: [],
  limit: 'search',
  tags,
  summary: { 'zh-CN': '回放决定（不保存）', en: 'Replay a decision; stores nothing' },
  handle: ({ register, by, input }) => replay(register, by, input.id),
});

export const decisionRoutes: readonly Route[] = [read, again];
