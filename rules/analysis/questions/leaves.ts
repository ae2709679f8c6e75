import type { Leaf, Node } from '../../../schemas/ruleset.ts';
import { demandText, titleOf } from '../../explain.ts';
import { step } from '../../faults.ts';
import { boxesOf } from '../boxes.ts';
import type { Finding, Inquiry } from '../finding.ts';
import { filled, findingWords } from '../sentences.ts';
import { domainWords } from '../words.ts';

interface Found {
  leaf: Leaf;
  pointer: string;
  rules: string[];
}

/** Leaves that no value of their fact's domain satisfies. */
export function valuesOutside(inquiry: Inquiry): Finding[] {
  const { doc, model } = inquiry;
  return allLeaves(inquiry).flatMap(({ leaf, pointer, rules }): Finding[] => {
    if (boxesOf(model.space, doc, { tree: leaf, reading: 'sure' })!.length > 0) return [];
    const demand = { 'zh-CN': demandText(doc, leaf, 'zh-CN'), en: demandText(doc, leaf, 'en') };
    return [
      {
        code: 'value_outside_domain',
        severity: 'error',
        name: `value_outside_domain:${leaf.name}`,
        rules,
        nodes: [leaf.name],
        pointer,
        witness: null,
        regions: [],
        text: filled(findingWords.value_outside_domain, {
          title: titleOf(doc, leaf.fact),
          demand,
          domain: domainWords(doc, leaf.fact),
        }),
      },
    ];
  });
}

function allLeaves({ doc }: Inquiry): Found[] {
  const found: Found[] = [];
  const visit = (node: Node, pointer: string, rules: string[]): void => {
    if ('fact' in node) found.push({ leaf: node, pointer, rules });
    else if ('not' in node) visit(node.not, `${pointer}/not`, rules);
    else if (!('condition' in node)) {
      const key = 'all' in node ? 'all' : 'any';
      for (const [i, part] of ('all' in node ? node.all : node.any).entries())
        visit(part, `${pointer}/${key}/${i}`, rules);
    }
  };
  const { decision, conditions = {}, rules } = doc;
  if (decision.scope !== undefined) visit(decision.scope, '/decision/scope', []);
  for (const [i, { when }] of (decision.impossible ?? []).entries()) visit(when, `/decision/impossible/${i}/when`, []);
  for (const [id, tree] of Object.entries(conditions)) visit(tree, `/conditions${step(id)}`, []);
  for (const [i, rule] of rules.entries()) visit(rule.conditions, `/rules/${i}/conditions`, [rule.name]);
  return found;
}
