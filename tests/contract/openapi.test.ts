import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { allRoutes } from '../../api/all-routes.ts';
import { openApiOf } from '../../api/openapi.ts';
import { nullsApart } from '../../schemas/api/nulls-apart.ts';
import { consoleTypes } from '../../bin/lib/console-types.ts';

interface Operation {
  operationId: string;
  summary: string;
  security: unknown[];
}
interface Component {
  type?: string | string[];
  enum?: unknown[];
  anyOf?: Component[];
  properties?: Record<string, unknown>;
}
const document = JSON.parse(JSON.stringify(openApiOf(allRoutes))) as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Component> };
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

test('a name means its schema alone: what may be null says so where it is used', () => {
  const byDesign = ['FactValue']; // a fact that is missing is null
  const nullable = Object.entries(document.components.schemas).filter(([, schema]) => admitsNull(schema));
  expect(nullable.map(([name]) => name)).toEqual(byDesign);

  const { Pathway: pathway } = document.components.schemas;
  expect(pathway?.properties?.rule).toEqual({
    anyOf: [{ $ref: '#/components/schemas/RuleInForce' }, { type: 'null' }],
  });
  expect(pathway?.properties?.noRule).toMatchObject({ description: expect.any(String) });
});

test('a named schema that may be null and need not be given keeps both', () => {
  const Coin = z.strictObject({ side: z.enum(['heads', 'tails']) }).meta({ id: 'Coin' });
  const first = nullsApart(z.strictObject({ a: Coin.nullable().optional(), b: z.array(Coin.nullable()), c: Coin }));

  expect(z.toJSONSchema(first)).toMatchObject({
    required: ['b', 'c'],
    additionalProperties: false,
    properties: {
      a: { anyOf: [{ $ref: '#/$defs/Coin' }, { type: 'null' }] },
      b: { items: { anyOf: [{ $ref: '#/$defs/Coin' }, { type: 'null' }] } },
      c: { $ref: '#/$defs/Coin' },
    },
  });
});

function admitsNull({ type, enum: values, anyOf = [] }: Component): boolean {
  return [type].flat().includes('null') || values?.includes(null) === true || anyOf.some(admitsNull);
}
