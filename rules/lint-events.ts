import type { Ruleset, RuleEvent, ParamDefinition } from '../schemas/ruleset.ts';
import { domainFault } from './domain.ts';
import type { Faults } from './faults.ts';
import { step } from './faults.ts';

type Decision = Ruleset['decision'];

/** Every event is one that the document declares, with exactly its parameters. */
export function lintEvents(decision: Decision, rules: readonly { event: RuleEvent }[], faults: Faults): void {
  if (decision.otherwise.type === 'grant') faults.add('/decision/otherwise/type', 'otherwise_grants');
  lintEvent('/decision/otherwise', decision.otherwise, { decision, faults });
  for (const [i, rule] of rules.entries()) lintEvent(`/rules${step(i)}/event`, rule.event, { decision, faults });
  lintSum(decision, faults);
  lintOrder(decision, faults);
  for (const [type, outcome] of Object.entries(decision.outcomes))
    for (const [param, definition] of Object.entries(outcome?.params ?? {}))
      lintParam(`/decision/outcomes/${type}/params${step(param)}`, definition, faults);
}

interface Context {
  decision: Decision;
  faults: Faults;
}

function lintEvent(pointer: string, event: RuleEvent, { decision, faults }: Context): void {
  const outcome = decision.outcomes[event.type];
  if (outcome === undefined) return faults.add(`${pointer}/type`, 'outcome_undeclared', { type: event.type });
  const declared = outcome.params ?? {};
  const given = event.params ?? {};
  for (const param of Object.keys(given))
    if (!Object.hasOwn(declared, param)) faults.add(`${pointer}/params${step(param)}`, 'param_unknown', { param });
  for (const [param, definition] of Object.entries(declared)) {
    if (!Object.hasOwn(given, param)) faults.add(`${pointer}/params`, 'param_missing', { param });
    else if (paramFault(definition, given[param]))
      faults.add(`${pointer}/params${step(param)}`, 'param_wrong', { param });
  }
}

function paramFault(definition: ParamDefinition, value: unknown): boolean {
  return domainFault(definition, value) !== undefined;
}

function lintParam(pointer: string, definition: ParamDefinition, faults: Faults): void {
  if ('min' in definition && definition.min > definition.max) faults.add(`${pointer}/min`, 'domain_empty');
  if (definition.type !== 'enum') return;
  if (new Set(definition.values).size < definition.values.length) faults.add(`${pointer}/values`, 'value_doubled');
  for (const value of Object.keys(definition.titles ?? {}))
    if (!definition.values.includes(value))
      faults.add(`${pointer}/titles${step(value)}`, 'title_without_value', { value });
}

function lintSum(decision: Decision, faults: Faults): void {
  const { combine, sumOf } = decision;
  if ((combine === 'sum') !== (sumOf !== undefined)) return faults.add('/decision/sumOf', 'sum_of_wrong');
  if (sumOf === undefined) return;
  const param = decision.outcomes.grant?.params?.[sumOf];
  if (param?.type !== 'integer' && param?.type !== 'decimal') faults.add('/decision/sumOf', 'sum_of_wrong');
}

/** From worst to best, each declared outcome once: one left out could not be told from the others. */
function lintOrder({ order, outcomes }: Decision, faults: Faults): void {
  if (order === undefined) return;
  const declared = Object.keys(outcomes);
  const given = new Set<string>(order);
  if (given.size < order.length || declared.some((type) => !given.has(type)))
    faults.add('/decision/order', 'order_incomplete', { types: declared.join(', ') });
}
