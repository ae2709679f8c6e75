import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';

export type Preview = components['schemas']['Preview'];
export type Result = NonNullable<Preview['result']>;

const POLL_MS = 1500;
const running: readonly Preview['state'][] = ['waiting', 'running', 'paused'];

/** A preview, asked again while it runs. */
export function usePreview(id: string) {
  return useQuery({
    queryKey: ['preview', id],
    queryFn: () => answer(api.GET('/v1/previews/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && running.includes(state.data.state) ? POLL_MS : false),
  });
}
