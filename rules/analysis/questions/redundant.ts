import type { Leaf, Node, Reference, Tree } from '../../../schemas/ruleset.ts';
import type { Text } from '../../../schemas/text.ts';
import { demandText, titleOf } from '../../explain.ts';
import { step } from '../../faults.ts';
import type { Box } from '../box.ts';
import { boxesOf } from '../boxes.ts';
import type { Finding, Inquiry } from '../finding.ts';
import { shown } from '../finding.ts';
import { firstPiece } from '../model.ts';
import type { Ground } from '../model.ts';
import { filled, findingWords, placeWords } from '../sentences.ts';
import { Spent } from '../uncovered.ts';

interface Place {
  tree: Tree;
  pointer: string;
  title: Text;
  rules: string[];
  ground: Ground;
}

/** Conditions of a rule that could be left out: in no whole case that reaches it would it come out otherwise. */
export function redundantInRule(inquiry: Inquiry, rule: number): Finding[] {
  const { name, conditions } = inquiry.doc.rules[rule]!;
  const title = filled(placeWords.rule, { name });
  const pointer = `/rules/${rule}/conditions`;
  return redundantIn(inquiry, { tree: conditions, pointer, title, rules: [name], ground: inquiry.whole });
}

/** The same of a shared condition, over all whole cases: only then is it so wherever it is used. */
export function redundantInCondition(inquiry: Inquiry, condition: string): Finding[] {
  const tree = inquiry.doc.conditions![condition]!;
  const title = filled(placeWords.condition, { name: condition });
  const pointer = `/conditions${step(condition)}`;
  const ground = { within: [inquiry.model.space.recorded], except: [] };
  return redundantIn(inquiry, { tree, pointer, title, rules: [], ground });
}

function redundantIn(inquiry: Inquiry, place: Place): Finding[] {
  const { model, doc } = inquiry;
  const full = boxesOf(model.space, doc, { tree: place.tree, reading: 'sure' });
  if (full === null) throw new Spent();
  // of a tree that never holds any part can be left out; that it never holds is what there is to say
  if (firstPiece({ model, meter: inquiry.meter, ground: place.ground, boxes: full }) === null) return [];
  return spareable(place.tree, place.pointer).flatMap(({ node, pointer }) => {
    const rest = boxesOf(model.space, doc, { tree: without(place.tree, node) as Tree, reading: 'sure' });
    if (rest === null) throw new Spent();
    return differ(inquiry, place, { full, rest }) ? [] : [redundancy(inquiry, { node, pointer, place, full })];
  });
}

function differ({ model, meter }: Inquiry, { ground }: Place, { full, rest }: { full: Box[]; rest: Box[] }): boolean {
  const sought = { model, meter, ground };
  return (
    firstPiece({ ...sought, boxes: rest, without: full }) !== null ||
    firstPiece({ ...sought, boxes: full, without: rest }) !== null
  );
}

interface Redundant {
  node: Leaf | Reference;
  pointer: string;
  place: Place;
  full: Box[];
}

function redundancy(inquiry: Inquiry, { node, pointer, place, full }: Redundant): Finding {
  const { doc, model, meter } = inquiry;
  const some = firstPiece({ model, meter, ground: place.ground, boxes: full });
  return {
    code: 'redundant_condition',
    severity: 'warning',
    name: `redundant_condition:${node.name}`,
    rules: place.rules,
    nodes: [node.name],
    pointer,
    ...shown(inquiry, some === null ? [] : [some]),
    text: filled(findingWords.redundant_condition, { place: place.title, demand: nodeText(doc, node) }),
  };
}

function nodeText(doc: Inquiry['doc'], node: Leaf | Reference): Text {
  if ('condition' in node) return { 'zh-CN': node.condition, en: node.condition };
  const title = titleOf(doc, node.fact);
  return {
    'zh-CN': `${title['zh-CN']}${demandText(doc, node, 'zh-CN')}`,
    en: `${title.en} ${demandText(doc, node, 'en')}`,
  };
}

/** Leaves and references that stand beside another part. */
function spareable(tree: Node, pointer: string): { node: Leaf | Reference; pointer: string }[] {
  if ('fact' in tree || 'condition' in tree) return [];
  if ('not' in tree) return spareable(tree.not, `${pointer}/not`);
  const [key, parts] = 'all' in tree ? (['all', tree.all] as const) : (['any', tree.any] as const);
  return parts.flatMap((part, i) => {
    const at = `${pointer}/${key}/${i}`;
    if (!('fact' in part) && !('condition' in part)) return spareable(part, at);
    return parts.length > 1 ? [{ node: part, pointer: at }] : [];
  });
}

function without(tree: Node, gone: Node): Node {
  if ('fact' in tree || 'condition' in tree) return tree;
  if ('not' in tree) return { not: without(tree.not, gone) };
  const rest = (parts: readonly Node[]): Node[] =>
    parts.filter((part) => part !== gone).map((part) => without(part, gone));
  return 'all' in tree ? { all: rest(tree.all) } : { any: rest(tree.any) };
}
