import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type OutgoingMail = Schemas['OutgoingMailView'];
export type MailState = OutgoingMail['state'];

/** Mails leave by themselves, so the list asks again. */
const EVERY_MS = 20_000;

export const outgoingQuery = (state: MailState | null) =>
  infiniteQueryOptions({
    queryKey: ['outgoing-mails', state],
    refetchInterval: EVERY_MS,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/outgoing-mails', {
          params: { query: { limit: 100, ...(state ? { state } : {}), ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export function useRetryMail(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(api.http.POST('/outgoing-mails/{id}/retry', { params: { path: { id } } })),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['outgoing-mails'] }),
  });
}
