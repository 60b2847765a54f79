import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Organisation = Schemas['OrganisationView'];
export type OutboxRow = Schemas['OutboxRowView'];
export type OutboxState = OutboxRow['state'];

/** Work is done by itself, so the list asks again. */
const EVERY_MS = 15_000;

export const organisationQuery = () =>
  queryOptions({
    queryKey: ['organisation'],
    queryFn: ({ signal }) => unwrap(api.http.GET('/organisation', { signal })),
  });

export function useSaveOrganisation() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['UpdateOrganisation']) => unwrap(api.http.PATCH('/organisation', { body })),
    onSuccess: (organisation) => queries.setQueryData(organisationQuery().queryKey, organisation),
  });
}

export const outboxQuery = (state: OutboxState | null) =>
  infiniteQueryOptions({
    queryKey: ['outbox', state],
    refetchInterval: EVERY_MS,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/outbox', {
          params: { query: { limit: 100, ...(state ? { state } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export function useRetryOutbox(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.http.POST('/outbox/{id}/retry', { params: { path: { id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['outbox'] }),
  });
}
