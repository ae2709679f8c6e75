import type { Leaf, Node } from '../../../schemas/ruleset.ts';
import type { Text } from '../../../schemas/text.ts';
import { leavesIn } from '../../cells.ts';
import { titleOf } from '../../explain.ts';
import { boxesOf } from '../boxes.ts';
import type { Finding, Inquiry } from '../finding.ts';
import { nameOf, rulePointer, ruleWords, shown } from '../finding.ts';
import { firstPiece, somePieces } from '../model.ts';
import { filled, findingWords } from '../sentences.ts';
import { Spent } from '../uncovered.ts';

const ASK_OF_NOTHING: readonly string[] = ['notEqual', 'notIn', 'notInList'];

/** A rule that an engine of two values would fire without a fact it needs. */
export function hazards(inquiry: Inquiry, rule: number): Finding[] {
  const { model, meter, gapped, doc } = inquiry;
  const tree = doc.rules[rule]!.conditions;
  const suspects = suspectLeaves(inquiry, tree);
  if (suspects.length === 0) return [];
  const boxes = boxesOf(model.space, doc, { tree, reading: 'two-valued' });
  if (boxes === null) throw new Spent();
  const without = model.rules[rule]!.sure;
  const sought = { model, meter, ground: gapped, boxes, without };
  if (firstPiece(sought) === null) return [];
  const regions = shown(inquiry, somePieces(sought, 8));
  const name = nameOf(inquiry, rule);
  const missing = suspects.filter(({ fact }) => regions.witness![fact] === null);
  return [
    {
      code: 'missing_data_hazard',
      severity: 'warning',
      name: `missing_data_hazard:${name}`,
      rules: [name],
      nodes: missing.map((leaf) => leaf.name),
      pointer: rulePointer(rule),
      ...regions,
      text: filled(findingWords.missing_data_hazard, {
        rule: ruleWords(inquiry, rule),
        region: missingWords(inquiry, missing),
      }),
    },
  ];
}

/** "「课程类别」尚未登记". */
function missingWords({ doc }: Inquiry, leaves: readonly Leaf[]): Text {
  const titles = [...new Set(leaves.map(({ fact }) => fact))].map((fact) => titleOf(doc, fact));
  return {
    'zh-CN': `${titles.map((title) => `「${title['zh-CN']}」`).join('、')}尚未登记`,
    en: `${titles.map((title) => `"${title.en}"`).join(', ')} not recorded`,
  };
}

/** Leaves that say something of a value that is not there: negative ones, and any under `not`. */
function suspectLeaves({ doc }: Inquiry, tree: Node): Leaf[] {
  const leaves = [...leavesIn(doc, [tree]).values()].flat();
  return hasNot(tree, doc.conditions ?? {})
    ? leaves
    : leaves.filter(({ operator }) => ASK_OF_NOTHING.includes(operator));
}

function hasNot(node: Node, conditions: Readonly<Record<string, Node>>): boolean {
  if ('condition' in node) return hasNot(conditions[node.condition]!, conditions);
  if ('fact' in node) return false;
  return 'not' in node || ('all' in node ? node.all : node.any).some((part) => hasNot(part, conditions));
}
