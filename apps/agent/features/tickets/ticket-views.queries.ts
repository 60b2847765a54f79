import { api } from '@/api';
import { unwrap } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { TicketListView } from './tickets.types';

/** Shared and own views, each with the number of its rows. */
export const ticketViewsQuery = () =>
  queryOptions({
    queryKey: ['ticket-views'],
    queryFn: ({ signal }) => unwrap<{ data: TicketListView[] }>(api.http.GET('/ticket-views', { signal })),
  });

export type ViewInput = { name: string; query: string; sort?: string; isShared: boolean; columns?: string[] };

export function useSaveView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ViewInput) => unwrap<TicketListView>(api.http.POST('/ticket-views', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['ticket-views'] }),
  });
}

export function useChangeView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Partial<ViewInput> & { id: string }) => unwrap<TicketListView>(api.http.PATCH('/ticket-views/{id}', { params: { path: { id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['ticket-views'] }),
  });
}

export function useDeleteView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.http.DELETE('/ticket-views/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['ticket-views'] }),
  });
}
