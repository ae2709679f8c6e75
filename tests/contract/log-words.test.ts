import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { admin } from '../../web/src/i18n/zh-CN/admin.ts';

const root = join(import.meta.dirname, '../..');

/** The whole of each call of `appendLeaf`, to its closing bracket. */
function callsIn(code: string): string[] {
  return [...code.matchAll(/\bappendLeaf\(\s*tx,/g)].map(({ index }) => {
    let depth = 0;
    for (let at = code.indexOf('(', index); at < code.length; at += 1) {
      if (code[at] === '(') depth += 1;
      if (code[at] === ')') depth -= 1;
      if (depth === 0) return code.slice(index, at);
    }
    throw new Error('a call without an end');
  });
}

/** What fills the hole of a kind that is put together; a new one has to be added here. */
const fillings: Readonly<Record<string, readonly string[]>> = {
  'sheet_${kind}': ['accepted', 'archived', 'returned', 'unlock_requested', 'unlocked', 'unlock_refused'],
  'operation_${input.to}': ['pause', 'resume', 'cancel'],
  'rule_${kind}_asked': ['resume', 'withdraw'],
};

const literalsIn = (code: string): string[] => [...code.matchAll(/'([a-z_]+)'/g)].map(([, literal = '']) => literal);

/** The kinds one call may write, from what stands after its `kind:`. */
function kindsOf(call: string, code: string): string[] {
  const [, written = ''] = /\bkind:\s*([^\n]*?)(?:,\s*(?:\n|[a-z]+[:,])|\n|\s\})/.exec(call) ?? [];
  const [, template] = /`([^`]+)`/.exec(written) ?? [];
  if (template !== undefined) {
    const hole = /\$\{[^}]+\}/;
    expect(Object.keys(fillings), 'a kind put together in a way this test does not know').toContain(template);
    return (fillings[template] ?? []).map((filling) => template.replace(hole, filling));
  }
  const [, table] = /^(\w+)\[/.exec(written) ?? [];
  if (table === undefined) return literalsIn(written);
  return literalsIn(new RegExp(`const ${table}\\b[^;]*`).exec(code)?.[0] ?? '');
}

const written = readdirSync(join(root, 'register'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((name) => {
    const code = readFileSync(join(root, 'register', name), 'utf8');
    return callsIn(code).map((call) => ({ name, kinds: kindsOf(call, code) }));
  });

test('every act that is logged is found by this test', () => {
  expect(written.length).toBeGreaterThan(50);
  expect(written.filter(({ kinds }) => kinds.length === 0).map(({ name }) => name)).toEqual([]);
});

test('the log has words for exactly the kinds of acts the register writes', () => {
  const kinds = [...new Set(written.flatMap((call) => call.kinds))].sort();
  expect(Object.keys(admin.log.kinds).sort()).toEqual(kinds);
});
