import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type RoutingRow = Schemas['RoutingRowView'];
export type RoutingStep = Schemas['RoutingStepView'];
export type RoutingTry = Schemas['RoutingTest'];

export const rowsQuery = () =>
  queryOptions({
    queryKey: ['routing', 'rows'],
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/routing-rows', { signal }))).data,
  });

export const settingsQuery = () =>
  queryOptions({
    queryKey: ['routing', 'settings'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/routing', { signal })),
  });

/** The way of a ticket through the table; asked anew when the table changes. */
export const tryQuery = (body: RoutingTry | null) =>
  queryOptions({
    queryKey: ['routing', 'try', body],
    queryFn: ({ signal }) => unwrap(api.http.POST('/routing/test', { body: body!, signal })),
    enabled: body !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const typesQuery = () =>
  queryOptions({
    queryKey: ['ticket-types', 'in-use'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/ticket-types', { signal }))).data,
  });

export const calendarsQuery = () =>
  queryOptions({
    queryKey: ['sla-calendars', 'to-choose'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => (await unwrap(api.http.GET('/sla/calendars', { signal }))).data,
  });

function useRefresh() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['routing'] });
}

export function useSaveRow(row: RoutingRow | null) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: (body: Schemas['CreateRoutingRow']) =>
      row
        ? unwrap(
            api.http.PATCH('/routing-rows/{id}', {
              params: { path: { id: row.id }, header: { 'If-Match': `"${row.version}"` } },
              body,
            }),
          )
        : unwrap(api.http.POST('/routing-rows', { body })),
    onSuccess,
  });
}

export function useSwitchRow() {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: ({ row, isActive }: { row: RoutingRow; isActive: boolean }) =>
      unwrap(
        api.http.PATCH('/routing-rows/{id}', {
          params: { path: { id: row.id }, header: { 'If-Match': `"${row.version}"` } },
          body: { isActive },
        }),
      ),
    onSettled,
  });
}

export function useDeleteRow(id: string) {
  const onSuccess = useRefresh();
  return useMutation({
    mutationFn: () => unwrap(api.http.DELETE('/routing-rows/{id}', { params: { path: { id } } })),
    onSuccess,
  });
}

/** The order is on the screen at once; a refusal puts the old one back. */
export function useOrderRows() {
  const queries = useQueryClient();
  const key = rowsQuery().queryKey;
  return useMutation({
    mutationFn: (rows: RoutingRow[]) =>
      unwrap(api.http.PUT('/routing-rows/order', { body: { ids: rows.map(({ id }) => id) } })),
    onMutate: async (rows) => {
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData(key);
      queries.setQueryData(key, rows);
      return { before };
    },
    onError: (_error, _rows, context) => queries.setQueryData(key, context?.before),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['routing'] }),
  });
}

export function useSettings() {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: (body: Schemas['RoutingSettings']) => unwrap(api.http.PUT('/routing', { body })),
    onSettled,
  });
}
