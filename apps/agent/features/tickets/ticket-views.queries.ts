import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

/** Shared and own views, each with the number of its rows. */
export const ticketViewsQuery = () =>
  queryOptions({
    queryKey: ['ticket-views'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/ticket-views', { signal })),
  });

export function useSaveView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['CreateSavedView']) => unwrap(api.http.POST('/ticket-views', { body })),
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
