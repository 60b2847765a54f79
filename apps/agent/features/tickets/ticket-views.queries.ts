import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

/** Shared and own views, each with the number of its rows. */
export const ticketViewsQuery = () =>
  queryOptions({
    queryKey: ['ticket-views'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/ticket-views', { signal })),
  });

export type ViewInput = Omit<Schemas['CreateSavedView'], 'columns' | 'sort'> & { columns: string[]; sort?: string };

/** A new view, or the changes of one that is there. */
export function useSaveView(id: string | null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: ViewInput) => {
      const body = input as Schemas['CreateSavedView'];
      return id
        ? unwrap(api.http.PATCH('/ticket-views/{id}', { params: { path: { id } }, body }))
        : unwrap(api.http.POST('/ticket-views', { body }));
    },
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['ticket-views'] }),
        queries.invalidateQueries({ queryKey: ['tickets', 'list'] }),
      ]),
  });
}

export function useDeleteView() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.http.DELETE('/ticket-views/{id}', { params: { path: { id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['ticket-views'] }),
  });
}
