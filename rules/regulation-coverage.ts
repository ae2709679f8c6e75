import type { Ruleset } from '../schemas/ruleset.ts';
import type { Text } from '../schemas/text.ts';

/** A regulation as filed: articles in the order of the paper. */
export interface FiledRegulation {
  title: Text;
  number: string | null;
  /** Hash of the filed articles; a document that carries it cites this very text. */
  textHash: string;
  articles: readonly { article: string; text: string }[];
}

/** A published document: it answers today, or it will from a later date. */
export interface StandingDocument {
  doc: Ruleset;
  standing: 'in_force' | 'scheduled';
}

export interface Citation {
  ruleSet: string;
  revision: number;
  standing: StandingDocument['standing'];
  rule: string;
  title: Text;
  /** Names of the document's tests that this rule fires. */
  tests: string[];
  /** The document quotes the article in other words than the filed text. */
  quotedOtherwise: boolean;
}

/** Which rules carry out each article, by its name (rules.md §7); an article that none cites has no entry. */
export function citationsOf(
  regulation: FiledRegulation,
  documents: readonly StandingDocument[],
): Map<string, Citation[]> {
  const texts = new Map(regulation.articles.map(({ article, text }) => [article, text]));
  const found = new Map<string, Citation[]>();
  for (const { doc, standing } of documents) {
    for (const sourceId of sourcesOf(doc, regulation)) {
      for (const rule of doc.rules) {
        const note = doc.notes[rule.name]!;
        for (const article of articlesCited(note.cites, sourceId)) {
          if (!texts.has(article)) continue;
          const citation: Citation = {
            ruleSet: doc.id,
            revision: doc.revision,
            standing,
            rule: rule.name,
            title: note.title,
            tests: doc.tests.cases.filter(({ expect }) => expect.fired?.includes(rule.name)).map(({ name }) => name),
            quotedOtherwise: doc.sources[sourceId]!.articles[article] !== texts.get(article),
          };
          found.set(article, [...(found.get(article) ?? []), citation]);
        }
      }
    }
  }
  return found;
}

/** By the hash of the text where the document gives it, else by title and number. */
function sourcesOf(doc: Ruleset, { title, number, textHash }: FiledRegulation): string[] {
  return Object.entries(doc.sources)
    .filter(([, source]) => {
      if (source.textHash !== undefined) return source.textHash === textHash;
      return source.title['zh-CN'] === title['zh-CN'] && (source.number ?? null) === number;
    })
    .map(([id]) => id);
}

function articlesCited(cites: readonly string[], sourceId: string): string[] {
  const own = `${sourceId}/`;
  return cites.filter((cite) => cite.startsWith(own)).map((cite) => cite.slice(own.length));
}
