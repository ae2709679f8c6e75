import { QueryClient } from '@tanstack/react-query';
import { Refused } from './client.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && !(error instanceof Refused),
    },
    mutations: { retry: false },
  },
});
