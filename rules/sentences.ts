import type { Node, RuleEvent, Ruleset } from '../schemas/ruleset.ts';
import type { Language, Text } from '../schemas/text.ts';
import { citationsOf, demandText, outcomeText } from './explain.ts';
import type { Citation } from './explain.ts';
import { put, sentenceWords } from './words.ts';

/** A condition as people read it; parts stand indented below. */
export interface Sentence {
  node?: string;
  text: string;
  parts: Sentence[];
}

export interface RuleSentences {
  name: string;
  title: string;
  event: RuleEvent;
  eventText: string;
  conditions: Sentence;
  cites: Citation[];
  overrides: string[];
  /** "是下列规则的例外：CT-09", where there are any. */
  exceptionText: string | null;
}

export interface DocumentSentences {
  title: string;
  question: string;
  scope: Sentence | null;
  impossible: { why: string; when: Sentence }[];
  rules: RuleSentences[];
  otherwise: string;
}

/** The whole document as sentences, for the rule library's page. */
export function documentSentences(doc: Ruleset, language: Language): DocumentSentences {
  const eventText = (event: RuleEvent): string =>
    outcomeText(doc, { type: event.type, params: event.params ?? {} })[language];
  const { decision } = doc;
  return {
    title: doc.title[language],
    question: decision.question[language],
    scope: decision.scope === undefined ? null : sentence(doc, decision.scope, language),
    impossible: (decision.impossible ?? []).map(({ why, when }) => ({
      why: why[language],
      when: sentence(doc, when, language),
    })),
    rules: doc.rules.map((rule) => ({
      name: rule.name,
      title: doc.notes[rule.name]!.title[language],
      event: rule.event,
      eventText: eventText(rule.event),
      conditions: sentence(doc, rule.conditions, language),
      cites: citationsOf(doc, rule.name),
      overrides: doc.notes[rule.name]!.overrides ?? [],
      exceptionText: exceptionText(doc.notes[rule.name]!.overrides ?? [], language),
    })),
    otherwise: eventText(decision.otherwise),
  };
}

function sentence(doc: Ruleset, node: Node, language: Language): Sentence {
  if ('condition' in node) return { ...sentence(doc, doc.conditions![node.condition]!, language), node: node.name };
  if ('fact' in node) {
    const join = language === 'en' ? ' ' : '';
    return {
      node: node.name,
      text: `${doc.facts[node.fact]!.title[language]}${join}${demandText(doc, node, language)}`,
      parts: [],
    };
  }
  const [words, parts]: [Text, readonly Node[]] =
    'not' in node
      ? [sentenceWords.not, [node.not]]
      : 'all' in node
        ? [sentenceWords.all, node.all]
        : [sentenceWords.any, node.any];
  const read: Sentence = { text: words[language], parts: parts.map((part) => sentence(doc, part, language)) };
  return node.name === undefined ? read : { ...read, node: node.name };
}

/** The same as plain lines, for terminals and exports. */
export function sentenceLines({ text, parts }: Sentence, indent = 0): string[] {
  const mark = parts.length > 0 ? '：' : '';
  return [`${'  '.repeat(indent)}${text}${mark}`, ...parts.flatMap((part) => sentenceLines(part, indent + 1))];
}

function exceptionText(rules: readonly string[], language: Language): string | null {
  if (rules.length === 0) return null;
  return put(sentenceWords.exceptionTo[language], { rules: rules.join(language === 'en' ? ', ' : '、') });
}
