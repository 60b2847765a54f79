import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Item } from './conversation.types';
import { withSteadyLinks } from './file-links';
import { ticketQuery } from './tickets.queries';
import type { Attachment, DraftInput, NewComment, PresenceState, TicketView } from './tickets.types';

const PAGE = 200;
const MOST_PAGES = 25;
const RENEW_LINKS_MS = 4 * 60_000;

type Entry = Schemas['TimelineItemView'];

/** The whole conversation, oldest first; read to its end, because its end is what is opened. */
export const timelineQuery = (number: string) =>
  queryOptions({
    queryKey: ['tickets', 'one', number, 'timeline'],
    queryFn: async ({ signal }) => {
      const items: Item[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < MOST_PAGES; page++) {
        const query: { limit: number; cursor?: string } = cursor ? { limit: PAGE, cursor } : { limit: PAGE };
        const part = await unwrap(
          api.http.GET('/tickets/{id}/timeline', { params: { path: { id: number }, query }, signal }),
        );
        items.push(...part.data.flatMap(toItem));
        cursor = part.page.next;
        if (!cursor) break;
      }
      return items;
    },
    // Links of files live five minutes.
    refetchInterval: RENEW_LINKS_MS,
  });

function toItem({ id, at, kind, comment, change, file, author }: Entry): Item[] {
  if (kind === 'comment' && comment)
    return [
      { kind, id, at, comment: { ...comment, html: withSteadyLinks(comment.html), files: comment.files.map(steady) } },
    ];
  if (kind === 'change' && change) return [{ kind, id, at, change }];
  return kind === 'file' && file && author ? [{ kind, id, at, file: steady(file), author }] : [];
}

const steady = (file: Attachment): Attachment => ({ ...file, url: withSteadyLinks(file.url) });

/** The last message on the screen: what an answer written now takes into account. */
export const lastCommentId = (items: Item[] | undefined): string | null =>
  items?.findLast(({ kind }) => kind === 'comment')?.id ?? null;

export function useMarkRead(number: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (lastSeenCommentId: string) =>
      unwrap(api.http.POST('/tickets/{id}/read', { params: { path: { id: number } }, body: { lastSeenCommentId } })),
    onSuccess: (_, lastSeenCommentId) => {
      queries.setQueryData(
        ticketQuery(number).queryKey,
        (ticket: TicketView | undefined) => ticket && { ...ticket, lastSeenCommentId },
      );
      void queries.invalidateQueries({ queryKey: ['tickets', 'list'] });
    },
  });
}

export function useSendComment(number: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewComment) =>
      unwrap(api.http.POST('/tickets/{id}/comments', { params: { path: { id: number } }, body })),
    onSuccess: () => refreshTicket(queries, number),
  });
}

export function useUndoComment(number: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (commentId: string) =>
      unwrap(api.http.POST('/comments/{id}/undo', { params: { path: { id: commentId } } })),
    onSettled: () => refreshTicket(queries, number),
  });
}

/** What was written here and not sent. */
export const draftQuery = (number: string) =>
  queryOptions({
    queryKey: ['tickets', 'draft', number],
    queryFn: ({ signal }) => unwrap(api.http.GET('/tickets/{id}/draft', { params: { path: { id: number } }, signal })),
    staleTime: Infinity,
    gcTime: 0,
  });

export const saveDraft = (number: string, draft: DraftInput) =>
  unwrap(api.http.PUT('/tickets/{id}/draft', { params: { path: { id: number } }, body: draft }));
export const deleteDraft = (number: string) =>
  unwrap(api.http.DELETE('/tickets/{id}/draft', { params: { path: { id: number } } }));

export const presenceQuery = (number: string) =>
  queryOptions({
    queryKey: ['tickets', 'one', number, 'presence'],
    queryFn: ({ signal }) =>
      unwrap(api.http.GET('/tickets/{id}/presence', { params: { path: { id: number } }, signal })),
    refetchInterval: 20_000,
  });
export const tellPresence = (number: string, state: PresenceState) =>
  // Outlives the page: who closes it has left, too.
  unwrap(
    api.http.POST('/tickets/{id}/presence', { params: { path: { id: number } }, body: { state }, keepalive: true }),
  );

export const historyQuery = (number: string) =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'one', number, 'history'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/tickets/{id}/history', {
          params: { path: { id: number }, query: { limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

function refreshTicket(queries: ReturnType<typeof useQueryClient>, number: string) {
  void queries.invalidateQueries({ queryKey: ['tickets', 'list'] });
  void queries.invalidateQueries({ queryKey: ['ticket-views'] });
  return queries.invalidateQueries({ queryKey: ticketQuery(number).queryKey });
}
