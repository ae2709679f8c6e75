import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(path, 'utf8');
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...markdownIn('docs')];

function markdownIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownIn(path);
    return path.endsWith('.md') ? [path] : [];
  });
}

/** The names of a union type as the source spells it. */
function namesIn(source: string, type: string): string[] {
  const body = new RegExp(`export type ${type} =([^;]+);`).exec(source)?.[1] ?? '';
  return [...body.matchAll(/'([a-z_]+)'/g)].map((match) => match[1] as string);
}

test.each(pages)('every link of %s leads somewhere', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)#\s]+)(#[^)]*)?\)/g)].map((match) => match[1] as string);
  const broken = links.filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(dirname(page), link)));

  expect(broken).toEqual([]);
});

test('every stage of a pathway stands in the glossary', () => {
  const stages = namesIn(read('rules/stage.ts'), 'StageName');

  expect(stages.length).toBeGreaterThan(10);
  expect(stages.filter((stage) => !read('docs/glossary.md').includes(`| ${stage} |`))).toEqual([]);
});

test('every recorded decision is listed among the decisions', () => {
  const files = readdirSync('docs/adr').filter((file) => /^\d{4}-/.test(file));

  expect(files.filter((file) => !read('docs/adr/README.md').includes(file))).toEqual([]);
});

test('every npm script that the pages name exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/npm run ([a-z][a-z:-]*)/g)].map((match) => match[1] as string),
  );

  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
