import { resolve } from 'node:path';
import Koa from 'koa';
import compress from 'koa-compress';
import helmet from 'koa-helmet';
import type { Logger } from 'pino';
import type { Register } from '../register/register.ts';
import { authenticate } from './authenticate.ts';
import { refuseCrossSite } from './cross-site.ts';
import { dispatch } from './dispatch.ts';
import type { Limits } from './limits.ts';
import { memoryLimits } from './limits.ts';
import { problems } from './problems.ts';
import { requestLog } from './request-log.ts';
import type { Route } from './route.ts';
import type { State } from './state.ts';
import { serveConsole } from './static.ts';

export interface AppOptions {
  register: Register;
  routes: readonly Route[];
  /** Where people reach this server; decides cookies and what counts as our own pages. */
  publicUrl: string;
  /** Folder for files on their way in. */
  uploads: string;
  /** The built console; null serves the API alone. */
  console: string | null;
  log: Logger;
  limits?: Limits;
}

const EVENTS = 'text/event-stream';
const COMPRESSIBLE = /^(text\/|application\/(json|problem\+json|javascript|manifest\+json)|image\/svg)/;

export function createApp({
  register,
  routes,
  publicUrl,
  uploads,
  console,
  log,
  limits = memoryLimits(),
}: AppOptions): Koa<State> {
  const secure = publicUrl.startsWith('https:');
  const app = new Koa<State>();
  app.on('error', (err: unknown, ctx?: { state?: Partial<State> }) => logFault(ctx?.state?.log ?? log, err));
  app.use(requestLog(log));
  app.use(helmet(hardening(secure)));
  app.use(
    compress({ threshold: 1024, br: false, filter: (type) => !type.startsWith(EVENTS) && COMPRESSIBLE.test(type) }),
  );
  app.use(problems(publicUrl));
  app.use(refuseCrossSite(publicUrl));
  app.use(authenticate(register));
  app.use(dispatch({ register, limits, uploads, secure, publicUrl }, routes));
  if (console !== null) app.use(serveConsole(resolve(console)));
  return app;
}

/** A client that hangs up is no fault of ours. */
function logFault(log: Logger, err: unknown): void {
  if (err instanceof Error && 'code' in err && (err.code === 'ECONNRESET' || err.code === 'EPIPE')) return;
  log.error({ fault: err instanceof Error ? (err.stack ?? err.message) : 'unknown' }, 'fault');
}

/** The console's policy. antd writes styles at run time, hence 'unsafe-inline' for styles alone (ecosystem §4). */
function hardening(secure: boolean): Parameters<typeof helmet>[0] {
  const self = ["'self'"];
  const none = ["'none'"];
  const directives = {
    defaultSrc: self,
    scriptSrc: self,
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    objectSrc: none,
    baseUri: none,
    frameAncestors: none,
  };
  return {
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: secure,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  };
}
