import { listAffected } from '../../register/decisions/affected.ts';
import { readDecision, replay } from '../../register/decisions/read-decision.ts';
import { ById } from '../../schemas/api/common.ts';
import { AffectedPage, DecisionView, ListAffectedInput, ReplayView } from '../../schemas/api/rules.ts';
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

const affected = defineRoute({
  method: 'get',
  path: '/v1/decisions/affected',
  permission: 'decisions.replay',
  input: ListAffectedInput,
  output: AffectedPage,
  refuses: [],
  limit: 'search',
  tags,
  summary: {
    'zh-CN': '补正影响：按现已知事实与规则重算会不同的决定',
    en: 'Decisions that come out otherwise by what is known now, for late corrections',
  },
  handle: ({ register, by, input }) => listAffected(register, by, input),
});

export const decisionRoutes: readonly Route[] = [read, again, affected];
