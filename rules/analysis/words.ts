import type { FactDeclaration, FactValue, Ruleset } from '../../schemas/ruleset.ts';
import type { Language, Text } from '../../schemas/text.ts';
import { factTexts, titleOf } from '../explain.ts';
import { put, unitWord } from '../words.ts';
import { allows } from './box.ts';
import type { Box } from './box.ts';
import type { Cell, Dimension, Space } from './space.ts';

export interface Region {
  /** By fact the values it may take; of facts not named any recorded value. */
  facts: { fact: string; words: Text }[];
  words: Text;
}

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });
const MOST_NAMED = 6;

const wording = {
  any: t('任何情况', 'any case'),
  and: t(' 且 ', ' and '),
  or: t('、', ', '),
  is: t('为', ' is '),
  upTo: t('{value}及以下', '{value} or less'),
  from: t('{value}及以上', '{value} or more'),
  until: t('{value}及以前', '{value} or before'),
  since: t('{value}及以后', '{value} or after'),
  range: t('{low}–{high}', '{low}–{high}'),
  days: t('{low}至{high}', '{low} to {high}'),
  except: t('除{value}以外', 'other than {value}'),
  more: t('{value}等{count}项', '{value} and {count} in all'),
  missing: t('尚未登记', 'not recorded'),
  has: t('含{value}', 'contains {value}'),
  lacks: t('不含{value}', 'does not contain {value}'),
} as const;

/** What words are made for: a document, in a space, and the frame that goes without saying, such as its scope. */
export interface Setting {
  space: Space;
  doc: Ruleset;
  frame: Box;
}

/** A box in words: neighbouring cells as ranges; what is left free, or is so in every case there is, not named. */
export function regionOf({ space, doc, frame }: Setting, box: Box): Region {
  const facts = [...space.axis.keys()].flatMap((fact) => {
    const words = factWords(space, { doc, fact, box, frame });
    return words === undefined ? [] : [{ fact, words }];
  });
  const joined = (language: Language): string =>
    facts.map(({ fact, words }) => `${titleOf(doc, fact)[language]}${words[language]}`).join(wording.and[language]);
  return { facts, words: facts.length === 0 ? wording.any : t(joined('zh-CN'), joined('en')) };
}

interface Asked {
  doc: Ruleset;
  fact: string;
  box: Box;
  frame: Box;
}

function factWords(space: Space, { doc, fact, box, frame }: Asked): Text | undefined {
  const dim = space.axis.get(fact)!;
  const axis = space.dims[dim]!;
  const chosen = axis.cells.filter((_, cell) => allows(space.layout, box, { dim, cell }));
  const isGone = chosen.some(({ value }) => value === null);
  const there = chosen.filter(({ value }) => value !== null);
  const usual = axis.cells.filter(({ value }, cell) => value !== null && allows(space.layout, frame, { dim, cell }));
  if (there.length === 0) return is(wording.missing);
  const words =
    axis.kind === 'presence'
      ? elementWords(space, { doc, fact, box, frame })
      : there.length === usual.length && there.every((cell) => usual.includes(cell))
        ? undefined
        : valueWords(space, { doc, axis, chosen: there });
  if (words === undefined || !isGone) return words;
  return each((language) => `${words[language]}${wording.or[language]}${wording.missing[language]}`);
}

const each = (make: (language: Language) => string): Text => t(make('zh-CN'), make('en'));
const is = (words: Text): Text => each((language) => wording.is[language] + words[language]);

function elementWords(space: Space, { doc, fact, box }: Asked): Text | undefined {
  const parts: Text[] = [];
  for (const [dim, axis] of space.dims.entries()) {
    if (axis.fact !== fact || axis.kind !== 'element') continue;
    const [has, lacks] = [0, 1].map((cell) => allows(space.layout, box, { dim, cell }));
    if (has === lacks) continue;
    const value = factTexts(doc, fact, [axis.element!]).text;
    const words = has ? wording.has : wording.lacks;
    parts.push(each((language) => put(words[language], { value: value[language] })));
  }
  if (parts.length === 0) return undefined;
  return each(
    (language) => (language === 'en' ? ' ' : '') + parts.map((part) => part[language]).join(wording.or[language]),
  );
}

interface Valued {
  doc: Ruleset;
  axis: Dimension;
  chosen: readonly Cell[];
}

