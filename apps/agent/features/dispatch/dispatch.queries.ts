import { api } from '@/api';
import { ApiProblem, unwrap } from '@opora/client';
import { notifyProblem, notifyUndo } from '@opora/ui/theme';
import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryKey,
  queryOptions,
  useMutation,
  type UseMutationResult,
  useQueryClient,
} from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { boardAfter } from './board-echo';
import type { Assignment, Board, BoardTicket, Deed } from './dispatch.types';

/** Under the lists of tickets: what changes there changes here. */
const BOARD = ['tickets', 'list', 'dispatch'] as const;
const UNDO_MS = 10_000;

export type BoardParams = { teamId?: string; date?: string; days: number };
export const boardQuery = (params: BoardParams) =>
  queryOptions({
    queryKey: [...BOARD, 'board', params],
    queryFn: ({ signal }) => unwrap(api.http.GET('/dispatch/board', { params: { query: params }, signal })),
    placeholderData: keepPreviousData,
    // The present moves on by itself.
    refetchInterval: 120_000,
  });

export type UnassignedParams = { teamId?: string; zoneId?: string; q?: string };
type UnassignedPage = { data: BoardTicket[]; page: { next: string | null; limit: number } };
export const unassignedQuery = (params: UnassignedParams) =>
  infiniteQueryOptions({
    queryKey: [...BOARD, 'unassigned', params],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/dispatch/unassigned', {
          params: { query: { ...params, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
    placeholderData: keepPreviousData,
    retry: false,
  });

export const suggestionsQuery = (ticketId: string, at?: string) =>
  queryOptions({
    queryKey: [...BOARD, 'suggestions', ticketId, at ?? ''],
    queryFn: ({ signal }) =>
      unwrap(api.http.GET('/dispatch/suggestions', { params: { query: { ticketId, ...(at ? { at } : {}) } }, signal })),
    retry: false,
  });

/** Hands a ticket over with an echo before the answer, a way back after it, and the name of whoever was quicker. */
export function useAssign() {
  const queries = useQueryClient();
  const { t } = useTranslation();
  const mutation: UseMutationResult<Assignment, Error, Deed, { before: [QueryKey, unknown][] }> = useMutation({
    mutationFn: ({ ticket, fromId, to, scheduledFor, plannedSeconds, teamId }: Deed) =>
      unwrap(
        api.http.POST('/dispatch/assignments', {
          body: {
            ticketId: ticket.id,
            assigneeId: to?.id ?? null,
            seen: { assigneeId: fromId, scheduledFor: ticket.scheduledFor },
            ...(scheduledFor !== undefined && { scheduledFor }),
            ...(plannedSeconds !== undefined && { plannedSeconds }),
            ...(teamId && !ticket.team && { teamId }),
          },
        }),
      ),
    onMutate: async (deed) => {
      await queries.cancelQueries({ queryKey: BOARD });
      const before = queries.getQueriesData({ queryKey: BOARD });
      queries.setQueriesData<Board>({ queryKey: [...BOARD, 'board'] }, (board) => board && boardAfter(board, deed));
      if (deed.to)
        queries.setQueriesData<InfiniteData<UnassignedPage>>(
          { queryKey: [...BOARD, 'unassigned'] },
          (list) =>
            list && {
              ...list,
              pages: list.pages.map((page) => ({ ...page, data: page.data.filter(({ id }) => id !== deed.ticket.id) })),
            },
        );
      return { before };
    },
    onError: (error, _, context) => {
      for (const [key, data] of context?.before ?? []) queries.setQueryData(key, data);
      const isMoved = error instanceof ApiProblem && error.status === 409;
      notifyProblem(t(isMoved ? 'dispatch.assign.late' : 'dispatch.assign.failed'), error);
    },
    // Here and not at the call: the sheet that asked is closed by now.
    onSuccess: (saved, deed) => {
      if (deed.isUndo) return;
      const ticket = { ...deed.ticket, scheduledFor: saved.scheduledFor, plannedSeconds: saved.plannedSeconds };
      const { number } = ticket;
      notifyUndo({
        message: deed.to
          ? t('dispatch.assign.done', { number, name: deed.to.name })
          : t('dispatch.assign.freed', { number }),
        action: t('dispatch.assign.undo'),
        ms: UNDO_MS,
        onAction: () =>
          mutation.mutate({
            ticket,
            fromId: deed.to?.id ?? null,
            to: deed.fromId ? { id: deed.fromId, name: '' } : null,
            scheduledFor: deed.ticket.scheduledFor,
            plannedSeconds: deed.ticket.plannedSeconds,
            isUndo: true,
          }),
      });
    },
    onSettled: (_, __, { ticket }) => {
      void queries.invalidateQueries({ queryKey: ['tickets', 'list'] });
      void queries.invalidateQueries({ queryKey: ['tickets', 'one', String(ticket.number)] });
    },
  });
  return { assign: (deed: Deed) => mutation.mutate(deed), isPending: mutation.isPending };
}
