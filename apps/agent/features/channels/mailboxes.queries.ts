import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';

export type Mailbox = Schemas['MailboxView'];
export type MailboxInput = Schemas['CreateMailbox'];
export type MailboxCheck = Schemas['MailboxCheckView'];

/** The state of a connection changes by itself, so the list asks again. */
const EVERY_MS = 30_000;

export const mailboxesQuery = () =>
  infiniteQueryOptions({
    queryKey: ['mailboxes', 'list'],
    refetchInterval: EVERY_MS,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/mailboxes', {
          params: { query: { limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

export const mailboxQuery = (id: string) =>
  queryOptions({
    queryKey: ['mailboxes', 'one', id],
    queryFn: ({ signal }) => unwrap(api.http.GET('/mailboxes/{id}', { params: { path: { id } }, signal })),
  });

function useRefresh() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: ['mailboxes'] });
}

export function useSaveMailbox(id: string | null) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (body: MailboxInput) =>
      id
        ? unwrap(api.http.PATCH('/mailboxes/{id}', { params: { path: { id } }, body }))
        : unwrap(api.http.POST('/mailboxes', { body })),
    onSuccess: refresh,
  });
}

export function useRemoveMailbox(id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => unwrap(api.http.DELETE('/mailboxes/{id}', { params: { path: { id } } })),
    onSuccess: refresh,
  });
}

/** Signs in to the mail servers and says what they answer. */
export function useTestMailbox(id: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => unwrap(api.http.POST('/mailboxes/{id}/test', { params: { path: { id } } })),
    onSettled: refresh,
  });
}
