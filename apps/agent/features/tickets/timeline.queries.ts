import { api } from '@/api';
import { ApiProblem, unwrap } from '@opora/client';
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import type { ChangeView, CommentView, Item } from './conversation.types';
import { ticketQuery } from './tickets.queries';
import type { Audience, TicketView } from './tickets.types';

const PAGE = 200;

type Entry = { id: string; at: string; kind: 'comment' | 'change' | 'file'; comment?: CommentView; change?: ChangeView };
type TimelinePage = { data: Entry[]; page: { next: string | null } };

/** The newest part first; earlier parts are asked for by hand. */
export const timelineQuery = (number: string) =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'one', number, 'timeline'],
    queryFn: ({ pageParam, signal }) =>
      unwrap<TimelinePage>(api.http.GET('/tickets/{id}/timeline', { params: { path: { id: number }, query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) } }, signal })),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

/** The loaded parts as one conversation, oldest first. */
export function timelineItems(data: InfiniteData<TimelinePage> | undefined): Item[] {
  return [...(data?.pages ?? [])].reverse().flatMap((page) => page.data.flatMap(toItem));
}

function toItem({ id, at, kind, comment, change }: Entry): Item[] {
  if (kind === 'comment' && comment) return [{ kind, id, at, comment }];
  return kind === 'change' && change ? [{ kind, id, at, change }] : [];
}

export function useMarkRead(number: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (lastSeenCommentId: string) => unwrap(api.http.POST('/tickets/{id}/read', { params: { path: { id: number } }, body: { lastSeenCommentId } })),
    onSuccess: (_, lastSeenCommentId) => {
      queries.setQueryData(ticketQuery(number).queryKey, (ticket: TicketView | undefined) => ticket && { ...ticket, lastSeenCommentId });
      void queries.invalidateQueries({ queryKey: ['tickets', 'list'] });
    },
  });
}

export type NewComment = {
  html: string;
  audience: Audience[];
  fileIds: string[];
  lastSeenCommentId?: string | null;
  transitionId?: string;
  sendAnyway?: boolean;
};

export function useSendComment(number: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewComment) => unwrap<CommentView>(api.http.POST('/tickets/{id}/comments', { params: { path: { id: number } }, body })),
    onSuccess: () => refreshTicket(queries, number),
  });
}

export type Draft = { audience: Audience[]; html: string; fileIds?: string[]; updatedAt: string; baseVersion?: number };

export function useUndoComment(number: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (commentId: string) => unwrap<Draft>(api.http.POST('/comments/{id}/undo', { params: { path: { id: commentId } } })),
    onSettled: () => refreshTicket(queries, number),
  });
}

/** What was written here and not sent; null when there is nothing. */
export const draftQuery = (number: string) =>
  queryOptions({
    queryKey: ['tickets', 'draft', number],
    queryFn: ({ signal }) =>
      unwrap<Draft>(api.http.GET('/tickets/{id}/draft', { params: { path: { id: number } }, signal })).catch((error: unknown) => {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }),
    staleTime: 0,
    gcTime: 0,
  });

export const saveDraft = (number: string, draft: { html: string; audience: Audience[] }) =>
  unwrap<Draft>(api.http.PUT('/tickets/{id}/draft', { params: { path: { id: number } }, body: draft }));
export const deleteDraft = (number: string) => unwrap(api.http.DELETE('/tickets/{id}/draft', { params: { path: { id: number } } }));

export type Presence = { employeeId: string; name: string; state: 'viewing' | 'editing' | 'away' };
export const presenceQuery = (number: string) =>
  queryOptions({
    queryKey: ['tickets', 'one', number, 'presence'],
    queryFn: ({ signal }) => unwrap<{ data: Presence[] }>(api.http.GET('/tickets/{id}/presence', { params: { path: { id: number } }, signal })),
    refetchInterval: 20_000,
  });
export const tellPresence = (number: string, state: Presence['state']) =>
  unwrap(api.http.POST('/tickets/{id}/presence', { params: { path: { id: number } }, body: { state } }));

export const historyQuery = (number: string) =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'one', number, 'history'],
    queryFn: ({ pageParam, signal }) =>
      unwrap<{ data: ChangeView[]; page: { next: string | null } }>(
        api.http.GET('/tickets/{id}/history', { params: { path: { id: number }, query: { limit: 100, ...(pageParam ? { cursor: pageParam } : {}) } }, signal }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });

function refreshTicket(queries: ReturnType<typeof useQueryClient>, number: string) {
  void queries.invalidateQueries({ queryKey: ['tickets', 'list'] });
  void queries.invalidateQueries({ queryKey: ['ticket-views'] });
  return queries.invalidateQueries({ queryKey: ticketQuery(number).queryKey });
}
