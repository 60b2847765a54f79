import { api } from '@/api';
import { unwrap } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';

const RARELY = 5 * 60_000;

/** Types one may choose, named in the reader's language. */
export const ticketTypesQuery = () =>
  queryOptions({
    queryKey: ['ticket-types', 'choices'],
    staleTime: RARELY,
    queryFn: async ({ signal }) => {
      const { data } = await unwrap(api.http.GET('/ticket-types', { signal }));
      return data
        .filter(({ archivedAt }) => archivedAt === null)
        .map(({ id, code, label, isInner, isDefault }) => ({ id, code, name: label, isInner, isDefault }));
    },
  });

/** Priorities, named in the reader's language. */
export const prioritiesQuery = () =>
  queryOptions({
    queryKey: ['priorities', 'choices'],
    staleTime: RARELY,
    queryFn: async ({ signal }) => {
      const { data } = await unwrap(api.http.GET('/priorities', { signal }));
      return data
        .filter(({ archivedAt }) => archivedAt === null)
        .map(({ id, code, label, color, isDefault }) => ({ id, code, name: label, color, isDefault }));
    },
  });

/** How impact and urgency make a priority, where the organisation weighs them. */
export const priorityMatrixQuery = () =>
  queryOptions({
    queryKey: ['priority-matrix'],
    staleTime: RARELY,
    retry: false,
    queryFn: ({ signal }) => unwrap(api.http.GET('/priority-matrix', { signal })),
  });

/** A few tickets that satisfy a filter, for panels. */
export const fewTicketsQuery = (q: string, limit = 6) =>
  queryOptions({
    queryKey: ['tickets', 'list', 'few', q, limit],
    queryFn: ({ signal }) =>
      unwrap(api.http.GET('/tickets', { params: { query: { q, limit, sort: '-updatedAt' } }, signal })),
  });
