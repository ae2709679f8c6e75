import type { FactValue, Ruleset } from '../../schemas/ruleset.ts';
import type { Text } from '../../schemas/text.ts';
import { hashOf } from '../canonical.ts';
import { step } from '../faults.ts';
import type { LoadedRuleset } from '../load.ts';
import { merged } from './box.ts';
import type { Box } from './box.ts';
import { frameOf } from './model.ts';
import type { Ground, Model } from './model.ts';
import { filled, findingWords, placeWords, questionWords } from './sentences.ts';
import type { Question } from './sentences.ts';
import type { Meter } from './uncovered.ts';
import { witnessOf } from './witness.ts';
import { regionOf } from './words.ts';
import type { Region, Setting } from './words.ts';

export type FindingCode =
  | 'never_fires'
  | 'always_fires'
  | 'conflict'
  | 'overlap'
  | 'subsumed'
  | 'unreachable'
  | 'gap'
  | 'value_outside_domain'
  | 'missing_data_hazard'
  | 'redundant_condition'
  | 'not_monotone'
  | 'date_gap'
  | 'equivalence_cycle'
  | 'legal_basis_missing'
  | 'words_outdated'
  | 'not_decided';

/** What the analysis found, proved or shown by a case; `not_decided` where it found neither. */
export interface Finding {
  code: FindingCode;
  severity: 'error' | 'warning' | 'note';
  /** Stays the same while what it says stays: by it a finding is waived. */
  name: string;
  rules: string[];
  nodes: string[];
  pointer: string;
  /** A whole lawful case that shows it; null where it says that there is none. */
  witness: Record<string, FactValue> | null;
  regions: Region[];
  text: Text;
}

/** What every question works on. */
export interface Inquiry {
  loaded: LoadedRuleset;
  doc: Ruleset;
  model: Model;
  /** Cases in which nothing is missing. */
  whole: Ground;
  /** Those too in which something is. */
  gapped: Ground;
  meter: Meter;
}

export const rulePointer = (rule: number): string => `/rules${step(rule)}`;

export const nameOf = ({ doc }: Inquiry, rule: number): string => doc.rules[rule]!.name;

/** "CT-01「高级：8学分」". */
export function ruleWords({ doc }: Inquiry, rule: number): Text {
  const { name } = doc.rules[rule]!;
  const title = doc.notes[name]?.title;
  if (title === undefined || title['zh-CN'] === name) return { 'zh-CN': name, en: name };
  return { 'zh-CN': `${name}「${title['zh-CN']}」`, en: `${name} "${title.en}"` };
}

export const listed = (names: readonly string[]): Text => ({ 'zh-CN': names.join('、'), en: names.join(', ') });

/** Pieces in words, neighbours made one; and a case out of the first. */
export function shown({ model, doc }: Inquiry, pieces: readonly Box[]): Pick<Finding, 'witness' | 'regions'> {
  const boxes = merged(model.space.layout, pieces);
  const setting = settingOf({ model, doc });
  return {
    witness: boxes[0] === undefined ? null : witnessOf(model.space, doc, boxes[0]),
    regions: boxes.map((box) => regionOf(setting, box)),
  };
}

export function settingOf({ model, doc }: Pick<Inquiry, 'model' | 'doc'>): Setting {
  return { space: model.space, doc, frame: frameOf(model) };
}

export const shortHash = (value: unknown): string => hashOf(value).slice('sha256:'.length, 'sha256:'.length + 12);

/** Questions whose findings are errors. */
const MATTERING: readonly Question[] = [
  'never_fires',
  'conflict',
  'unreachable',
  'gap',
  'not_monotone',
  'equivalence_cycle',
];

/** Neither proved nor found: said, never passed over. */
export function undecided(question: Question, rules: readonly string[]): Finding {
  const named = filled(placeWords.ofRules, { rules: listed(rules) });
  return {
    code: 'not_decided',
    severity: MATTERING.includes(question) ? 'error' : 'warning',
    name: `not_decided:${question}`,
    rules: [...rules],
    nodes: [],
    pointer: '/rules',
    witness: null,
    regions: [],
    text: filled(findingWords.not_decided, {
      question: questionWords[question],
      rules: rules.length === 0 ? '' : named,
    }),
  };
}
