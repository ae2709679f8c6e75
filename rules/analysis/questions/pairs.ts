import { absorbed, covers, meet, meets } from '../box.ts';
import type { Box } from '../box.ts';
import { outcomeText } from '../../explain.ts';
import type { Finding, Inquiry } from '../finding.ts';
import { nameOf, rulePointer, ruleWords, shown } from '../finding.ts';
import { firstPiece, somePieces } from '../model.ts';
import { filled, findingWords } from '../sentences.ts';

const MOST_PIECES = 24;

/** Two rules that hold together where only one may, neither being an exception to the other. */
export function conflict(inquiry: Inquiry, rule: number, other: number): Finding[] {
  const { model, meter, whole, doc } = inquiry;
  const { exceptions, eventKeys } = model.plan;
  const combine = doc.decision.combine ?? 'unique';
  const isSame = eventKeys[rule] === eventKeys[other];
  if ((combine !== 'unique' && combine !== 'agree') || (combine === 'agree' && isSame)) return [];
  if (exceptions[rule]!.includes(other) || exceptions[other]!.includes(rule)) return [];
  const boxes = common(inquiry, rule, other);
  if (boxes.length === 0) return [];
  const without = [...exceptions[rule]!, ...exceptions[other]!].flatMap((one) => model.rules[one]!.sure);
  const pieces = somePieces({ model, meter, ground: whole, boxes, without }, MOST_PIECES);
  if (pieces.length === 0) return [];
  const names = [nameOf(inquiry, rule), nameOf(inquiry, other)];
  const code = isSame ? 'overlap' : 'conflict';
  const regions = shown(inquiry, pieces);
  return [
    {
      code,
      severity: 'error',
      name: `${code}:${names.join(':')}`,
      rules: names,
      nodes: [],
      pointer: rulePointer(other),
      ...regions,
      text: filled(findingWords[code], {
        rule: ruleWords(inquiry, rule),
        other: ruleWords(inquiry, other),
        event: eventText(inquiry, rule),
        otherEvent: eventText(inquiry, other),
        region: regions.regions[0]!.words,
      }),
    },
  ];
}

function eventText({ doc }: Inquiry, rule: number): ReturnType<typeof outcomeText> {
  const { type, params } = doc.rules[rule]!.event;
  return outcomeText(doc, params === undefined ? { type } : { type, params });
}

function common({ model }: Inquiry, rule: number, other: number): Box[] {
  const both: Box[] = [];
  for (const box of model.rules[rule]!.sure)
    for (const second of model.rules[other]!.sure) {
      const met = meets(model.space.layout, box, second) ? meet(model.space.layout, box, second) : null;
      if (met !== null) both.push(met);
    }
  return absorbed(both);
}

/** A rule that adds nothing: wherever it holds, another one holds with the same event. */
export function subsumed(inquiry: Inquiry, rule: number, other: number): Finding[] {
  const { model, meter, whole } = inquiry;
  if (model.plan.eventKeys[rule] !== model.plan.eventKeys[other]) return [];
  const boxes = model.rules[rule]!.sure;
  const without = model.rules[other]!.sure;
  if (!boxes.some((box) => without.some((wider) => meets(model.space.layout, box, wider)))) return [];
  const isWithin = boxes.every((box) => without.some((wider) => covers(wider, box)));
  if (!isWithin && firstPiece({ model, meter, ground: whole, boxes, without }) !== null) return [];
  const some = firstPiece({ model, meter, ground: whole, boxes });
  if (some === null || !mayStandFor(inquiry, rule, other)) return [];
  const names = [nameOf(inquiry, rule), nameOf(inquiry, other)];
  return [
    {
      code: 'subsumed',
      severity: 'warning',
      name: `subsumed:${names.join(':')}`,
      rules: names,
      nodes: [],
      pointer: rulePointer(rule),
      ...shown(inquiry, [some]),
      text: filled(findingWords.subsumed, { rule: ruleWords(inquiry, rule), other: ruleWords(inquiry, other) }),
    },
  ];
}

/** Equal events that are not added up, with nothing between or above them that tells the two apart. */
function mayStandFor(inquiry: Inquiry, rule: number, other: number): boolean {
  const { model, doc, meter, whole } = inquiry;
  const { eventKeys, exceptions, names } = model.plan;
  const { combine } = doc.decision;
  if (combine === 'sum' || eventKeys[rule] !== eventKeys[other]) return false;
  const isEntangled = (one: number): boolean =>
    exceptions[one]!.length > 0 || exceptions.some((others) => others.includes(one));
  if (isEntangled(rule) || isEntangled(other)) return false;
  if (combine !== 'first') return true;
  // an earlier rule makes this one unreachable instead
  if (other < rule) return false;
  const between = names.map((_, one) => one).slice(rule + 1, other);
  return between.every(
    (one) =>
      eventKeys[one] === eventKeys[rule] ||
      firstPiece({ model, meter, ground: whole, boxes: common(inquiry, rule, one) }) === null,
  );
}
