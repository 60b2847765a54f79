import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type ApiKey = Schemas['ApiKeyView'];

export const apiKeysQuery = () =>
  infiniteQueryOptions({
    queryKey: ['api-keys'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/api-keys', {
          params: { query: { limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export function useCreateApiKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['CreateApiKey']) => unwrap(api.http.POST('/api-keys', { body })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['api-keys'] }),
    // The secret must not outlive the dialog that shows it.
    gcTime: 0,
  });
}

export function useRevokeApiKey() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.http.DELETE('/api-keys/{id}', { params: { path: { id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}
