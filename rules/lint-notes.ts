import type { Ruleset } from '../schemas/ruleset.ts';
import type { Faults } from './faults.ts';
import { step } from './faults.ts';

type Sources = Readonly<Record<string, { articles?: Readonly<Record<string, string>> }>>;

/** Every rule has a note with citations that exist; exceptions name rules and never circle. */
export function lintNotes(
  notes: Ruleset['notes'],
  ruleNames: ReadonlySet<string>,
  { sources, faults }: { sources: Sources; faults: Faults },
): void {
  for (const rule of ruleNames) if (!Object.hasOwn(notes, rule)) faults.add('/notes', 'note_missing', { rule });
  for (const [rule, note] of Object.entries(notes)) {
    const at = `/notes${step(rule)}`;
    if (!ruleNames.has(rule)) faults.add(at, 'note_without_rule', { rule });
    for (const [i, citation] of note.cites.entries())
      if (articleOf(sources, citation) === undefined)
        faults.add(`${at}/cites${step(i)}`, 'citation_unknown', { citation });
    for (const [i, other] of (note.overrides ?? []).entries())
      if (!ruleNames.has(other)) faults.add(`${at}/overrides${step(i)}`, 'override_unknown', { rule: other });
  }
  lintOverrideCycles(notes, faults);
}

function articleOf(sources: Sources, citation: string): string | undefined {
  const slash = citation.indexOf('/');
  const source = citation.slice(0, slash);
  const articles = slash > 0 && Object.hasOwn(sources, source) ? sources[source]?.articles : undefined;
  const article = citation.slice(slash + 1);
  return articles !== undefined && Object.hasOwn(articles, article) ? articles[article] : undefined;
}

function lintOverrideCycles(notes: Ruleset['notes'], faults: Faults): void {
  const state = new Map<string, 'open' | 'done'>();
  const visit = (rule: string): void => {
    if (state.get(rule) === 'done') return;
    if (state.get(rule) === 'open') return faults.add(`/notes${step(rule)}/overrides`, 'override_cycle', { rule });
    state.set(rule, 'open');
    for (const other of (Object.hasOwn(notes, rule) ? notes[rule]?.overrides : undefined) ?? []) visit(other);
    state.set(rule, 'done');
  };
  for (const rule of Object.keys(notes)) visit(rule);
}

const PLACES = ['got', 'value', 'title', 'unit'];

/** Explanations belong to nodes that exist and use only the places that are filled. */
export function lintExplain(
  explain: NonNullable<Ruleset['explain']>,
  nodes: ReadonlySet<string>,
  faults: Faults,
): void {
  for (const [key, texts] of Object.entries(explain)) {
    const at = `/explain${step(key)}`;
    const suffix = key.slice(1);
    const found = key.startsWith('*.') ? [...nodes].some((node) => node.endsWith(suffix)) : nodes.has(key);
    if (!found) faults.add(at, 'explain_unknown_node', { node: key });
    for (const [truth, text] of Object.entries(texts))
      for (const [language, words] of Object.entries(text ?? {}))
        for (const [, place] of words.matchAll(/\{([^{}]*)\}/g))
          if (!PLACES.includes(place ?? '')) faults.add(`${at}/${truth}/${language}`, 'placeholder_unknown', { place });
  }
}
