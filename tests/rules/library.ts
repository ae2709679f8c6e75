import { readdirSync, readFileSync } from 'node:fs';
import { parseStrictJson } from '../../rules/strict-json.ts';
import type { Leaf, Node, Ruleset } from '../../schemas/ruleset.ts';
import { addDays, dateNumber, dateText } from '../../schemas/time.ts';

const FOLDER = new URL('../../rules/library/', import.meta.url);

/** The shipped rule documents by file name, as the seed reads them. */
export function libraryDocuments(): [file: string, document: Ruleset][] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => [file, parseStrictJson(readFileSync(new URL(file, FOLDER), 'utf8')) as Ruleset]); // the lint test checks the shape
}

/** The documents of the example colleges, each by folder and file; they contradict one another and are never published together. */
export function collegeDocuments(): [file: string, document: Ruleset][] {
  const colleges = new URL('colleges/', FOLDER);
  return readdirSync(colleges)
    .sort()
    .flatMap((college) => {
      const folder = new URL(`${college}/`, colleges);
      return readdirSync(folder)
        .filter((file) => file.endsWith('.json'))
        .sort()
        .map((file): [string, Ruleset] => [
          `colleges/${college}/${file}`,
          parseStrictJson(readFileSync(new URL(file, folder), 'utf8')) as Ruleset,
        ]);
    });
}

export const shippedDocuments = (): [file: string, document: Ruleset][] => [
  ...libraryDocuments(),
  ...collegeDocuments(),
];

export function libraryDocument(id: string): Ruleset {
  return parseStrictJson(readFileSync(new URL(`${id}.json`, FOLDER), 'utf8')) as Ruleset;
}

/** Every leaf of rules, scope and named conditions. */
export function leavesOf(document: Ruleset): Leaf[] {
  const { scope } = document.decision;
  const roots: Node[] = [...document.rules.map((rule) => rule.conditions), ...Object.values(document.conditions ?? {})];
  if (scope !== undefined) roots.push(scope);
  return roots.flatMap(leavesUnder);
}

function leavesUnder(node: Node): Leaf[] {
  if ('all' in node) return node.all.flatMap(leavesUnder);
  if ('any' in node) return node.any.flatMap(leavesUnder);
  if ('not' in node) return leavesUnder(node.not);
  return 'fact' in node ? [node] : [];
}

const ORDERED = ['lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive'];

/** The leaves that hold a number against a bound. */
export const thresholdsOf = (document: Ruleset): Leaf[] =>
  leavesOf(document).filter(({ operator }) => ORDERED.includes(operator));

/** A value a step away: a date by a day of the calendar. */
export function stepped(document: Ruleset, fact: string, { value, by }: { value: number; by: number }): number {
  return document.facts[fact]?.type === 'date' ? dateNumber(addDays(dateText(value), by)) : value + by;
}

/** The document with one leaf changed, as an editor would: a table, if it has one, gives way to its rules. */
export function withLeaf(document: Ruleset, name: string, change: (leaf: Leaf) => void): Ruleset {
  const { table: _, ...next } = structuredClone(document);
  const leaf = leavesOf(next).find((found) => found.name === name);
  if (leaf === undefined) throw new Error(`${document.id} has no leaf ${name}`);
  change(leaf);
  return next;
}
