import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { StudentsSearch } from '../search/students.ts';
import { answer, api } from './client.ts';
import type { components, paths } from './schema.d.ts';

export type StudentItem = components['schemas']['StudentItem'];
export type Student = components['schemas']['Student'];
export type Pathway = components['schemas']['Pathway'];
export type StudentEvent =
  paths['/v1/students/{id}/events']['get']['responses'][200]['content']['application/json']['items'][number];

const PAGE = 60;
const SOON_MS = 2_500;

/** The list under these filters; with typed text it is asked for in a body, since names stay out of addresses. */
export function studentsQuery({ target, ...filters }: StudentsSearch, find: string) {
  const about =
    target === undefined ? {} : target === 'diploma' ? { target } : { target: 'skill' as const, level: target };
  const asked = { ...filters, ...about, limit: PAGE };
  return infiniteQueryOptions({
    queryKey: ['students', asked, find],
    queryFn: ({ pageParam }) => {
      const page = { ...asked, ...(pageParam === null ? {} : { cursor: pageParam }) };
      return find === ''
        ? answer(api.GET('/v1/students', { params: { query: page } }))
        : answer(api.POST('/v1/students/search', { body: { ...page, text: find } }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

export const cohortsQuery = queryOptions({ queryKey: ['cohorts'], queryFn: () => answer(api.GET('/v1/cohorts')) });

const byId = (id: string) => ({ params: { path: { id } } });
/** Read again while the system has something to do: a decision made or a certificate signed shows itself. */
export const studentQuery = (id: string) =>
  queryOptions({
    queryKey: ['student', id],
    queryFn: () => answer(api.GET('/v1/students/{id}', byId(id))),
    refetchInterval: ({ state }) =>
      state.data?.pathways.some(({ stage }) => stage.waitingOn?.role === 'system') ? SOON_MS : false,
  });
export const coursesQuery = (id: string) =>
  queryOptions({
    queryKey: ['student', id, 'courses'],
    queryFn: () => answer(api.GET('/v1/students/{id}/courses', byId(id))),
  });
export const coverageQuery = (id: string) =>
  queryOptions({
    queryKey: ['student', id, 'coverage'],
    queryFn: () => answer(api.GET('/v1/students/{id}/coverage', byId(id))),
  });
export const outcomesQuery = (id: string) =>
  queryOptions({
    queryKey: ['student', id, 'outcomes'],
    queryFn: () => answer(api.GET('/v1/students/{id}/outcomes', byId(id))),
  });
export const decisionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['student', id, 'decisions'],
    queryFn: () => answer(api.GET('/v1/students/{id}/decisions', byId(id))),
  });
export const eventsQuery = (id: string) =>
  queryOptions({
    queryKey: ['student', id, 'events'],
    queryFn: () => answer(api.GET('/v1/students/{id}/events', byId(id))),
  });
