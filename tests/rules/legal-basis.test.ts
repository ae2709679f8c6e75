import { expect, test } from 'vitest';
import { analyse } from '../../rules/analysis/analyse.ts';
import type { Finding } from '../../rules/analysis/analyse.ts';
import { loadRuleset } from '../../rules/load.ts';
import { factCatalogue } from '../../schemas/facts.ts';
import type { Ruleset, Tree } from '../../schemas/ruleset.ts';
import { libraryDocument, libraryDocuments } from './library.ts';

/** The college's rule on graduation, with a certificate asked for besides. */
function withCertificate(change: (doc: Ruleset) => void = () => undefined): Ruleset {
  const doc = libraryDocument('conclusion.diploma');
  const { suppliedBy: _, ...heldLevel } = factCatalogue.pathway.heldLevel;
  doc.facts.heldLevel = { ...heldLevel, values: [...heldLevel.values] } as Ruleset['facts'][string];
  const graduates = doc.rules.find(({ event }) => event.type === 'grant')!;
  const held = {
    name: `${graduates.name}.certificate`,
    fact: 'heldLevel',
    operator: 'notEqual',
    value: 'none',
  } as const;
  graduates.conditions = { all: [graduates.conditions, held] } as Tree;
  change(doc);
  return doc;
}

const warnings = (doc: Ruleset): Finding[] =>
  analyse(loadRuleset(doc)).findings.filter(({ code }) => code === 'legal_basis_missing');

test('a certificate as a condition of graduation is a warning that names its rule, node and source', () => {
  const doc = withCertificate();
  const { name } = doc.rules.find(({ event }) => event.type === 'grant')!;

  expect(warnings(doc)).toMatchObject([
    { severity: 'warning', name: `legal_basis_missing:${name}`, rules: [name], nodes: [`${name}.certificate`] },
  ]);
  expect(warnings(doc)[0]!.text['zh-CN']).toContain('人社部发〔2017〕2号');
});

test('citing a law settles it', () => {
  const doc = withCertificate(({ rules, notes, sources }) => {
    sources.LAW = { kind: 'law', title: { 'zh-CN': '法', en: 'act' }, articles: { '1': '（示例）' } };
    notes[rules.find(({ event }) => event.type === 'grant')!.name]!.cites.push('LAW/1');
  });

  expect(warnings(doc)).toEqual([]);
});

test('no document of the library does so', () => {
  expect(libraryDocuments().flatMap(([, doc]) => warnings(doc))).toEqual([]);
});
