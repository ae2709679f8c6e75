import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { en } from '../../web/src/i18n/en/index.ts';
import { zhCN } from '../../web/src/i18n/zh-CN/index.ts';

type Tree = { readonly [key: string]: string | Tree };

/** `area.group.key` → words. */
function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : leaves(value, `${path}${key}.`),
  );
}

const chinese = new Map(leaves(zhCN as unknown as Tree));
const english = new Map(leaves(en as unknown as Tree));
const HAN = /\p{Script=Han}/u;

test('both languages have the same keys', () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
});

test('both languages fill the same places', () => {
  const placesOf = (words: string) => [...new Set(words.match(/\{\{\w+\}\}/g) ?? [])].sort();
  const different = [...chinese].filter(
    ([key, words]) => placesOf(words).join() !== placesOf(english.get(key) ?? '').join(),
  );
  expect(different.map(([key]) => key)).toEqual([]);
});

test('no words are empty where the other language has some', () => {
  const lopsided = [...chinese].filter(([key, words]) => (words === '') !== (english.get(key) === ''));
  expect(lopsided.map(([key]) => key)).toEqual([]);
});

test('the English side holds no Chinese but the name of the language and names of things kept in Chinese', () => {
  const allowed = new Set(['common.languageName.zh-CN', 'rules.try.nameHint']);
  const found = [...english].filter(([key, words]) => HAN.test(words) && !allowed.has(key) && !keptInChinese(words));
  expect(found.map(([key]) => key)).toEqual([]);
});

/** Marks and level words that are typed and printed in Chinese in either language stand in brackets or quotes. */
function keptInChinese(words: string): boolean {
  return !HAN.test(words.replace(/[（(“"‘'「][^）)”"’'」]*[）)”"’'」]/gu, ''));
}

test('no Chinese words stand in the code outside i18n', () => {
  const source = join(import.meta.dirname, '../../web/src');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.startsWith('i18n') && !name.endsWith('schema.d.ts'),
  );
  const found = files.flatMap((name) =>
    withoutComments(readFileSync(join(source, name), 'utf8'))
      .split('\n')
      .filter((line) => HAN.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
