import type { Text } from '../../../schemas/text.ts';
import { outcomeText } from '../../explain.ts';
import { merged } from '../box.ts';
import type { Box } from '../box.ts';
import type { Finding, Inquiry } from '../finding.ts';
import { shortHash, shown } from '../finding.ts';
import type { Ground } from '../model.ts';
import { filled, findingWords } from '../sentences.ts';
import { uncovered } from '../uncovered.ts';

const MOST_GAPS = 40;

/** The cases that no rule covers, as disjoint boxes: exactly those that fall to `otherwise`. */
export function gapBoxes({ model, meter }: Pick<Inquiry, 'model' | 'meter'>, ground: Ground): Box[] {
  const pieces: Box[] = [];
  const emit = (piece: Box): boolean => pieces.push(piece) < 0;
  const covering = [...model.rules.flatMap(({ perhaps }) => perhaps), ...ground.except];
  for (const part of ground.within) uncovered({ layout: model.space.layout, meter, emit }, part, covering);
  return merged(model.space.layout, pieces);
}

/** One finding a region; the rest in one where there are very many. */
export function gaps(inquiry: Inquiry): Finding[] {
  const boxes = gapBoxes(inquiry, inquiry.whole);
  const listed = boxes.slice(0, boxes.length > MOST_GAPS ? MOST_GAPS - 1 : MOST_GAPS);
  const rest = boxes.slice(listed.length);
  const found = listed.map((box) => gap(inquiry, [box], findingWords.gap));
  return rest.length === 0 ? found : [...found, gap(inquiry, rest, findingWords.gap_more)];
}

function gap(inquiry: Inquiry, boxes: readonly Box[], words: Text): Finding {
  const { doc } = inquiry;
  const { witness, regions } = shown(inquiry, boxes);
  const { type, params } = doc.decision.otherwise;
  return {
    code: 'gap',
    severity: 'error',
    name: `gap:${shortHash(regions.map((region) => region.words))}`,
    rules: [],
    nodes: [],
    pointer: '/decision/otherwise',
    witness,
    regions,
    text: filled(words, {
      region: regions[0]!.words,
      count: String(regions.length),
      outcome: outcomeText(doc, params === undefined ? { type } : { type, params }),
    }),
  };
}
