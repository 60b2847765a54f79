import { api } from '@/api';
import { unwrap } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';

const RARELY = 5 * 60_000;

export const ticketTypesQuery = () =>
  queryOptions({
    queryKey: ['ticket-types'],
    staleTime: RARELY,
    queryFn: ({ signal }) => unwrap(api.http.GET('/ticket-types', { signal })),
  });

export const prioritiesQuery = () =>
  queryOptions({
    queryKey: ['priorities'],
    staleTime: RARELY,
    queryFn: ({ signal }) => unwrap(api.http.GET('/priorities', { signal })),
  });

/** A few tickets that satisfy a filter, for panels. */
export const fewTicketsQuery = (q: string, limit = 6) =>
  queryOptions({
    queryKey: ['tickets', 'list', 'few', q, limit],
    queryFn: ({ signal }) => unwrap(api.http.GET('/tickets', { params: { query: { q, limit, sort: '-updatedAt' } }, signal })),
  });
