import { covers, meets } from '../box.ts';
import type { Box } from '../box.ts';
import type { Finding, Inquiry } from '../finding.ts';
import { listed, nameOf, rulePointer, ruleWords, shown } from '../finding.ts';
import { firstPiece } from '../model.ts';
import { filled, findingWords } from '../sentences.ts';
import { uncovered } from '../uncovered.ts';

/** A rule that no lawful case can fire. */
export function neverFires(inquiry: Inquiry, rule: number): Finding[] {
  const { model, meter, gapped } = inquiry;
  if (firstPiece({ model, meter, ground: gapped, boxes: model.rules[rule]!.sure }) !== null) return [];
  const name = nameOf(inquiry, rule);
  return [
    {
      code: 'never_fires',
      severity: 'error',
      name: `never_fires:${name}`,
      rules: [name],
      nodes: [],
      pointer: rulePointer(rule),
      witness: null,
      regions: [],
      text: filled(findingWords.never_fires, { rule: ruleWords(inquiry, rule) }),
    },
  ];
}

/** A rule that holds in every whole case that reaches the rules. */
export function alwaysFires(inquiry: Inquiry, rule: number): Finding[] {
  const { model, meter, whole } = inquiry;
  const { layout } = model.space;
  const { sure } = model.rules[rule]!;
  const emit = (): boolean => true;
  // most rules leave much of the first part out, and are done with here
  for (const part of whole.within)
    if (!sure.some((box) => covers(box, part)) && uncovered({ layout, meter, emit }, part, [...sure, ...whole.except]))
      return [];
  const some = firstPiece({ model, meter, ground: whole, boxes: sure });
  if (some === null) return [];
  const name = nameOf(inquiry, rule);
  return [
    {
      code: 'always_fires',
      severity: 'warning',
      name: `always_fires:${name}`,
      rules: [name],
      nodes: [],
      pointer: rulePointer(rule),
      ...shown(inquiry, [some]),
      text: filled(findingWords.always_fires, { rule: ruleWords(inquiry, rule) }),
    },
  ];
}

/** A rule that fires, but where another one always decides instead. */
export function unreachable(inquiry: Inquiry, rule: number): Finding[] {
  const { model, meter, whole } = inquiry;
  const rivals = rivalsOf(inquiry, rule);
  if (rivals.length === 0) return [];
  const sought = { model, meter, ground: whole, boxes: model.rules[rule]!.sure };
  const some = firstPiece(sought);
  if (some === null || firstPiece({ ...sought, without: rivals.flatMap(({ boxes }) => boxes) }) !== null) return [];
  const { layout } = model.space;
  const deciding = rivals.filter(({ boxes }) =>
    boxes.some((box) => sought.boxes.some((own) => meets(layout, own, box))),
  );
  const [name, others] = [nameOf(inquiry, rule), deciding.map((rival) => nameOf(inquiry, rival.rule))];
  return [
    {
      code: 'unreachable',
      severity: 'error',
      name: `unreachable:${name}`,
      rules: [name, ...others],
      nodes: [],
      pointer: rulePointer(rule),
      ...shown(inquiry, [some]),
      text: filled(findingWords.unreachable, { rule: ruleWords(inquiry, rule), others: listed(others) }),
    },
  ];
}

/** The rules that decide in place of this one, and where: its exceptions; of ordered rules all before it. */
function rivalsOf({ model, meter, doc }: Inquiry, rule: number): { rule: number; boxes: readonly Box[] }[] {
  const { exceptions } = model.plan;
  const rivals = exceptions[rule]!.map((other) => ({ rule: other, boxes: model.rules[other]!.sure }));
  if (doc.decision.combine !== 'first') return rivals;
  for (let other = 0; other < rule; other += 1) rivals.push({ rule: other, boxes: standing({ model, meter }, other) });
  return rivals;
}

/** Where a rule holds and none of its exceptions does. */
function standing({ model, meter }: Pick<Inquiry, 'model' | 'meter'>, rule: number): readonly Box[] {
  const { sure } = model.rules[rule]!;
  const exceptions = model.plan.exceptions[rule]!;
  if (exceptions.length === 0) return sure;
  const left: Box[] = [];
  const without = exceptions.flatMap((other) => model.rules[other]!.sure);
  const emit = (piece: Box): boolean => left.push(piece) < 0;
  for (const box of sure) uncovered({ layout: model.space.layout, meter, emit }, box, without);
  return left;
}
