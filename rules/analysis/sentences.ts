import type { Text } from '../../schemas/text.ts';
import { put } from '../words.ts';

const t = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });

/** One sentence a finding, for people who never programmed. */
export const findingWords = {
  never_fires: t(
    '规则{rule}永远不会成立：没有任何一种情况能同时满足它的条件。',
    'Rule {rule} never applies: no case can meet its conditions.',
  ),
  always_fires: t(
    '规则{rule}在适用范围内总是成立：它的条件没有区分任何情况。',
    'Rule {rule} applies to every case in scope: its conditions tell no cases apart.',
  ),
  conflict: t(
    '规则{rule}与{other}会同时成立，但结论不同（{event}／{otherEvent}）：{region}。这类情况会转人工。',
    'Rules {rule} and {other} can both apply with different results ({event} / {otherEvent}): {region}. Such cases go to a person.',
  ),
  overlap: t(
    '规则{rule}与{other}会同时成立：{region}。本规则集只允许一条规则成立，这类情况会转人工。',
    'Rules {rule} and {other} can both apply: {region}. This rule set lets only one apply, so such cases go to a person.',
  ),
  subsumed: t(
    '规则{rule}是多余的：凡它成立的情况，{other}都成立，而且结论相同。',
    'Rule {rule} is not needed: whenever it applies, {other} applies too, with the same result.',
  ),
  unreachable: t(
    '规则{rule}永远起不了作用：凡它成立的情况，都由{others}决定。',
    'Rule {rule} never has an effect: whenever it applies, {others} decides.',
  ),
  gap: t(
    '没有规则管到的情况：{region}。结果为{outcome}。',
    'No rule covers these cases: {region}. The result is {outcome}.',
  ),
  gap_more: t(
    '另有{count}处没有规则管到，未逐一列出，例如：{region}。结果为{outcome}。',
    '{count} more regions that no rule covers are not listed one by one, such as: {region}. The result is {outcome}.',
  ),
  gap_many: t(
    '许多情况没有规则管到，未能逐一列出，例如：{region}。结果为{outcome}。',
    'Many cases are covered by no rule, too many to list, such as: {region}. The result is {outcome}.',
  ),
  value_outside_domain: t(
    '条件“{title}{demand}”永远不会成立：{title}只可能是{domain}。',
    'The condition "{title} {demand}" can never hold: {title} can only be {domain}.',
  ),
  missing_data_hazard: t(
    '{region}时，只认真假两值的软件会误判规则{rule}成立；本系统会等资料登记。可改为直接列出允许的值，不用否定写法。',
    'With {region}, software that knows only true and false would apply rule {rule}; here the case waits. List the values that are allowed rather than those that are not.',
  ),
  redundant_condition: t(
    '{place}中的条件“{demand}”可以删去：其余条件已经保证了它，删去后结果不变。',
    'The condition "{demand}" in {place} can be left out: the others already ensure it, and no result changes.',
  ),
  not_monotone: t(
    '{fact}更好，结果反而更差：由{low}到{high}，结果从“{better}”变为“{worse}”（{region}）。',
    'A better {fact} loses: from {low} to {high} the result falls from "{better}" to "{worse}" ({region}).',
  ),
  date_gap: t(
    '{from}至{to}没有生效的版本，这期间的情况无法判断。',
    'No revision is in force from {from} to {to}: cases of that time cannot be decided.',
  ),
  date_gap_open: t(
    '{from}起没有生效的版本，之后的情况无法判断。',
    'No revision is in force from {from} on: later cases cannot be decided.',
  ),
  words_outdated: t(
    '{fact}的界线由{from}改为{to}，但这些规则的名称或所依据的条款里仍写着{old}，请核对：{rules}。',
    'The bound of {fact} moved from {from} to {to}, but the names or articles of these rules still say {old}; please check: {rules}.',
  ),
  legal_basis_missing: t(
    '规则{rule}把技能证书作为毕业条件（{facts}），却未引用法律依据。2017年改革方案（人社部发〔2017〕2号，待核对）：目录所列职业资格除准入类外不得与就业创业挂钩。请引用法律来源，或不以证书为条件。',
    'Rule {rule} makes a skill certificate a condition of graduation ({facts}) without citing a law. The 2017 plan (人社部发〔2017〕2号, to be verified) ties nothing but 准入类 qualifications to employment: cite a law, or ask for no certificate.',
  ),
  equivalence_cycle: t(
    '等同关系绕成一圈后级别会升高：{path}。',
    'Going round these equivalences raises the level: {path}.',
  ),
  not_decided: t(
    '未能判定“{question}”{rules}：条件组合过多，请简化或拆分规则。',
    'Not decided: "{question}"{rules}. There are too many combinations of conditions; simplify or split the rules.',
  ),
} as const satisfies Record<string, Text>;

export const placeWords = {
  rule: t('规则{name}', 'rule {name}'),
  condition: t('共用条件{name}', 'the shared condition {name}'),
  scope: t('适用范围', 'the scope'),
  impossible: t('不应出现的情况', 'the impossible cases'),
  ofRules: t('（规则{rules}）', ' (rules {rules})'),
} as const satisfies Record<string, Text>;

export const questionWords = {
  never_fires: t('规则是否可能成立', 'can the rule apply'),
  always_fires: t('规则是否总是成立', 'does the rule always apply'),
  conflict: t('规则之间是否冲突', 'do rules conflict'),
  subsumed: t('规则是否多余', 'is the rule needed'),
  unreachable: t('规则是否起作用', 'does the rule have an effect'),
  gap: t('是否有规则管不到的情况', 'are there cases that no rule covers'),
  missing_data_hazard: t('资料缺失时是否有隐患', 'is there a hazard where data are missing'),
  redundant_condition: t('条件是否多余', 'is the condition needed'),
  not_monotone: t('更好的成绩是否反而不利', 'can a better value lose'),
  equivalence_cycle: t('等同关系是否绕圈升级', 'do equivalences raise a level by going round'),
  needless: t('准予时可以没有哪些资料', 'which facts can a grant do without'),
} as const satisfies Record<string, Text>;

export type Question = keyof typeof questionWords;

/** Each place filled in, language by language. */
export function filled(words: Text, places: Readonly<Record<string, Text | string>>): Text {
  const of = (language: keyof Text): string =>
    put(
      words[language],
      Object.fromEntries(
        Object.entries(places).map(([key, text]) => [key, typeof text === 'string' ? text : text[language]]),
      ),
    );
  return t(of('zh-CN'), of('en'));
}
