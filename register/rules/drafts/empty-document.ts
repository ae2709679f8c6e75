import type { Text } from '../../../schemas/text.ts';

interface Beginning {
  ruleSet: string;
  title: Text;
  subject: string | undefined;
  today: string;
}

/** Where nothing was before: the frame of a document, in which the editor says what is still wanting. */
export function emptyDocument({ ruleSet, title, subject = 'pathway', today }: Beginning): Record<string, unknown> {
  const text = (zh: string, en: string): Text => ({ 'zh-CN': zh, en });
  return {
    format: 'ruleset/1',
    id: ruleSet,
    revision: 1,
    version: today.slice(0, 4),
    title,
    decision: {
      question: text('要判定什么？', 'What is to be decided?'),
      subject,
      combine: 'unique',
      outcomes: {
        grant: { code: 'granted', title: text('符合', 'met') },
        deny: { code: 'denied', title: text('不符合', 'not met') },
        refer: { code: 'referred', title: text('转人工', 'referred to a person') },
      },
      otherwise: { type: 'refer' },
    },
    validity: { from: today, to: null, dateFact: 'appliedOn', timeZone: 'Asia/Shanghai' },
    facts: {},
    sources: {},
    rules: [],
    notes: {},
    tests: { base: {}, cases: [] },
    change: { author: 'draft', reason: text('新建规则集', 'A new rule set'), affects: text('待填写', 'To be said') },
  };
}
