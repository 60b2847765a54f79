import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type BulkRun = Schemas['BulkRunView'];
export type BulkRow = Schemas['BulkRowView'];
export type BulkInput = Schemas['StartBulkRun'];

const ASK_MS = 1500;

export const isGoing = ({ state, undo }: BulkRun): boolean =>
  state === 'waiting' || state === 'running' || (undo !== null && undo.state !== 'done');

/** One run: asked for again while it goes on, besides the news of the server. */
export const bulkRunQuery = (id: string) =>
  queryOptions({
    queryKey: ['bulk-run', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/bulk-runs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) => (data && isGoing(data) ? ASK_MS : false),
  });

/** Its tickets that were refused, or of which something stays. */
export const bulkRefusedQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['bulk-run', id, 'refused'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/bulk-runs/{id}/rows', {
          params: {
            path: { id },
            query: { state: ['refused', 'undo_refused'], limit: 100, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          querySerializer: { array: { style: 'form', explode: false } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export const bulkRunsQuery = () =>
  infiniteQueryOptions({
    queryKey: ['bulk-runs', 'list'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/bulk-runs', {
          params: { query: { limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

/** The person's last run. */
export const lastRunQuery = () =>
  queryOptions({
    queryKey: ['bulk-runs', 'last'],
    staleTime: 10_000,
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/bulk-runs', { params: { query: { limit: 1 } }, signal }))).data[0] ?? null,
    refetchInterval: ({ state: { data } }) => (data && isGoing(data) ? ASK_MS : false),
  });

export const usePreviewBulk = () =>
  useMutation({
    mutationFn: (body: Omit<BulkInput, 'name'>) => unwrap(api.http.POST('/bulk-runs/preview', { body })),
  });

export function useStartBulk() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: BulkInput) => unwrap(api.http.POST('/bulk-runs', { body })),
    onSuccess: (run) => {
      queries.setQueryData(bulkRunQuery(run.id).queryKey, run);
      void queries.invalidateQueries({ queryKey: ['bulk-runs'] });
    },
  });
}

/** Stops a run, or takes it back. */
export function useEndBulk(what: 'cancel' | 'undo') {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(
        what === 'cancel'
          ? api.http.POST('/bulk-runs/{id}/cancel', { params: { path: { id } } })
          : api.http.POST('/bulk-runs/{id}/undo', { params: { path: { id } } }),
      ),
    onSuccess: (run) => queries.setQueryData(bulkRunQuery(run.id).queryKey, run),
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['bulk-run'] });
      void queries.invalidateQueries({ queryKey: ['bulk-runs'] });
      void queries.invalidateQueries({ queryKey: ['tickets'] });
    },
  });
}
