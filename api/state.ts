import type { Logger } from 'pino';
import type { Middleware, ParameterizedContext } from 'koa';
import type { Principal } from '../register/accounts/principal.ts';
import type { ProblemCode } from '../schemas/problem.ts';

/** What middleware notes about a request for those after it. */
export interface State {
  requestId: string;
  log: Logger;
  by?: Principal;
  /** The route's pattern, never the address itself: an address may carry what it should not. */
  route?: string;
  problem?: ProblemCode;
}

export type Step = Middleware<State>;
export type ApiContext = ParameterizedContext<State>;
