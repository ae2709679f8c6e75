import { changeStatus } from '../../register/enrolments/change-status.ts';
import { recordEnrolmentFacts } from '../../register/enrolments/record-facts.ts';
import type { EnrolmentFacts } from '../../register/enrolments/record-facts.ts';
import { transferClass } from '../../register/enrolments/transfer-class.ts';
import { requireEnrolmentInScope } from '../../register/students/require-in-scope.ts';
import {
  ChangeStatusInput,
  EnrolmentChanged,
  FactsRecorded,
  RecordFactsInput,
  TransferInput,
  Transferred,
} from '../../schemas/api/students.ts';
import type { Route, RouteContext } from '../route.ts';
import { defineRoute } from '../route.ts';

const tags = ['students'];

const inScope = ({ register, by, input }: RouteContext<{ id: string }>): Promise<void> =>
  requireEnrolmentInScope(register.db.reader, by, input.id);

const status = defineRoute({
  method: 'post',
  path: '/v1/students/{id}/status',
  permission: 'students.edit',
  input: ChangeStatusInput,
  output: EnrolmentChanged,
  refuses: ['enrolment_status'],
  command: true,
  versioned: 'if-match',
  tags,
  summary: { 'zh-CN': '休学、复学、退学', en: 'Suspend, resume or withdraw an enrolment' },
  handle: async (context) => {
    await inScope(context);
    const { id: enrolmentId, ...rest } = context.input;
    return changeStatus(context.register, { ...context.call, input: { enrolmentId, ...rest } });
  },
});

const transfer = defineRoute({
  method: 'post',
  path: '/v1/students/{id}/transfer',
  permission: 'students.edit',
  input: TransferInput,
  output: Transferred,
  refuses: [],
  command: true,
  versioned: 'if-match',
  tags,
  summary: { 'zh-CN': '转班', en: 'Transfer to another class' },
  handle: async (context) => {
    await inScope(context);
    const { id: enrolmentId, ...rest } = context.input;
    return transferClass(context.register, { ...context.call, input: { enrolmentId, ...rest } });
  },
});

const facts = defineRoute({
  method: 'post',
  path: '/v1/students/{id}/facts',
  permission: 'students.edit',
  input: RecordFactsInput,
  output: FactsRecorded,
  refuses: [],
  command: true,
  tags,
  summary: { 'zh-CN': '登记实习月数、处分、从业经历等', en: 'Record internship, sanctions, work and the like' },
  handle: async (context) => {
    await inScope(context);
    const { id: enrolmentId, reason, ...given } = context.input;
    const named = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as EnrolmentFacts;
    return recordEnrolmentFacts(context.register, {
      ...context.call,
      input: { rows: [{ enrolmentId, ...named }], reason },
    });
  },
});

export const enrolmentRoutes: readonly Route[] = [status, transfer, facts];
