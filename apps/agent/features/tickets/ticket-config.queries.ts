import { api } from '@/api';
import { unwrap } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';
import type { Named, PriorityRef, TicketPage } from './tickets.types';

const RARELY = 5 * 60_000;

export const ticketTypesQuery = () =>
  queryOptions({
    queryKey: ['ticket-types'],
    staleTime: RARELY,
    queryFn: ({ signal }) => unwrap<{ data: (Named & { isDefault: boolean; isInner: boolean })[] }>(api.http.GET('/ticket-types', { signal })),
  });

export const prioritiesQuery = () =>
  queryOptions({
    queryKey: ['priorities'],
    staleTime: RARELY,
    queryFn: ({ signal }) => unwrap<{ data: (PriorityRef & { isDefault: boolean })[] }>(api.http.GET('/priorities', { signal })),
  });

/** A few tickets that satisfy a filter, for panels. */
export const fewTicketsQuery = (q: string, limit = 6) =>
  queryOptions({
    queryKey: ['tickets', 'list', 'few', q, limit],
    queryFn: ({ signal }) => unwrap<TicketPage>(api.http.GET('/tickets', { params: { query: { q, limit, sort: '-updatedAt' } }, signal })),
  });
