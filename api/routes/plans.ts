import { readPlanCoverage } from '../../register/plans/coverage.ts';
import { listPlans, readPlan } from '../../register/plans/read-plan.ts';
import { listStandards, readStandard } from '../../register/plans/read-standard.ts';
import { ById, PageInput } from '../../schemas/api/common.ts';
import {
  CoverageView,
  ListPlansInput,
  PlanPage,
  PlanView,
  StandardPage,
  StandardView,
} from '../../schemas/api/plans.ts';
import type { Route } from '../route.ts';
import { defineRoute } from '../route.ts';

const tags = ['plans'];

const list = defineRoute({
  method: 'get',
  path: '/v1/plans',
  permission: 'plans.read',
  input: ListPlansInput,
  output: PlanPage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '培养方案列表', en: 'List programme plans' },
  handle: ({ register, by, input }) => listPlans(register, by, input),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/plans/{id}',
  permission: 'plans.read',
  input: ById,
  output: PlanView,
  refuses: [],
  tags,
  summary: { 'zh-CN': '培养方案与课程', en: 'A programme plan with its courses' },
  handle: ({ register, by, input }) => readPlan(register, by, input.id),
});

const coverage = defineRoute({
  method: 'get',
  path: '/v1/plans/{id}/coverage',
  permission: 'plans.read',
  input: ById,
  output: CoverageView,
  refuses: [],
  tags,
  summary: { 'zh-CN': '课程对职业标准的覆盖与缺口', en: 'How far the courses cover the standard, gaps included' },
  handle: ({ register, by, input }) => readPlanCoverage(register, by, input.id),
});

const standards = defineRoute({
  method: 'get',
  path: '/v1/standards',
  permission: 'standards.read',
  input: PageInput,
  output: StandardPage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '国家职业标准', en: 'National occupational standards' },
  handle: ({ register, input }) => listStandards(register, input),
});

const standard = defineRoute({
  method: 'get',
  path: '/v1/standards/{id}',
  permission: 'standards.read',
  input: ById,
  output: StandardView,
  refuses: [],
  tags,
  summary: { 'zh-CN': '职业标准的等级、功能与权重', en: 'A standard: levels, units and weights' },
  handle: ({ register, input }) => readStandard(register, input.id),
});

export const planRoutes: readonly Route[] = [list, read, coverage, standards, standard];
