import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cacheFolder, projectRoot } from '../../bin/lib/host.mjs';

/** What each folder must not import, as a line of source. Every one stands in a file of its own. */
const breaches: Record<string, readonly string[]> = {
  schemas: [`import '../rules/clean.ts';`, `import 'koa';`, `import 'node:fs';`],
  rules: [`import '../db/clean.ts';`, `import 'node:fs';`, `import 'zod';`, `import 'json-rules-engine';`],
  db: [`import '../register/clean.ts';`, `import 'zod';`, `import type { Context } from 'koa';`],
  register: [`import 'knex';`, `import '../api/clean.ts';`, `import 'node:fs';`, `import '../signer/clean.ts';`],
  documents: [`import '../register/clean.ts';`, `import '../db/clean.ts';`, `import 'koa';`],
  'documents/payload': [`import 'pdfkit';`, `import '../clean.ts';`],
  signer: [`import '../register/clean.ts';`, `import '../documents/clean.ts';`, `import 'knex';`],
  activities: [`import '../db/clean.ts';`, `import '../workflows/clean.ts';`, `import '@temporalio/worker';`],
  workflows: [`import '../rules/clean.ts';`, `import 'zod';`, `import '@temporalio/client';`],
  api: [`import '../db/clean.ts';`, `import '@temporalio/client';`, `import 'zod';`, `import '../workflows/clean.ts';`],
  'web/src': [`import '../../schemas/clean.ts';`, `import '../../rules/clean.ts';`, `import 'zod';`, `import 'koa';`],
  bin: [`import '../signer/clean.ts';`],
};

/** What the same folders may import. */
const allowed: Record<string, readonly string[]> = {
  schemas: [`import 'zod';`],
  rules: [`import '../schemas/clean.ts';`, `import { createHash } from 'node:crypto';`],
  db: [`import 'knex';`, `import 'node:fs';`],
  register: [`import '../db/clean.ts';`, `import 'node:crypto';`],
  documents: [`import 'pdfkit';`, `import './payload/clean.ts';`],
  signer: [`import '../documents/payload/clean.ts';`, `import 'sqlite3';`],
  activities: [
    `import '../register/clean.ts';`,
    `import '../workflows/messages.ts';`,
    `import '@temporalio/activity';`,
  ],
  workflows: [`import '@temporalio/workflow';`, `import type { Clean } from '../rules/clean.ts';`],
  api: [`import '../register/clean.ts';`, `import 'koa';`, `import 'node:stream';`],
  'web/src': [`import 'react';`, `import 'antd';`],
  'web/src/search': [`import 'zod';`],
  bin: [`import '../register/clean.ts';`, `import '@temporalio/worker';`],
};

let folder: string;
let found: Set<string>;

beforeAll(() => {
  folder = mkdtempSync(join(cacheFolder('test'), 'imports-'));
  symlinkSync(join(projectRoot, 'node_modules'), join(folder, 'node_modules'));
  write('tsconfig.json', '{ "compilerOptions": { "module": "nodenext", "allowImportingTsExtensions": true } }');
  write('workflows/messages.ts', `import './clean.ts';`);
  write('schemas/ring-a.ts', `import './ring-b.ts';`);
  write('schemas/ring-b.ts', `import './ring-a.ts';`);
  for (const name of new Set([...Object.keys(breaches), ...Object.keys(allowed)])) {
    write(`${name}/clean.ts`, 'export type Clean = string;');
    breaches[name]?.forEach((line, i) => write(`${name}/breach-${i}.ts`, line));
    allowed[name]?.forEach((line, i) => write(`${name}/allowed-${i}.ts`, line));
  }
  found = violations();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${text}\n`);
}

function violations(): Set<string> {
  const script = join(projectRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(projectRoot, '.dependency-cruiser.cjs');
  const folders = [...new Set(Object.keys(breaches).map((name) => name.split('/')[0] ?? name))];
  const args = [script, '--config', config, '--output-type', 'json', ...folders];
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const output = execFileSync(process.execPath, args, options);
  const { summary } = JSON.parse(output) as { summary: { violations: { from: string }[] } };
  return new Set(summary.violations.map(({ from }) => from));
}

test('every planted breach of the import table is found', () => {
  const planted = Object.entries(breaches).flatMap(([name, lines]) => lines.map((_, i) => `${name}/breach-${i}.ts`));

  expect(planted.filter((file) => !found.has(file))).toEqual([]);
  expect(found).toContain('workflows/messages.ts');
  expect([...found].some((file) => file.startsWith('schemas/ring-'))).toBe(true);
});

test('what the table allows is not refused', () => {
  expect([...found].filter((file) => /\/(allowed-\d+|clean)\.ts$/.test(file))).toEqual([]);
});
