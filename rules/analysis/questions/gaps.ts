import type { Text } from '../../../schemas/text.ts';
import { decide } from '../../decide.ts';
import { outcomeText } from '../../explain.ts';
import { covers, merged } from '../box.ts';
import type { Box } from '../box.ts';
import type { Finding, Inquiry } from '../finding.ts';
import { settingOf, shortHash, shown } from '../finding.ts';
import type { Ground } from '../model.ts';
import { filled, findingWords } from '../sentences.ts';
import { exactly } from '../words.ts';
import { Meter, Spent, split, uncovered } from '../uncovered.ts';

const MOST_GAPS = 40;
/** Beyond these a list of regions helps nobody. */
const MOST_PIECES = 1_000;
const MOST_SHOWN = 3;

/** The cases that no rule covers, as disjoint boxes: exactly those that fall to `otherwise`. */
export function gapBoxes({ model, meter }: Pick<Inquiry, 'model' | 'meter'>, ground: Ground, most = Infinity): Box[] {
  const pieces: Box[] = [];
  const emit = (piece: Box): boolean => {
    if (pieces.push(piece) > most) throw new Spent();
    return false;
  };
  const covering = [...model.rules.flatMap(({ perhaps }) => perhaps), ...ground.except];
  for (const part of ground.within) uncovered({ layout: model.space.layout, meter, emit }, part, covering);
  return merged(model.space.layout, pieces);
}

/** One finding a region, each as wide as it goes; where there are very many the rest in one. */
export function gaps(inquiry: Inquiry): Finding[] {
  const boxes = listable(inquiry);
  if (boxes === null) return manyGaps(inquiry);
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

/** All regions; null if there are too many to list. */
function listable(inquiry: Inquiry): Box[] | null {
  const { meter } = inquiry;
  // half of what may be spent, so that one can still be shown
  const trial = new Meter(meter.left / 2);
  try {
    return gapBoxes({ ...inquiry, meter: trial }, inquiry.whole, MOST_PIECES);
  } catch (err) {
    if (err instanceof Spent) return null;
    throw err;
  } finally {
    meter.left -= meter.left / 2 - trial.left;
  }
}

/** That there are gaps is certain; a few of them stand for all. Any edit of a rule voids a waiver of these. */
function manyGaps(inquiry: Inquiry): Finding[] {
  const { model, meter, whole, doc } = inquiry;
  const some: Box[] = [];
  const emit = (piece: Box): boolean => some.push(piece) >= MOST_SHOWN;
  const covering = [...model.rules.flatMap(({ perhaps }) => perhaps), ...whole.except];
  for (const part of whole.within) if (uncovered({ layout: model.space.layout, meter, emit }, part, covering)) break;
  if (some.length === 0) throw new Spent();
  const found = gap(inquiry, { box: some[0]!, shape: some }, findingWords.gap_many);
  return [{ ...found, name: `gap:many:${shortHash([doc.rules, doc.conditions ?? null, doc.decision, doc.facts])}` }];
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
  const { doc, loaded } = inquiry;
  const { regions, witness } = shown(inquiry, shape);
  // a region made wide may begin with what cannot occur
  const isGap = witness !== null && decide(loaded, witness).because.kind === 'otherwise';
  const { type, params } = doc.decision.otherwise;
  return {
    code: 'gap',
    severity: 'error',
    name: `gap:${shortHash(shape.map((one) => exactly(settingOf(inquiry), one)))}`,
    rules: [],
    nodes: [],
    pointer: '/decision/otherwise',
    witness: isGap ? witness : shown(inquiry, [box]).witness,
    regions,
    text: filled(words, {
      region: regions[0]!.words,
      count: String(regions.length),
      outcome: outcomeText(doc, params === undefined ? { type } : { type, params }),
    }),
  };
}
