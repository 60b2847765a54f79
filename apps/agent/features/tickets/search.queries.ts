import { api } from '@/api';
import { unwrap } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';

/** Tickets, companies and contacts that answer a few words. */
export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) => unwrap(api.http.GET('/search', { params: { query: { q, limit: 8 } }, signal })),
    staleTime: 10_000,
  });
