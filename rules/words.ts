import type { Operator } from '../schemas/ruleset.ts';
import type { Language, Text } from '../schemas/text.ts';

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

interface OperatorWords {
  /** As a demand: "at least 60". */
  demand: Text;
  true: Text;
  false: Text;
}

/** Operator sentences where a document has none of its own. {unit} already stands with the numbers. */
export const operatorWords: Readonly<Record<Operator, OperatorWords>> = {
  equal: {
    demand: t('为{value}', 'is {value}'),
    true: t('{title}为{got}', '{title} is {got}'),
    false: t('{title}为{got}，不是{value}', '{title} is {got}, not {value}'),
  },
  notEqual: {
    demand: t('不为{value}', 'is not {value}'),
    true: t('{title}为{got}，不是{value}', '{title} is {got}, not {value}'),
    false: t('{title}为{value}', '{title} is {value}'),
  },
  in: {
    demand: t('属于：{value}', 'is one of {value}'),
    true: t('{title}为{got}，属于{value}', '{title} is {got}, one of {value}'),
    false: t('{title}为{got}，不属于{value}', '{title} is {got}, not one of {value}'),
  },
  notIn: {
    demand: t('不属于：{value}', 'is none of {value}'),
    true: t('{title}为{got}，不属于{value}', '{title} is {got}, none of {value}'),
    false: t('{title}为{got}，属于{value}', '{title} is {got}, one of {value}'),
  },
  inList: {
    demand: t('在名单“{value}”中', 'is on the list "{value}"'),
    true: t('{title}“{got}”在名单“{value}”中', '{title} "{got}" is on the list "{value}"'),
    false: t('{title}“{got}”不在名单“{value}”中', '{title} "{got}" is not on the list "{value}"'),
  },
  notInList: {
    demand: t('不在名单“{value}”中', 'is not on the list "{value}"'),
    true: t('{title}“{got}”不在名单“{value}”中', '{title} "{got}" is not on the list "{value}"'),
    false: t('{title}“{got}”在名单“{value}”中', '{title} "{got}" is on the list "{value}"'),
  },
  lessThan: {
    demand: t('低于{value}', 'is below {value}'),
    true: t('{title}为{got}，低于{value}', '{title} is {got}, below {value}'),
    false: t('{title}为{got}，不低于{value}', '{title} is {got}, not below {value}'),
  },
  lessThanInclusive: {
    demand: t('不超过{value}', 'is at most {value}'),
    true: t('{title}为{got}，未超过{value}', '{title} is {got}, at most {value}'),
    false: t('{title}为{got}，超过{value}', '{title} is {got}, above {value}'),
  },
  greaterThan: {
    demand: t('高于{value}', 'is above {value}'),
    true: t('{title}为{got}，高于{value}', '{title} is {got}, above {value}'),
    false: t('{title}为{got}，未高于{value}', '{title} is {got}, not above {value}'),
  },
  greaterThanInclusive: {
    demand: t('不低于{value}', 'is at least {value}'),
    true: t('{title}为{got}，达到{value}', '{title} is {got}, at least {value}'),
    false: t('{title}为{got}，未达{value}', '{title} is {got}, below {value}'),
  },
  contains: {
    demand: t('含{value}', 'contains {value}'),
    true: t('{title}含{value}', '{title} contains {value}'),
    false: t('{title}不含{value}', '{title} does not contain {value}'),
  },
  doesNotContain: {
    demand: t('不含{value}', 'does not contain {value}'),
    true: t('{title}不含{value}', '{title} does not contain {value}'),
    false: t('{title}含{value}', '{title} contains {value}'),
  },
};

/** Dates are before and after, not below and above. */
export const dateWords: Partial<Record<Operator, OperatorWords>> = {
  lessThan: {
    demand: t('早于{value}', 'is before {value}'),
    true: t('{title}为{got}，早于{value}', '{title} is {got}, before {value}'),
    false: t('{title}为{got}，不早于{value}', '{title} is {got}, not before {value}'),
  },
  lessThanInclusive: {
    demand: t('不晚于{value}', 'is no later than {value}'),
    true: t('{title}为{got}，不晚于{value}', '{title} is {got}, no later than {value}'),
    false: t('{title}为{got}，晚于{value}', '{title} is {got}, later than {value}'),
  },
  greaterThan: {
    demand: t('晚于{value}', 'is after {value}'),
    true: t('{title}为{got}，晚于{value}', '{title} is {got}, after {value}'),
    false: t('{title}为{got}，不晚于{value}', '{title} is {got}, not after {value}'),
  },
  greaterThanInclusive: {
    demand: t('不早于{value}', 'is no earlier than {value}'),
    true: t('{title}为{got}，不早于{value}', '{title} is {got}, no earlier than {value}'),
    false: t('{title}为{got}，早于{value}', '{title} is {got}, earlier than {value}'),
  },
};

export const sentenceWords = {
  unknown: t(
    '「{title}」尚未登记，无法判断是否{demand}',
    '{title} is not recorded yet, so nobody can say whether it {demand}',
  ),
  /** Of a yes or no there is nothing to compare. */
  unknownFlag: t('「{title}」尚未登记', '{title} is not recorded yet'),
  required: t('「{title}」尚未登记，须先登记', '{title} is not recorded yet and must be'),
  notApplicable: t('{title}不存在，本规则不适用', 'there is no {title}, so this does not apply'),
  all: t('以下全部满足', 'all of these hold'),
  any: t('以下任一满足', 'at least one of these holds'),
  not: t('以下不成立', 'this does not hold'),
  exceptionTo: t('是下列规则的例外：{rules}', 'is an exception to: {rules}'),
} as const satisfies Record<string, Text>;

const UNITS: Readonly<Record<string, Text>> = {
  month: t('个月', ' months'),
  year: t('年', ' years'),
  credit: t('学分', ' credits'),
  '%': t('%', '%'),
};

export function unitWord(unit: string | undefined, language: Language): string {
  if (unit === undefined) return '';
  return UNITS[unit]?.[language] ?? (language === 'en' ? ` ${unit}` : unit);
}

/** Puts words into a text's `{places}`; an unknown place stays visible. */
export function put(words: string, places: Readonly<Record<string, string>>): string {
  return words.replaceAll(/\{(\w+)\}/g, (place, key: string) => (Object.hasOwn(places, key) ? places[key]! : place));
}
