import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, test, vi } from 'vitest';
import { keyed, newKey } from '../../web/src/api/client.ts';
import { studentsQuery } from '../../web/src/api/students.ts';
import { studentsSearch } from '../../web/src/search/students.ts';

/** Answers every call with an empty page and keeps the requests; in place before the client takes hold of `fetch`. */
const seen = vi.hoisted(() => {
  const requests: Request[] = [];
  globalThis.fetch = async (request) => {
    requests.push(request as Request); // openapi-fetch hands over nothing else
    return Response.json({ items: [], next: null });
  };
  return requests;
});

beforeEach(() => {
  seen.length = 0;
});

const client = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });

test('what is typed to find a person travels in the body and never in the address', async () => {
  await client().fetchInfiniteQuery(studentsQuery({ cohort: 2023 }, '赵立春'));
  const [request] = seen;
  expect(request?.method).toBe('POST');
  expect(decodeURIComponent(request?.url ?? '')).not.toContain('赵立春');
  expect(await request?.json()).toMatchObject({ text: '赵立春', cohort: 2023 });
});

test('filters alone are an address that can be copied', async () => {
  await client().fetchInfiniteQuery(studentsQuery({ target: 'four', stage: 'sign_off' }, ''));
  const url = new URL(seen[0]?.url ?? '');
  expect(url.pathname).toBe('/v1/students');
  expect(Object.fromEntries(url.searchParams)).toMatchObject({ target: 'skill', level: 'four', stage: 'sign_off' });
});

test('an address with a filter that does not exist shows the list without it', () => {
  expect(studentsSearch.parse({ stage: 'nonsense', cohort: '2023', verdict: 'grant' })).toEqual({
    stage: undefined,
    cohort: 2023,
    verdict: 'grant',
  });
});

test('a command carries a fresh UUIDv7 as its key', () => {
  const v7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const keys = [newKey(), newKey(), keyed().params.header['Idempotency-Key']];
  for (const key of keys) expect(key).toMatch(v7);
  expect(new Set(keys).size).toBe(3);
});
