import { listLeaves } from '../../register/health/list-leaves.ts';
import { readHealth } from '../../register/health/read-health.ts';
import { Nothing } from '../../schemas/api/common.ts';
import { LeafPage, ListLeavesInput, SystemHealth } from '../../schemas/api/health.ts';
import type { Route } from '../route.ts';
import { defineRoute } from '../route.ts';

const tags = ['health'];

const health = defineRoute({
  method: 'get',
  path: '/v1/health',
  permission: 'health.read',
  input: Nothing,
  output: SystemHealth,
  refuses: [],
  tags,
  summary: { 'zh-CN': '系统健康', en: 'How the system does' },
  handle: ({ register }) => readHealth(register),
});

const leaves = defineRoute({
  method: 'get',
  path: '/v1/audit-leaves',
  permission: 'audit.read',
  input: ListLeavesInput,
  output: LeafPage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '操作日志', en: 'The audit log' },
  handle: ({ register, by, input }) => listLeaves(register, by, input),
});

export const healthRoutes: readonly Route[] = [health, leaves];
