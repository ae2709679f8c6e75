import { demandText, titleOf } from '../../rules/explain.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import type { ChangeView } from '../../schemas/api/previews.ts';
import type { Text } from '../../schemas/text.ts';
import type { KeptTurned } from './change-row.ts';

type TurnedView = ChangeView['turned'][number];
type KeptState = NonNullable<KeptTurned['before']>;

interface Documents {
  old: LoadedRuleset | undefined;
  now: LoadedRuleset | undefined;
}

/** The conditions that turned, in words: what each document asks, and how it came out there. */
export function turnedViews(turned: readonly KeptTurned[], { old, now }: Documents): TurnedView[] {
  return turned.flatMap(({ rule, node, fact, before, after }) => {
    const [was, is] = [stateView(before, fact, old), stateView(after, fact, now)];
    const loaded = is ? now : old;
    if (!loaded) return [];
    return [
      {
        ...{ rule, ruleTitle: ruleTitle(rule, [now, old]), node, factTitle: titleOf(loaded.doc, fact) },
        ...{ before: was, after: is },
      },
    ];
  });
}

function stateView(
  state: KeptState | null,
  fact: string,
  loaded: LoadedRuleset | undefined,
): { text: Text; truth: KeptState['truth'] } | null {
  if (!state || !loaded) return null;
  const { truth, operator, value } = state;
  const leaf = { fact, operator, value };
  const { doc } = loaded;
  return { text: { 'zh-CN': demandText(doc, leaf, 'zh-CN'), en: demandText(doc, leaf, 'en') }, truth };
}

/** `scope` and `impossible` have no title of their own. */
function ruleTitle(rule: string, documents: readonly (LoadedRuleset | undefined)[]): Text | null {
  for (const loaded of documents) {
    const notes = loaded?.doc.notes ?? {};
    if (Object.hasOwn(notes, rule)) return notes[rule]!.title;
  }
  return null;
}
