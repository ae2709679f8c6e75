import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answer, api } from '../../api/client.ts';
import type { components } from '../../api/schema.d.ts';

export type Operation = components['schemas']['Operation'];

const POLL_MS = 3_000;
const isOver = (operation: Operation | undefined): boolean =>
  operation?.state === 'finished' || operation?.state === 'cancelled';

/** A job as it goes: by server-sent events, by asking every few seconds where those do not come through. */
export function useOperation(id: string) {
  const client = useQueryClient();
  const [live, setLive] = useState(false);
  const query = useQuery({
    queryKey: ['operation', id],
    queryFn: () => answer(api.GET('/v1/operations/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : POLL_MS),
  });
  const over = isOver(query.data);
  useEffect(() => {
    if (over || typeof EventSource === 'undefined') return undefined;
    const source = new EventSource(`/v1/operations/${id}/events`);
    source.addEventListener('open', () => setLive(true));
    source.addEventListener('error', () => setLive(false));
    source.addEventListener('state', ({ data }) => client.setQueryData(['operation', id], JSON.parse(String(data))));
    source.addEventListener('progress', ({ data }) => {
      const { done, refused } = JSON.parse(String(data)) as { done: number; refused: number };
      client.setQueryData<Operation>(
        ['operation', id],
        (was) => was && { ...was, done, refused, waiting: was.total - done - refused },
      );
    });
    return () => source.close();
  }, [id, over, client]);
  return { ...query, live: live && !over };
}
