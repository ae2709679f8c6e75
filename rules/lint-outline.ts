import { RulesetOutline } from '../schemas/ruleset.ts';
import type { FaultCode } from './fault-texts.ts';
import { faultTexts } from './fault-texts.ts';
import type { Faults } from './faults.ts';
import { step } from './faults.ts';

interface Issue {
  code?: string | undefined;
  path: readonly PropertyKey[];
  message: string;
  keys?: readonly string[];
  values?: readonly unknown[];
  expected?: unknown;
  minimum?: unknown;
  maximum?: unknown;
}

/** Notes what zod finds, in our codes, and says which top-level parts are sound enough for the passes that follow. */
export function lintOutline(document: Record<string, unknown>, faults: Faults): ReadonlySet<string> {
  const result = RulesetOutline.safeParse(document);
  const unsound = new Set<string>();
  if (result.success) return unsound;
  for (const issue of result.error.issues) {
    // a key too many hides nothing of what else stands there
    if (issue.code !== 'unrecognized_keys') unsound.add(String(issue.path[0] ?? ''));
    addIssue(issue as Issue, document, faults);
  }
  return unsound;
}

function addIssue(issue: Issue, document: unknown, faults: Faults): void {
  const pointer = issue.path.map((key) => step(String(key))).join('');
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys ?? []) faults.add(pointer + step(key), 'key_unknown', { key });
    return;
  }
  const [code, detail] = faultOf(issue, valueAt(document, issue.path));
  faults.add(pointer, code, detail);
}

function faultOf(issue: Issue, value: unknown): [FaultCode, Record<string, unknown>] {
  if (value === undefined) return ['field_missing', {}];
  if (Object.hasOwn(faultTexts, issue.message)) return [issue.message as FaultCode, {}];
  switch (issue.code) {
    case 'invalid_value':
      return ['value_not_allowed', { values: (issue.values ?? []).join(', ') }];
    case 'too_small':
      return ['too_few', { minimum: issue.minimum }];
    case 'too_big':
      return ['too_many', { maximum: issue.maximum }];
    case 'invalid_key':
      return ['name_malformed', {}];
    case 'invalid_format':
      return ['format_wrong', {}];
    case 'invalid_union':
      return ['type_wrong', { expected: 'number, text, true/false' }];
    default:
      return ['type_wrong', { expected: issue.expected }];
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}
