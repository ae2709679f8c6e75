import { factCatalogue } from '../schemas/facts.ts';
import type { FactDefinition } from '../schemas/facts.ts';
import type { FactValue, Operator, Ruleset } from '../schemas/ruleset.ts';
import type { Language, Text } from '../schemas/text.ts';
import { valueTitles } from '../schemas/value-titles.ts';
import { formatValue } from './format.ts';
import type { LoadedRuleset } from './load.ts';
import type { Facts, TraceNode, Traced, Truth, Verdict } from './verdict.ts';
import { dateWords, operatorWords, put, sentenceWords, unitWord } from './words.ts';

export interface Citation {
  source: Text;
  number?: string;
  article: string;
  /** Verbatim, as filed. */
  text: string;
  unconfirmed?: true;
}

/** One ground of a verdict: a leaf, or a fact that must be there. */
export interface Reason {
  kind: 'rule' | 'scope' | 'impossible' | 'required' | 'not-applicable';
  rule?: string;
  title?: Text;
  cites: Citation[];
  node?: string;
  fact: string;
  factTitle: Text;
  got: FactValue;
  wanted?: unknown;
  gotText: Text;
  wantedText?: Text;
  truth: Truth;
  text: Text;
  /** Of a missing fact: who is waited for. */
  suppliedBy?: FactDefinition['suppliedBy'];
  sensitivity?: 'personal';
}

/** Why it came out so, in both languages: the leaves that settled it, or those still open. */
export function explain({ doc }: LoadedRuleset, verdict: Traced, facts: Facts): Reason[] {
  const { kind, rules = [] } = verdict.because;
  const reasons = (tree: TraceNode | undefined, head: Head): Reason[] =>
    tree === undefined ? [] : groundsOf(tree).map((leaf) => leafReason(doc, leaf, head));
  const ofRules = (names: readonly string[]): Reason[] =>
    verdict.trace.rules
      .filter(({ name }) => names.includes(name))
      .flatMap(({ name, tree }) => reasons(tree, ruleHead(doc, name)));
  switch (kind) {
    case 'rule':
    case 'conflict':
      return ofRules(rules);
    case 'missing':
      return rules.length > 0
        ? ofRules(rules)
        : [...absent(doc, facts, 'required'), ...scopeReasons(doc, verdict, reasons)];
    case 'out-of-scope': {
      const missing = absent(doc, facts, 'not-applicable');
      return missing.length > 0 ? missing : scopeReasons(doc, verdict, reasons);
    }
    case 'impossible':
      return verdict.trace.impossible.flatMap((tree, i) =>
        tree.truth === 'true'
          ? reasons(tree, { kind: 'impossible', title: doc.decision.impossible![i]!.why, cites: [] })
          : [],
      );
    case 'otherwise':
      // nothing applied: why each granting rule did not, the nearest first
      return doc.rules
        .filter((rule) => rule.event.type === 'grant')
        .map((rule) => ofRules([rule.name]))
        .sort((a, b) => a.length - b.length)
        .flat();
    default:
      return [];
  }
}

type Head = Pick<Reason, 'kind' | 'rule' | 'title' | 'cites'>;

function scopeReasons(
  doc: Ruleset,
  verdict: Traced,
  reasons: (tree: TraceNode | undefined, head: Head) => Reason[],
): Reason[] {
  const scope = verdict.trace.scope;
  return scope?.truth === 'true' ? [] : reasons(scope, { kind: 'scope', title: doc.title, cites: [] });
}

function ruleHead(doc: Ruleset, rule: string): Head {
  return { kind: 'rule', rule, title: doc.notes[rule]!.title, cites: citationsOf(doc, rule) };
}

/** The filed words a rule rests on. */
export function citationsOf(doc: Ruleset, rule: string): Citation[] {
  return doc.notes[rule]!.cites.map((cite) => {
    const slash = cite.indexOf('/');
    const source = doc.sources[cite.slice(0, slash)]!;
    const article = cite.slice(slash + 1);
    const citation: Citation = { source: source.title, article, text: source.articles[article]! };
    if (source.number !== undefined) citation.number = source.number;
    if (source.unconfirmed) citation.unconfirmed = true;
    return citation;
  });
}

