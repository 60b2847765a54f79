import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { keepPreviousData, queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { withSteadyLinks } from './file-links';

export type Merge = Schemas['TicketMergeView'];
export type Alike = Schemas['DuplicateView'];
export type TicketLinkItem = Schemas['TicketLinkView'];
export type LinkKind = Schemas['AddTicketLink']['kind'];
export type LinkDirection = TicketLinkItem['direction'];
export type SplitInput = Schemas['SplitTicket'];

const of = (number: string) => ({ path: { id: number } });

/** What was merged into a ticket; links of pictures in it live five minutes. */
export const mergesQuery = (number: string) =>
  queryOptions({
    queryKey: ['tickets', 'one', number, 'merges'],
    refetchInterval: 4 * 60_000,
    queryFn: async ({ signal }) => {
      const { data } = await unwrap(api.http.GET('/tickets/{id}/merges', { params: of(number), signal }));
      return data.map((merge) => ({
        ...merge,
        from: { ...merge.from, description: withSteadyLinks(merge.from.description) },
      }));
    },
  });

/** What could be merged into a ticket: what looks like it, or what the words find. */
export const candidatesQuery = (number: string, q: string) =>
  queryOptions({
    queryKey: ['tickets', 'one', number, 'merge-candidates', q],
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          api.http.GET('/tickets/{id}/merge-candidates', {
            params: { ...of(number), query: { limit: 20, ...(q ? { q } : {}) } },
            signal,
          }),
        )
      ).data,
  });

/** What a merge would move; what it would be refused for comes as an error. */
export const mergePreviewQuery = (number: string, ticketIds: string[]) =>
  queryOptions({
    queryKey: ['tickets', 'one', number, 'merge-preview', ticketIds],
    enabled: ticketIds.length > 0,
    retry: false,
    gcTime: 0,
    queryFn: ({ signal }) =>
      unwrap(api.http.POST('/tickets/{id}/merge/preview', { params: of(number), body: { ticketIds }, signal })),
  });

const readAnew = (queries: QueryClient) => {
  void queries.invalidateQueries({ queryKey: ['tickets'] });
  void queries.invalidateQueries({ queryKey: ['ticket-views'] });
};

export function useMerge(number: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['MergeTickets']) =>
      unwrap(api.http.POST('/tickets/{id}/merge', { params: of(number), body })),
    onSuccess: () => readAnew(queries),
  });
}

/** Takes one merge apart, or all of one request. */
export function useUnmerge() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => unwrap(api.http.POST('/ticket-merges/{id}/undo', { params: { path: { id } } })),
    onSuccess: () => readAnew(queries),
  });
}

export function useSplit(number: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SplitInput) => unwrap(api.http.POST('/tickets/{id}/split', { params: of(number), body })),
    onSuccess: () => readAnew(queries),
  });
}

export const linksQuery = (number: string) =>
  queryOptions({
    queryKey: ['tickets', 'one', number, 'links'],
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/tickets/{id}/links', { params: of(number), signal }))).data,
  });

export function useAddLink(number: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Schemas['AddTicketLink']) =>
      unwrap(api.http.POST('/tickets/{id}/links', { params: of(number), body })),
    onSuccess: () => readAnew(queries),
  });
}

export function useRemoveLink(number: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (linkId: string) =>
      unwrap(api.http.DELETE('/tickets/{id}/links/{linkId}', { params: { path: { id: number, linkId } } })),
    onSuccess: () => readAnew(queries),
  });
}

type Draft = { subject: string; companyId?: string; contactId?: string; objectId?: string };

/** Tickets that look like one in the making. */
export const duplicatesQuery = (draft: Draft) =>
  queryOptions({
    queryKey: ['tickets', 'duplicates', draft],
    enabled: draft.subject.length > 3,
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: async ({ signal }) => (await unwrap(api.http.POST('/tickets/duplicates', { body: draft, signal }))).data,
  });
