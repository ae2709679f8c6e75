import type { Because, Outcome } from '../schemas/decision.ts';
import type { FactValue, RuleEvent } from '../schemas/ruleset.ts';

export type Truth = 'true' | 'false' | 'unknown';
export type Params = Record<string, number | string | boolean>;

/** Worked out whenever it is read; a decision record keeps it. */
export interface Verdict {
  type: Outcome['type'];
  code?: string;
  params?: Params;
  /** Under `collect` and `sum`: every event that holds, in document order. */
  events?: RuleEvent[];
  /** Rules that hold, in document order, exceptions and what they displace alike. */
  fired: string[];
  /** Facts waited for, sorted; empty unless undetermined. */
  missing: string[];
  because: Because;
}

/** One node as it came out. A reference appears as the condition it names, under the reference's own name. */
export interface TraceNode {
  kind: 'all' | 'any' | 'not' | 'leaf';
  name?: string;
  condition?: string;
  truth: Truth;
  fact?: string;
  operator?: string;
  value?: unknown;
  /** null: missing. */
  got?: FactValue;
  nodes?: TraceNode[];
}

export interface Trace {
  scope?: TraceNode;
  impossible: TraceNode[];
  rules: { name: string; tree: TraceNode }[];
}

export type Traced = Verdict & { trace: Trace };

/** Facts as they come from the register: absent, undefined and null all mean missing. */
export type Facts = Readonly<Record<string, unknown>>;
