import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { pino } from 'pino';
import type { Step } from './state.ts';

/** The net under the rule that logs carry opaque ids only. */
const REDACTED = [
  'idCard',
  'idNumber',
  'phone',
  'name',
  'displayName',
  'loginName',
  'password',
  'cookie',
  'authorization',
];

export function createLog(options: { level?: string; destination?: { write(line: string): void } } = {}): Logger {
  const paths = REDACTED.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  const settings = { level: options.level ?? 'info', redact: { paths, censor: '[redacted]' }, base: null };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}

const REQUEST_ID = /^[\w-]{8,64}$/;

/** One line a request: who by id, which route by pattern, how long, what came of it. Never the address or its query. */
export function requestLog(log: Logger): Step {
  return async (ctx, next) => {
    const started = performance.now();
    const given = ctx.get('x-request-id');
    ctx.state.requestId = REQUEST_ID.test(given) ? given : randomUUID();
    ctx.state.log = log.child({ requestId: ctx.state.requestId });
    ctx.set('X-Request-Id', ctx.state.requestId);
    await next();
    const { by, route, problem } = ctx.state;
    const line = {
      method: ctx.method,
      route: route ?? 'other',
      status: ctx.status,
      problem,
      by: by?.userId,
      session: by?.sessionId,
    };
    ctx.state.log.info({ ...line, ip: ctx.ip, ms: Math.round(performance.now() - started) }, 'request');
  };
}