/** Of a node's parts only those that made it what it is. */
function groundsOf(tree: TraceNode): TraceNode[] {
  if (tree.kind === 'leaf') return [tree];
  const parts = tree.nodes ?? [];
  const settled = tree.kind === 'not' || isNeutral(tree) ? parts : parts.filter((part) => part.truth === tree.truth);
  return (tree.truth === 'unknown' ? parts.filter((part) => part.truth === 'unknown') : settled).flatMap(groundsOf);
}

function isNeutral({ kind, truth }: TraceNode): boolean {
  return (kind === 'all' && truth === 'true') || (kind === 'any' && truth === 'false');
}

function absent(doc: Ruleset, facts: Facts, how: 'required' | 'not-applicable'): Reason[] {
  const missing = Object.keys(doc.facts).filter(
    (id) => doc.facts[id]!.missing === how && (Object.hasOwn(facts, id) ? (facts[id] ?? null) : null) === null,
  );
  const words = how === 'required' ? sentenceWords.required : sentenceWords.notApplicable;
  return missing.sort().map((fact) => ({
    kind: how,
    cites: [],
    ...factPart(doc, fact, null),
    truth: 'unknown',
    text: both((language) => put(words[language], { title: titleOf(doc, fact)[language] })),
  }));
}

function leafReason(doc: Ruleset, leaf: TraceNode, head: Head): Reason {
  const fact = leaf.fact!;
  const reason: Reason = {
    ...head,
    ...factPart(doc, fact, leaf.got ?? null),
    truth: leaf.truth,
    wanted: leaf.value,
    wantedText: both((language) => demandText(doc, leaf, language)),
    text: both((language) => leafText(doc, leaf, language)),
  };
  if (leaf.name !== undefined) reason.node = leaf.name;
  return reason;
}

function factPart(
  doc: Ruleset,
  fact: string,
  got: FactValue,
): Pick<Reason, 'fact' | 'factTitle' | 'got' | 'gotText' | 'suppliedBy' | 'sensitivity'> {
  const declared = doc.facts[fact]!;
  const known = catalogued(doc, fact);
  return {
    fact,
    factTitle: titleOf(doc, fact),
    got,
    gotText: factTexts(doc, fact, got).text,
    ...(got === null ? { suppliedBy: known?.suppliedBy ?? 'registrar' } : {}),
    ...(declared.sensitivity === undefined ? {} : { sensitivity: declared.sensitivity }),
  };
}

/** A fact and a value of it in words. */
export function factTexts(doc: Ruleset, fact: string, value: FactValue): { title: Text; text: Text } {
  const { unit } = doc.facts[fact]!;
  const text = both(
    (language) =>
      formatValue(shownAs(doc, { fact, operator: '' }), value, language) +
      (value === null ? '' : unitWord(unit, language)),
  );
  return { title: titleOf(doc, fact), text };
}

export interface Awaited {
  fact: string;
  title: Text;
  source: string;
  suppliedBy: FactDefinition['suppliedBy'];
}

/** Each missing fact once, with who supplies it: that is who is waited for. */
export function awaitedFacts({ doc }: LoadedRuleset, { missing }: Pick<Verdict, 'missing'>): Awaited[] {
  return missing.map((fact) => {
    const known = catalogued(doc, fact);
    const source = (Object.hasOwn(doc.facts, fact) ? doc.facts[fact]!.source : known?.source) ?? '';
    return { fact, title: titleOf(doc, fact), source, suppliedBy: known?.suppliedBy ?? 'registrar' };
  });
}

function catalogued(doc: Ruleset, fact: string): FactDefinition | undefined {
  const catalogue: Readonly<Record<string, FactDefinition>> = factCatalogue[doc.decision.subject];
  return Object.hasOwn(catalogue, fact) ? catalogue[fact] : undefined;
}

export function titleOf(doc: Ruleset, fact: string): Text {
  return Object.hasOwn(doc.facts, fact)
    ? doc.facts[fact]!.title
    : (catalogued(doc, fact)?.title ?? { 'zh-CN': fact, en: fact });
}