function valueWords(space: Space, valued: Valued): Text {
  const declared = space.domains.get(valued.axis.fact)!;
  return 'min' in declared ? rangeWords(declared, valued) : is(memberWords(valued));
}

function rangeWords(declared: FactDeclaration & { min: number; max: number }, { doc, axis, chosen }: Valued): Text {
  const runs = runsOf(axis, chosen);
  const texts = runs.slice(0, MOST_NAMED).map((run) => runWords(doc, axis.fact, { declared, run }));
  return each((language) => ` ${texts.map((text) => text[language]).join(wording.or[language])}`);
}

/** Neighbouring cells as one range. */
function runsOf({ cells }: Dimension, chosen: readonly Cell[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const cell of chosen) {
    const last = runs.at(-1);
    if (last !== undefined && cells[cells.indexOf(cell) - 1]?.high === last[1]) last[1] = cell.high!;
    else runs.push([cell.low!, cell.high!]);
  }
  return runs;
}

/** What a box says, value by value, however finely the rest of the document cuts: by it a region is known again. */
export function exactly({ space, frame }: Pick<Setting, 'space' | 'frame'>, box: Box): unknown[] {
  return space.dims.flatMap((axis, dim) => {
    const inside = (within: Box): Cell[] =>
      axis.cells.filter((cell, i) => cell.value !== null && allows(space.layout, within, { dim, cell: i }));
    const chosen = inside(box);
    if (chosen.length === inside(frame).length) return [];
    const values = chosen[0]?.low === undefined ? membersOf(chosen) : runsOf(axis, chosen);
    return [[axis.fact, axis.element ?? null, values, chosen.some(({ others }) => others)]];
  });
}

function runWords(
  doc: Ruleset,
  fact: string,
  { declared, run: [low, high] }: { declared: FactDeclaration & { min: number; max: number }; run: [number, number] },
): Text {
  const value = (number: number): Text => factTexts(doc, fact, number).text;
  const isDate = declared.type === 'date';
  return each((language) => {
    if (low === high) return value(low)[language];
    if (low === declared.min)
      return put((isDate ? wording.until : wording.upTo)[language], { value: value(high)[language] });
    if (high === declared.max)
      return put((isDate ? wording.since : wording.from)[language], { value: value(low)[language] });
    const unit = unitWord(declared.unit, language);
    const bare = value(low)[language];
    const first = unit !== '' && bare.endsWith(unit) ? bare.slice(0, -unit.length) : bare;
    return put((isDate ? wording.days : wording.range)[language], { low: first, high: value(high)[language] });
  });
}

/** "初级、中级", or what is left out where that is shorter. */
function memberWords({ doc, axis, chosen }: Valued): Text {
  const left = axis.cells.filter((cell) => cell.value !== null && !chosen.includes(cell));
  const [kept, gone] = [membersOf(chosen), membersOf(left)];
  const isOpen = chosen.some(({ others }) => others);
  if (!isOpen && (kept.length <= MOST_NAMED || kept.length <= gone.length)) return namedWords(doc, axis.fact, kept);
  if (gone.length > MOST_NAMED && !isOpen) return namedWords(doc, axis.fact, kept);
  const named = namedWords(doc, axis.fact, gone);
  return each((language) => put(wording.except[language], { value: named[language] }));
}

const membersOf = (cells: readonly Cell[]): FactValue[] =>
  cells.flatMap(({ value, words, others }): FactValue[] => words ?? (others ? [] : [value]));

function namedWords(doc: Ruleset, fact: string, values: readonly FactValue[]): Text {
  const shown = values.slice(0, MOST_NAMED).map((value) => factTexts(doc, fact, value).text);
  return each((language) => {
    const value = shown.map((text) => text[language]).join(wording.or[language]);
    if (values.length <= MOST_NAMED) return value;
    return put(wording.more[language], { value, count: String(values.length) });
  });
}

/** "0.0–100.0", "初级、中级、高级": what a fact may be at all. */
export function domainWords(doc: Ruleset, fact: string): Text {
  const declared = doc.facts[fact]!;
  if ('min' in declared) {
    const [low, high] = [declared.min, declared.max].map((value) => factTexts(doc, fact, value).text) as [Text, Text];
    const words = declared.type === 'date' ? wording.days : wording.range;
    return each((language) => put(words[language], { low: low[language], high: high[language] }));
  }
  if (declared.type === 'boolean') return namedWords(doc, fact, [true, false]);
  return namedWords(doc, fact, declared.values ?? []);
}
