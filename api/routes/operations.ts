import { askOperation } from '../../register/operations/ask-operation.ts';
import { switchOperation } from '../../register/operations/create-operation.ts';
import type { OperationSwitch } from '../../register/operations/create-operation.ts';
import {
  listOperations,
  progressSince,
  readOperation,
  readOperationItems,
} from '../../register/operations/read-operations.ts';
import type { Principal } from '../../register/accounts/principal.ts';
import type { Register } from '../../register/register.ts';
import { ById } from '../../schemas/api/common.ts';
import {
  CreateOperationInput,
  ListItemsInput,
  ListOperationsInput,
  OperationCreated,
  OperationItems,
  OperationPage,
  OperationSwitched,
  OperationView,
} from '../../schemas/api/operations.ts';
import type { Text } from '../../schemas/text.ts';
import type { ServerEvent } from '../answers.ts';
import { media } from '../answers.ts';
import { pause } from '../pause.ts';
import type { Route } from '../route.ts';
import { command, defineRoute } from '../route.ts';

const tags = ['operations'];
const POLL_MS = 1000;

const create = defineRoute({
  method: 'post',
  path: '/v1/operations',
  permission: 'operations.run',
  input: CreateOperationInput,
  output: OperationCreated,
  status: 202,
  refuses: [],
  command: true,
  bodyLimit: 2_000_000,
  tags,
  summary: { 'zh-CN': '发起批量任务', en: 'Start bulk work' },
  handle: command(askOperation),
});

const list = defineRoute({
  method: 'get',
  path: '/v1/operations',
  permission: 'operations.read',
  input: ListOperationsInput,
  output: OperationPage,
  refuses: [],
  tags,
  summary: { 'zh-CN': '任务列表', en: 'List operations' },
  handle: ({ register, by, input }) => listOperations(register, by, input),
});

const read = defineRoute({
  method: 'get',
  path: '/v1/operations/{id}',
  permission: 'operations.read',
  input: ById,
  output: OperationView,
  refuses: [],
  tags,
  summary: { 'zh-CN': '任务与进度', en: 'An operation and its progress' },
  handle: ({ register, by, input }) => readOperation(register, by, input.id),
});

const items = defineRoute({
  method: 'get',
  path: '/v1/operations/{id}/items',
  permission: 'operations.read',
  input: ListItemsInput,
  output: OperationItems,
  refuses: [],
  tags,
  summary: { 'zh-CN': '任务明细', en: 'An operation item by item' },
  handle: ({ register, by, input }) => readOperationItems(register, by, input),
});

const events = defineRoute({
  method: 'get',
  path: '/v1/operations/{id}/events',
  permission: 'operations.read',
  input: ById,
  output: media.events,
  refuses: [],
  tags,
  summary: { 'zh-CN': '任务进度（SSE）', en: 'Progress as it happens (SSE)' },
  handle: async ({ register, by, input }) => {
    await readOperation(register, by, input.id);
    return { events: (after, signal) => progress({ register, by, id: input.id }, after, signal) };
  },
});

interface Watched {
  register: Register;
  by: Principal;
  id: string;
}

/** One event a noted page, from the last the client has; then how it ended. */
async function* progress(
  { register, by, id }: Watched,
  after: string | null,
  signal: AbortSignal,
): AsyncGenerator<ServerEvent> {
  let seen = Number(after ?? 0);
  if (!Number.isSafeInteger(seen) || seen < 0) seen = 0;
  let state = '';
  while (!signal.aborted) {
    for (const { ordinal, ...data } of await progressSince(register, id, seen)) {
      seen = ordinal;
      yield { id: String(seen), event: 'progress', data };
    }
    const operation = await readOperation(register, by, id);
    if (operation.state !== state) {
      state = operation.state;
      yield { id: String(seen), event: 'state', data: operation };
    }
    if (state === 'finished' || state === 'cancelled') return;
    await pause(POLL_MS, signal);
  }
}

const switches: Record<OperationSwitch, Text> = {
  pause: { 'zh-CN': '暂停任务', en: 'Pause an operation' },
  resume: { 'zh-CN': '继续任务', en: 'Resume an operation' },
  cancel: { 'zh-CN': '取消任务（已完成的保留）', en: 'Cancel an operation; what is done stays done' },
};

const switching = Object.entries(switches).map(([to, summary]) =>
  defineRoute({
    method: 'post',
    path: `/v1/operations/{id}/${to}`,
    permission: 'operations.run',
    input: ById,
    output: OperationSwitched,
    refuses: [],
    command: true,
    tags,
    summary,
    handle: async ({ register, call }) => {
      await readOperation(register, call.by, call.input.id);
      return switchOperation(register, { ...call, input: { operationId: call.input.id, to: to as OperationSwitch } });
    },
  }),
);

export const operationRoutes: readonly Route[] = [create, list, read, items, events, ...switching];
