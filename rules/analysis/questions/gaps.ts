import type { Text } from '../../../schemas/text.ts';
import { outcomeText } from '../../explain.ts';
import { covers, merged } from '../box.ts';
import type { Box } from '../box.ts';
import type { Finding, Inquiry } from '../finding.ts';
import { shortHash, shown } from '../finding.ts';
import type { Ground } from '../model.ts';
import { filled, findingWords } from '../sentences.ts';
import { split, uncovered } from '../uncovered.ts';

const MOST_GAPS = 40;

/** The cases that no rule covers, as disjoint boxes: exactly those that fall to `otherwise`. */
export function gapBoxes({ model, meter }: Pick<Inquiry, 'model' | 'meter'>, ground: Ground): Box[] {
  const pieces: Box[] = [];
  const emit = (piece: Box): boolean => pieces.push(piece) < 0;
  const covering = [...model.rules.flatMap(({ perhaps }) => perhaps), ...ground.except];
  for (const part of ground.within) uncovered({ layout: model.space.layout, meter, emit }, part, covering);
  return merged(model.space.layout, pieces);
}

/** One finding a region, each as wide as it goes; the rest in one where there are very many. */
export function gaps(inquiry: Inquiry): Finding[] {
  const boxes = gapBoxes(inquiry, inquiry.whole);
  const regions: Widened[] = [];
  for (const box of boxes.slice(0, MOST_GAPS)) {
    const wide = widened(inquiry, box, boxes);
    if (!regions.some((known) => covers(known.wide, wide))) regions.push({ box, wide });
  }
  const rest = boxes.slice(MOST_GAPS);
  const found = regions.map(({ box, wide }) => gap(inquiry, { box, shape: [wide] }, findingWords.gap));
  if (rest.length === 0) return found;
  return [...found, gap(inquiry, { box: rest[0]!, shape: rest }, findingWords.gap_more)];
}

interface Widened {
  box: Box;
  /** The same with what other gaps hold, and what cannot occur, for the shortest words. */
  wide: Box;
}

function widened({ model, meter, whole }: Inquiry, box: Box, others: readonly Box[]): Box {
  const { layout, recorded, dims } = model.space;
  const filling = [...others, ...whole.except];
  const emit = (): boolean => true;
  let wide = box;
  for (let dim = 0; dim < dims.length; dim += 1) {
    const [from, to] = [layout[dim]!, layout[dim + 1]!];
    const full = [...wide.slice(0, from), ...recorded.slice(from, to), ...wide.slice(to)];
    if (covers(wide, full)) continue;
    const parts = split(layout, { region: full, dim, live: filling });
    const fitting = parts.filter((part) => !uncovered({ layout, meter, emit }, part, filling));
    wide = fitting.reduce((sum, part) => sum.map((word, w) => word | part[w]!), wide);
  }
  return wide;
}

function gap(inquiry: Inquiry, { box, shape }: { box: Box; shape: readonly Box[] }, words: Text): Finding {
  const { doc } = inquiry;
  const { regions } = shown(inquiry, shape);
  const { type, params } = doc.decision.otherwise;
  return {
    code: 'gap',
    severity: 'error',
    name: `gap:${shortHash(regions.map((region) => region.words))}`,
    rules: [],
    nodes: [],
    pointer: '/decision/otherwise',
    witness: shown(inquiry, [box]).witness,
    regions,
    text: filled(words, {
      region: regions[0]!.words,
      count: String(regions.length),
      outcome: outcomeText(doc, params === undefined ? { type } : { type, params }),
    }),
  };
}
