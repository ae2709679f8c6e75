import { describe, expect, test } from 'vitest';
import { allRoutes } from '../../api/all-routes.ts';
import { examplesOf, pickFields } from '../../schemas/api/common.ts';
import { pathFields } from '../../api/route.ts';
import { permissions } from '../../schemas/permissions.ts';
import { problemKinds } from '../../schemas/problem.ts';

/** Who may come without signing in is decided here by hand; a route added to this list is seen in review. */
const open = [
  'get /healthz',
  'get /problems/{code}',
  'get /v1/openapi.json',
  'post /v1/session',
  'get /v1/set-up',
  'post /v1/set-up',
  'get /v/{verificationId}',
  'get /v',
  'post /v',
  'get /v/{verificationId}/qr.svg',
  'get /v1/signing-keys',
];

describe.each(allRoutes.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', (name, route) => {
  test('names a permission that exists, or is known to be open', () => {
    if (route.permission === 'public') expect(open).toContain(name);
    else if (route.permission !== 'signed_in') expect(Object.keys(permissions)).toContain(route.permission);
  });

  test('takes a strict object with a field for each part of the address', () => {
    expect(Object.keys(route.input.shape)).toEqual(expect.arrayContaining(pathFields(route.path)));
    expect(
      route.input.safeParse({ a_field_nobody_has: 1 }).error?.issues.some(({ code }) => code === 'unrecognized_keys'),
    ).toBe(true);
  });

  test('says what it is in both languages, answers something, and refuses by known codes', () => {
    expect(route.summary['zh-CN']).toMatch(/[㐀-鿿]/);
    expect(route.summary.en).not.toMatch(/[㐀-鿿]/);
    expect(route.output).toBeTruthy();
    expect(Object.keys(problemKinds)).toEqual(expect.arrayContaining([...route.refuses]));
  });

  test('gives examples that it would take', () => {
    const inPath = pathFields(route.path);
    const body = pickFields(
      route.input,
      Object.keys(route.input.shape).filter((field) => !inPath.includes(field)),
    );
    for (const example of examplesOf(route.input)) expect(body.safeParse(example).error?.issues).toBeUndefined();
  });

  test('changes things only as a command with a key, or is known not to need one', () => {
    const free = ['post /v1/session', 'post /v1/users/search', ...keyless];
    if (route.method === 'get' || route.method === 'delete') expect(route.command).toBeUndefined();
    else if (!free.includes(name) && !route.path.endsWith('/search')) expect(route.command).toBe(true);
  });
});

/** They store nothing, or what they store is a draft under its own version. */
const keyless = [
  'post /v1/equivalences/evaluate',
  'post /v1/decisions/{id}/replay',
  'post /v1/rule-drafts/{id}/check',
  'post /v1/rule-drafts/{id}/try',
  'post /v1/rule-drafts/{id}/table',
  'post /v1/rule-sets/{id}/revisions/{revision}/try',
  'post /v',
];

test('no two routes answer the same address', () => {
  const names = allRoutes.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
  expect(new Set(names).size).toBe(names.length);
});
