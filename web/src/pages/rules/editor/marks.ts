import type { RuleDocument } from '../../../rules-editor/document.ts';
import type { Checks } from './use-checks.ts';

export type Severity = 'error' | 'warning' | 'note';
export type Finding = NonNullable<Checks['analysis']>['findings'][number];
export type DocumentFault = Checks['faults'][number];

export interface Marks {
  /** The worst that was found about each rule. */
  byRule: Readonly<Record<string, Severity>>;
  /** Faults of single cells, by `row/column`. */
  cells: Readonly<Record<string, DocumentFault>>;
}

/** Notes, and what would trouble other software only, need nobody's eye while they write. */
export const needsLooking = ({ code, severity }: Finding): boolean =>
  severity === 'error' || (severity === 'warning' && code !== 'missing_data_hazard');

const order: readonly Severity[] = ['error', 'warning', 'note'];

/** The rule a pointer into the document stands in. */
export function ruleAt(doc: RuleDocument, pointer: string): string | undefined {
  const [, part, key = ''] = pointer.split('/');
  if (part === 'rules') return doc.rules[Number(key)]?.name;
  if (part === 'notes') return key.replaceAll('~1', '/').replaceAll('~0', '~');
  if (part === 'table' && key === 'rows') return doc.table?.rows[Number(pointer.split('/')[3])]?.name;
  return undefined;
}

/** What stands beside which rule and in which cell. */
export function marksOf(doc: RuleDocument, checks: Checks | null): Marks {
  const byRule: Record<string, Severity> = {};
  const cells: Record<string, DocumentFault> = {};
  const note = (rule: string | undefined, severity: Severity) => {
    if (rule === undefined) return;
    const worse = byRule[rule] === undefined || order.indexOf(severity) < order.indexOf(byRule[rule]);
    if (worse) byRule[rule] = severity;
  };
  for (const fault of checks?.faults ?? []) {
    note(ruleAt(doc, fault.pointer), 'error');
    const cell = /^\/table\/rows\/(\d+)\/cells\/(\d+)$/.exec(fault.pointer);
    if (cell) cells[`${cell[1]}/${cell[2]}`] ??= fault;
  }
  const found = (checks?.analysis?.findings ?? []).filter(needsLooking);
  for (const { rules, severity } of found) for (const rule of rules) note(rule, severity);
  return { byRule, cells };
}
