import type { components } from '../../api/schema.d.ts';

type Sentences = components['schemas']['DocumentSentences'];
type Rule = Sentences['rules'][number];
type Sentence = NonNullable<components['schemas']['Sentence']>;

export interface ComparedLine {
  text: string;
  depth: number;
  /** It stands in the other revision too. */
  same: boolean;
}
export interface ComparedRule {
  name: string;
  /** Null where the rule is not there. */
  before: ComparedLine[] | null;
  after: ComparedLine[] | null;
}

/** Rules that read differently, in the order of the newer document; those taken away come last. */
export function comparedRules(older: Sentences, newer: Sentences): ComparedRule[] {
  const before = new Map(older.rules.map((rule) => [rule.name, rule]));
  const after = new Set(newer.rules.map(({ name }) => name));
  const pairs = newer.rules.map((rule) => pair(rule.name, before.get(rule.name), rule));
  const gone = older.rules.filter(({ name }) => !after.has(name)).map((rule) => pair(rule.name, rule, undefined));
  const frame = pair('—', frameOf(older), frameOf(newer));
  return [frame, ...pairs, ...gone].filter(({ before, after }) => {
    if (before === null || after === null) return true;
    return before.length !== after.length || [...before, ...after].some(({ same }) => !same);
  });
}

/** Scope and what holds otherwise, read as one more rule. */
function frameOf({ scope, otherwise, question }: Sentences): Pick<Rule, 'title' | 'conditions' | 'eventText'> {
  return { title: question, conditions: scope ?? { text: '', parts: [] }, eventText: otherwise };
}

function pair(name: string, older: Readable | undefined, newer: Readable | undefined): ComparedRule {
  const [before, after] = [older && linesOf(older), newer && linesOf(newer)];
  const marked = (own: Bare[], others: Bare[] | undefined) =>
    own.map((line) => ({ ...line, same: others?.some(({ text }) => text === line.text) ?? false }));
  return { name, before: before ? marked(before, after) : null, after: after ? marked(after, before) : null };
}

type Readable = Pick<Rule, 'title' | 'conditions' | 'eventText'>;
type Bare = Omit<ComparedLine, 'same'>;

function linesOf({ title, conditions, eventText }: Readable): Bare[] {
  const lines: Bare[] = [{ text: title, depth: 0 }];
  const walk = ({ text, parts }: Sentence, depth: number) => {
    if (text !== '') lines.push({ text, depth });
    for (const part of parts) walk(part, depth + 1);
  };
  walk(conditions, 0);
  return [...lines, { text: eventText, depth: 0 }];
}