function both(make: (language: Language) => string): Text {
  return { 'zh-CN': make('zh-CN'), en: make('en') };
}

function leafText(doc: Ruleset, leaf: TraceNode, language: Language): string {
  const declared = doc.facts[leaf.fact!]!;
  const bare = (value: unknown): string => formatValue(shownAs(doc, leaf), value, language);
  const title = declared.title[language];
  const unit = unitWord(declared.unit, language);
  const own = explanationOf(doc, leaf.name)?.[leaf.truth];
  if (own !== undefined)
    return put(own[language], { got: bare(leaf.got), value: bare(leaf.value), title, unit: unit.trim() });
  if (leaf.truth === 'unknown') {
    const unknown = declared.type === 'boolean' ? sentenceWords.unknownFlag : sentenceWords.unknown;
    return put(unknown[language], { title, demand: demandText(doc, leaf, language) });
  }
  const words = wordsOf(leaf.operator as Operator, declared.type)[leaf.truth];
  return put(words[language], { got: bare(leaf.got) + unit, value: bare(leaf.value) + unit, title });
}

/** A list is named, not typed like the fact; a value without a title of its own takes the catalogue's. */
function shownAs(
  doc: Ruleset,
  { fact, operator }: Pick<TraceNode, 'fact' | 'operator'>,
): Parameters<typeof formatValue>[0] {
  const declared = doc.facts[fact!]!;
  const common = Object.hasOwn(valueTitles, fact!) ? valueTitles[fact!] : undefined;
  if (operator === 'inList' || operator === 'notInList' || declared.type === 'enum' || declared.type === 'list')
    return { type: 'enum', titles: { ...common, ...declared.titles } };
  return declared;
}

/** "不低于60.0" · "is at least 60.0". */
export function demandText(
  doc: Ruleset,
  leaf: Pick<TraceNode, 'fact' | 'operator' | 'value'>,
  language: Language,
): string {
  const declared = doc.facts[leaf.fact!]!;
  const value = formatValue(shownAs(doc, leaf), leaf.value, language) + unitWord(declared.unit, language);
  return put(wordsOf(leaf.operator as Operator, declared.type).demand[language], { value });
}

function wordsOf(operator: Operator, type: string): (typeof operatorWords)[Operator] {
  return (type === 'date' ? dateWords[operator] : undefined) ?? operatorWords[operator];
}

/** The node's own texts, else those of the longest `*.suffix` that fits. */
function explanationOf(doc: Ruleset, node: string | undefined): Partial<Record<Truth, Text>> | undefined {
  if (node === undefined || doc.explain === undefined) return undefined;
  if (Object.hasOwn(doc.explain, node)) return doc.explain[node] as Partial<Record<Truth, Text>>;
  let best: string | undefined;
  for (const key of Object.keys(doc.explain))
    if (key.startsWith('*.') && node.endsWith(key.slice(1)) && key.length > (best?.length ?? 0)) best = key;
  return best === undefined ? undefined : (doc.explain[best] as Partial<Record<Truth, Text>>);
}

/** "准予转换（学分 8.0）": the outcome's title with its params. */
export function outcomeText(doc: Ruleset, { type, params }: Pick<Verdict, 'type' | 'params'>): Text {
  if (type === 'undetermined') return { 'zh-CN': '待定', en: 'undetermined' };
  if (type === 'out-of-scope') return { 'zh-CN': '不适用', en: 'not applicable' };
  const outcome = doc.decision.outcomes[type];
  const title = outcome?.title ?? { 'zh-CN': '转人工', en: 'referred' };
  return both((language) => {
    const parts = Object.entries(params ?? {}).map(([param, value]) => {
      const definition = outcome?.params?.[param];
      const shown = definition === undefined ? String(value) : formatValue(definition, value, language);
      const unit = definition !== undefined && 'unit' in definition ? unitWord(definition.unit, language) : '';
      return `${definition?.title?.[language] ?? param} ${shown}${unit}`;
    });
    if (parts.length === 0) return title[language];
    return language === 'en' ? `${title.en} (${parts.join(', ')})` : `${title['zh-CN']}（${parts.join('，')}）`;
  });
}
