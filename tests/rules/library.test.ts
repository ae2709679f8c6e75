import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { equivalenceCycles } from '../../rules/analysis/cycles.ts';
import { decide } from '../../rules/decide.ts';
import { lintRuleset } from '../../rules/dialect.ts';
import { loadRuleset } from '../../rules/load.ts';
import type { TestReport } from '../../rules/run-tests.ts';
import { runTests } from '../../rules/run-tests.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { collegeDocuments, leavesOf, libraryDocuments, shippedDocuments, stepped, thresholdsOf } from './library.ts';

const expected = [
  'conclusion.diploma',
  'conclusion.skill-certificate',
  'credit.contest-award',
  'credit.prior-course',
  'credit.skill-certificate',
  'credit.x-certificate',
  'eligibility.skill-level.2018',
  'eligibility.skill-level.2023',
  'policy.teaching',
  'title.catalogue-standing',
  'title.contest-to-level',
  'title.qualification-to-title',
  'title.skill-to-title',
  'title.technician-education',
];

test('the library holds every document of the main job, each in the file of its id', () => {
  const documents = libraryDocuments();

  expect(documents.map(([, { id }]) => id)).toEqual(expected);
  expect(documents.map(([file]) => file)).toEqual(expected.map((id) => `${id}.json`));
});

test('the example colleges have their documents in folders of their own, which the seed does not read', () => {
  expect(collegeDocuments().map(([file]) => file)).toEqual([
    'colleges/adult-education/credit.adult-education.json',
    'colleges/chongqing-gongshang/credit.chongqing-gongshang.json',
    'colleges/liming/credit.liming.json',
    'colleges/shandong-yishu/credit.shandong-yishu.json',
    'colleges/technician/credit.single-skill.json',
  ]);
});

test('docs/library.md names every document', () => {
  const page = readFileSync(new URL('../../docs/library.md', import.meta.url), 'utf8');
  const folders = collegeDocuments().map(([file]) => file.split('/')[1] ?? file);
  // documents of one topic share a row: the second is named by the end of its id
  const isNamed = (id: string): boolean => page.includes(`\`${id}\``) || page.includes(`\`.${id.split('.').at(-1)}\``);

  expect(expected.filter((id) => !isNamed(id))).toEqual([]);
  expect(folders.filter((folder) => !page.includes(`| \`${folder}\` |`))).toEqual([]);
});

test('no source of the library is passed off as compared with the text of its issuer', () => {
  const confirmed = shippedDocuments().flatMap(([file, { sources }]) =>
    Object.entries(sources).flatMap(([id, { unconfirmed }]) => (unconfirmed ? [] : [`${file} ${id}`])),
  );

  expect(confirmed).toEqual([]);
});

test('no document of an example college raises a level by going round with the rest of the library', () => {
  const library = libraryDocuments().map(([, document]) => loadRuleset(document));

  for (const [file, document] of collegeDocuments())
    expect(equivalenceCycles([...library, loadRuleset(document)]), file).toEqual([]);
});

describe.each(shippedDocuments())('%s', (_file, document) => {
  let reports: TestReport[];
  beforeAll(async () => {
    reports = lintRuleset(document).length > 0 ? [] : await runTests(loadRuleset(document));
  });

  test('has no fault', () => {
    expect(lintRuleset(document)).toEqual([]);
  });

  test('its own tests pass on both evaluators and the checker', () => {
    expect(reports.filter(({ passed }) => !passed)).toEqual([]);
    expect(reports).toHaveLength(document.tests.cases.length);
  });

  test('each rule fires in one test and does not in another', () => {
    const fired = document.rules.map(({ name }) => reports.filter(({ got }) => got.fired.includes(name)).length);
    const lazy = document.rules.filter((_, i) => fired[i] === 0 || fired[i] === reports.length).map(({ name }) => name);

    expect(lazy).toEqual([]);
  });

  test('each bound is tested at, one step under and one step over, and its fact missing', () => {
    const tried = valuesTried(document);
    const untested = thresholdsOf(document).filter(
      ({ fact, value }) => !surrounding(document, fact, Number(value)).every((wanted) => tried(fact).has(wanted)),
    );

    expect(untested.map(({ name, value }) => `${name} ${String(value)}`)).toEqual([]);
  });

  test('a missing fact makes a test wait', () => {
    expect(document.tests.cases.some(({ expect: { type } }) => type === 'undetermined')).toBe(true);
  });

  test('a grant or denial in the face of a missing fact holds whatever its value', () => {
    const loaded = loadRuleset(document);
    const cases = document.tests.cases.map(({ facts }) => ({ ...document.tests.base, ...facts }));

    for (const facts of cases) {
      const { type, params } = decide(loaded, facts);
      if (type !== 'grant' && type !== 'deny') continue;
      for (const fact of Object.keys(facts).filter((id) => facts[id] === null))
        for (const value of cellsOf(document, fact))
          expect(decide(loaded, { ...facts, [fact]: value })).toMatchObject(params ? { type, params } : { type });
    }
  });

  test('every rule cites its source, and every article is cited', () => {
    const articles = Object.entries(document.sources).flatMap(([source, { articles: texts }]) =>
      Object.keys(texts).map((article) => `${source}/${article}`),
    );
    const cited = new Set(Object.values(document.notes).flatMap(({ cites }) => cites));

    expect(articles.filter((article) => !cited.has(article))).toEqual([]);
  });

  test('every condition is explained in both languages', () => {
    const explained = Object.keys(document.explain ?? {});
    const bare = leavesOf(document).filter(
      ({ name }) => !explained.some((key) => (key.startsWith('*.') ? name.endsWith(key.slice(1)) : key === name)),
    );

    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  test('says in both languages what it is for, as a first revision of the library', () => {
    expect(document).toMatchObject({
      revision: 1,
      change: { author: 'library' },
      validity: { timeZone: 'Asia/Shanghai' },
    });
    expect(document.supersedes).toBeUndefined();
  });
});

function valuesTried({ tests }: Ruleset): (fact: string) => Set<unknown> {
  return (fact) => new Set(tests.cases.map(({ facts }) => (fact in facts ? facts[fact] : tests.base[fact])));
}

/** The bound, its neighbours inside the fact's domain, and no value at all. */
function surrounding(document: Ruleset, fact: string, bound: number): (number | null)[] {
  const domain = document.facts[fact];
  if (domain === undefined || !('min' in domain)) return [];
  const near = [-1, 0, 1]
    .map((by) => stepped(document, fact, { value: bound, by }))
    .filter((value) => value >= domain.min && value <= domain.max);
  return [...near, null];
}

/** A value out of each cell that the document's bounds cut the fact's domain into. */
function cellsOf(document: Ruleset, fact: string): (number | string | boolean)[] {
  const domain = document.facts[fact];
  if (domain === undefined || domain.type === 'list') return [];
  if (domain.type === 'boolean') return [true, false];
  if (domain.type === 'enum') return domain.values ?? [];
  const bounds = thresholdsOf(document).filter((leaf) => leaf.fact === fact);
  return [
    domain.min,
    domain.max,
    ...bounds.flatMap(({ value }) => [-1, 0, 1].map((by) => stepped(document, fact, { value: Number(value), by }))),
  ].filter((value) => value >= domain.min && value <= domain.max);
}
