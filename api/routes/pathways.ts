import { signOff } from '../../register/certification/sign-off.ts';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import { applyForAssessment } from '../../register/enrolments/apply-for-assessment.ts';
import { readPathway } from '../../register/students/read-pathway.ts';
import { ById } from '../../schemas/api/common.ts';
import { Applied, AuditAsked, ForPathway, OnePathway, SignedOff, SignOffInput } from '../../schemas/api/pathways.ts';
import type { Route } from '../route.ts';
import { defineRoute } from '../route.ts';

const tags = ['pathways'];

const read = defineRoute({
  method: 'get',
  path: '/v1/pathways/{id}',
  permission: 'pathways.read',
  input: ById,
  output: OnePathway,
  refuses: ['no_term'],
  tags,
  summary: { 'zh-CN': '一条双证路径的当前结论', en: 'One pathway, worked out now' },
  handle: ({ register, by, input }) => readPathway(register, by, input.id),
});

const apply = defineRoute({
  method: 'post',
  path: '/v1/pathways/{id}/apply',
  permission: 'applications.submit',
  input: ForPathway,
  output: Applied,
  refuses: ['already_applied', 'pathway_closed'],
  command: true,
  tags,
  summary: { 'zh-CN': '申报等级认定', en: 'Apply for the assessment of a level' },
  handle: ({ register, call }) => applyForAssessment(register, { ...call, input: { pathwayId: call.input.id } }),
});

const audit = defineRoute({
  method: 'post',
  path: '/v1/pathways/{id}/audit',
  permission: 'decisions.record',
  input: ForPathway,
  output: AuditAsked,
  status: 202,
  refuses: ['pathway_closed'],
  command: true,
  tags,
  summary: { 'zh-CN': '审核一条路径', en: 'Put a pathway before its conclusion' },
  handle: ({ register, call }) => auditPathway(register, { ...call, input: { pathwayId: call.input.id } }),
});

const sign = defineRoute({
  method: 'post',
  path: '/v1/pathways/{id}/sign-off',
  permission: 'certificates.sign_off',
  input: SignOffInput,
  output: SignedOff,
  refuses: [
    'stale',
    'verdict_changed',
    'barred_person',
    'not_awaiting_sign_off',
    'rule_not_bound',
    'no_rule_for_date',
    'policy_undecided',
  ],
  command: true,
  tags,
  summary: { 'zh-CN': '签发或退回', en: 'Sign off, or refuse with a reason' },
  handle: ({ register, call }) => {
    const { id, answer, reason } = call.input;
    const input = { pathwayId: id, answer, ...(reason === undefined ? {} : { reason }) };
    return signOff(register, { ...call, input });
  },
});

export const pathwayRoutes: readonly Route[] = [read, apply, audit, sign];
