import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { unwrap, type Schemas } from '@opora/client';
import { api } from '@/api';
import type { bodyOf } from './form-body';

export type PortalTicketRow = Schemas['PortalTicketRowView'];
export type PortalTicket = Schemas['PortalTicketView'];
export type StatusCategory = PortalTicket['status']['category'];
export type TicketFile = Schemas['PortalFileView'];
export type PortalComment = Schemas['PortalCommentView'];
export type PortalTicketType = Schemas['PortalTicketTypeView'];
export type ListFilters = { state: 'open' | 'closed'; scope: 'mine' | 'company'; companyId?: string; q?: string };

// Links to files live five minutes.
const LINKS_LIVE = { refetchInterval: 4 * 60_000 };

export const ticketListQuery = (filters: ListFilters) =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'list', filters],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.http.GET('/portal/tickets', {
          params: { query: { ...filters, cursor: pageParam ?? undefined, limit: 30 } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.next,
    placeholderData: keepPreviousData,
  });

export const ticketQuery = (id: string) =>
  queryOptions({
    queryKey: ['tickets', id],
    queryFn: () => unwrap(api.http.GET('/portal/tickets/{id}', { params: { path: { id } } })),
    ...LINKS_LIVE,
  });

/** The whole conversation in the order it was written. */
export const commentsQuery = (id: string) =>
  queryOptions({
    queryKey: ['tickets', id, 'comments'],
    queryFn: async () => {
      const all: PortalComment[] = [];
      let cursor: string | undefined;
      do {
        const { data, page } = await unwrap(
          api.http.GET('/portal/tickets/{id}/comments', { params: { path: { id }, query: { limit: 200, cursor } } }),
        );
        all.push(...data);
        cursor = page.next ?? undefined;
      } while (cursor);
      return all;
    },
    ...LINKS_LIVE,
  });

/** Tickets of one's own that look like the one being written. */
export const similarQuery = (subject: string, objectId: string | undefined) =>
  queryOptions({
    queryKey: ['tickets', 'similar', subject, objectId],
    enabled: subject.length >= 5,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: async () =>
      (
        await unwrap(
          api.http.POST('/portal/tickets/duplicates', { body: { subject, ...(objectId ? { objectId } : {}) } }),
        )
      ).data,
  });

export const ticketTypesQuery = queryOptions({
  queryKey: ['ticket-types'],
  queryFn: async () => (await unwrap(api.http.GET('/portal/ticket-types'))).data,
  staleTime: 10 * 60_000,
});

export function useFileTicket() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: ReturnType<typeof bodyOf>) => unwrap(api.http.POST('/portal/tickets', { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['tickets'] }),
  });
}

export function useReply(id: string) {
  return useChange(id, (body: { text: string; fileIds: string[] }) =>
    unwrap(api.http.POST('/portal/tickets/{id}/comments', { params: { path: { id } }, body })),
  );
}

export function useCloseTicket(id: string) {
  return useChange(id, (body: { comment?: string }) =>
    unwrap(api.http.POST('/portal/tickets/{id}/close', { params: { path: { id } }, body })),
  );
}

export function useReopenTicket(id: string) {
  return useChange(id, () => unwrap(api.http.POST('/portal/tickets/{id}/reopen', { params: { path: { id } } })));
}

function useChange<Input, Output>(id: string, mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn,
    onSuccess: () => cache.invalidateQueries({ queryKey: ['tickets'] }),
    mutationKey: ['tickets', id],
  });
}
