import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allRoutes } from '../../api/all-routes.ts';
import { openApiOf } from '../../api/openapi.ts';
import { consoleTypes } from '../../bin/lib/console-types.ts';

interface Operation {
  operationId: string;
  summary: string;
  security: unknown[];
}
const document = JSON.parse(JSON.stringify(openApiOf(allRoutes))) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method} ${path}`),
);

test('openapi.json is what the routes say; otherwise run `npm run openapi`', () => {
  const committed = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));
  expect(committed).toEqual(document);
});

test('the contract has each route once, and no other', () => {
  expect(operations.sort()).toEqual(allRoutes.map(({ method, path }) => `${method} ${path}`).sort());
});

test('every operation has a name of its own', () => {
  const names = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(new Set(names).size).toBe(names.length);
});

test('web/src/api/schema.d.ts is what the contract says; otherwise run `npm run openapi`', async () => {
  const committed = readFileSync(new URL('../../web/src/api/schema.d.ts', import.meta.url), 'utf8');
  expect(committed).toBe(await consoleTypes(document));
});
