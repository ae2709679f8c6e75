import type { Ruleset } from '../../../schemas/ruleset.ts';
import { leavesIn } from '../../cells.ts';
import { titleOf } from '../../explain.ts';
import type { Finding, Inquiry } from '../finding.ts';
import { listed, nameOf, rulePointer, ruleWords } from '../finding.ts';
import { filled, findingWords } from '../sentences.ts';

/** By these a document is known to ask about graduation. */
const GRADUATION: readonly string[] = ['coursesFailed', 'creditsShort', 'electiveCreditsShort', 'studyMonths'];
/** What a skill certificate, or the way to one, says of a student. */
const CERTIFICATE: readonly string[] = [
  ...['eligibility', 'heldLevel', 'heldMonths', 'theoryScore', 'practicalScore', 'reviewScore', 'assessmentMark'],
  ...['processScore', 'preTechnician', 'titleLevel'],
];

/**
 * A certificate made a condition of graduation: colleges did so from 2010 on; the plan of 2017 lets only 准入类 qualifications be
 * tied to it. A conflict to show, not to solve: silent once the rule cites a law (domain.md §1).
 */
export function legalBasis(inquiry: Inquiry, rule: number): Finding[] {
  const { doc } = inquiry;
  if (doc.decision.subject !== 'pathway' || !GRADUATION.some((fact) => Object.hasOwn(doc.facts, fact))) return [];
  const leaves = [...leavesIn(doc, [doc.rules[rule]!.conditions]).values()].flat();
  const tied = leaves.filter(({ fact }) => CERTIFICATE.includes(fact));
  const name = nameOf(inquiry, rule);
  if (tied.length === 0 || citesLaw(doc, name)) return [];
  const titles = [...new Set(tied.map(({ fact }) => fact))].map((fact) => titleOf(doc, fact));
  return [
    {
      code: 'legal_basis_missing',
      severity: 'warning',
      name: `legal_basis_missing:${name}`,
      rules: [name],
      nodes: tied.map((leaf) => leaf.name),
      pointer: rulePointer(rule),
      witness: null,
      regions: [],
      text: filled(findingWords.legal_basis_missing, {
        rule: ruleWords(inquiry, rule),
        facts: {
          'zh-CN': listed(titles.map((title) => title['zh-CN']))['zh-CN'],
          en: listed(titles.map((title) => title.en)).en,
        },
      }),
    },
  ];
}

function citesLaw({ notes, sources }: Ruleset, rule: string): boolean {
  return (notes[rule]?.cites ?? []).some((cite) => sources[cite.slice(0, cite.indexOf('/'))]?.kind === 'law');
}
