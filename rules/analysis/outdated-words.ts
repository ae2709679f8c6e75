import type { Leaf, Ruleset, Tree } from '../../schemas/ruleset.ts';
import { leavesIn } from '../cells.ts';
import { factTexts } from '../explain.ts';
import type { LoadedRuleset } from '../load.ts';
import type { Finding } from './finding.ts';
import { listed, shortHash } from './finding.ts';
import { filled, findingWords } from './sentences.ts';

interface Move {
  fact: string;
  from: number;
  to: number;
  rules: string[];
}

/**
 * Bounds that moved while words did not: a rule still named 「不足60分」, or resting on an article that says 60, now asks for 70.
 * Words are not understood, only searched for the old number, so it is a question to the editor.
 */
export function outdatedWords(base: LoadedRuleset, draft: LoadedRuleset): Finding[] {
  return movesBetween(base.doc, draft.doc).flatMap((move) => {
    const old = numberIn(draft.doc, move.fact, move.from);
    const rules = move.rules.filter((rule) => textsOf(draft.doc, rule).some((text) => says(text, old)));
    if (rules.length === 0) return [];
    const [from, to] = [move.from, move.to].map((value) => factTexts(draft.doc, move.fact, value));
    return [
      {
        code: 'words_outdated',
        severity: 'warning',
        name: `words_outdated:${shortHash({ ...move, rules })}`,
        rules,
        nodes: [],
        pointer: '/notes',
        witness: null,
        regions: [],
        text: filled(findingWords.words_outdated, {
          fact: from!.title,
          from: from!.text,
          to: to!.text,
          old,
          rules: listed(rules),
        }),
      },
    ];
  });
}

function movesBetween(base: Ruleset, draft: Ruleset): Move[] {
  const before = boundsOf(base);
  const moves = new Map<string, Move>();
  for (const [node, { rule, leaf }] of boundsOf(draft)) {
    const was = before.get(node)?.leaf;
    if (was === undefined || was.fact !== leaf.fact || was.value === leaf.value) continue;
    const { fact } = leaf;
    const [from, to] = [was.value as number, leaf.value as number];
    const key = `${fact} ${from} ${to}`;
    const move = moves.get(key) ?? { fact, from, to, rules: [] };
    if (!move.rules.includes(rule)) move.rules.push(rule);
    moves.set(key, move);
  }
  return [...moves.values()];
}

/** The leaves of the rules that hold a fact against a number, by node name. */
function boundsOf(doc: Ruleset): Map<string, { rule: string; leaf: Leaf }> {
  const found = new Map<string, { rule: string; leaf: Leaf }>();
  for (const { name, conditions } of doc.rules) {
    const own: Tree[] = [conditions];
    for (const leaf of [...leavesIn(doc, own).values()].flat())
      if (typeof leaf.value === 'number') found.set(leaf.name, { rule: name, leaf });
  }
  return found;
}

/** The name of a rule and the articles it rests on. */
function textsOf({ notes, sources }: Ruleset, rule: string): string[] {
  const note = notes[rule];
  if (note === undefined) return [];
  const articles = note.cites.map((cite) => {
    const at = cite.indexOf('/');
    return sources[cite.slice(0, at)]?.articles[cite.slice(at + 1)] ?? '';
  });
  return [note.title['zh-CN'], note.title.en, ...articles];
}

/** As people write it: 60, not 60.0. */
function numberIn(doc: Ruleset, fact: string, value: number): string {
  const [number = ''] = /-?\d+(?:\.\d+)?/.exec(factTexts(doc, fact, value).text.en) ?? [];
  return number.replace(/\.0+$/, '');
}

function says(text: string, number: string): boolean {
  if (number === '') return false;
  return new RegExp(`(?<![\\d.])${number.replace('.', '\\.')}(?:\\.0+)?(?![\\d.])`, 'u').test(text);
}
