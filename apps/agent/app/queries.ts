import { ApiProblem } from '@opora/client';
import { QueryClient } from '@tanstack/react-query';

/** Answers stay good for half a minute: live news refreshes them sooner. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => error instanceof ApiProblem && error.isOffline && failures < 4,
        retryDelay: (attempt) => Math.min(8000, 700 * 2 ** attempt),
      },
      mutations: { retry: false },
    },
  });
}
