import { api } from '@/api';
import { unwrap, type Schemas } from '@opora/client';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { ListParams } from './tickets.queries';
import type { TicketRow } from './tickets.types';

export type Board = Schemas['TicketBoardView'];
export type BoardColumn = Schemas['BoardColumnView'];
export type Calendar = Schemas['TicketCalendarView'];
export type CalendarField = Schemas['SavedViewView']['calendarField'];
export type Layout = Schemas['SavedViewView']['layout'];
export type Span = { from: string; to: string; field: CalendarField };

const BOARD = ['tickets', 'list', 'board'] as const;
const CALENDAR = ['tickets', 'list', 'calendar'] as const;
const PAGE = 50;

/** The same list in columns. */
export const boardQuery = (params: ListParams) =>
  queryOptions({
    queryKey: [...BOARD, params],
    queryFn: ({ signal }) => unwrap(api.http.GET('/tickets/board', { params: { query: params }, signal })),
    retry: false,
  });

/** The cards of a column after its first ones. */
export const moreCardsQuery = (params: ListParams, by: Board['by'], column: string, cursor: string) =>
  infiniteQueryOptions({
    queryKey: ['tickets', 'list', 'board-rows', params, by, column],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.http.GET('/tickets/board/rows', {
          params: { query: { ...params, by, column, cursor: pageParam, limit: PAGE } },
          signal,
        }),
      ),
    initialPageParam: cursor,
    getNextPageParam: (last) => last.page.next,
    retry: false,
  });

/** The zone in which the screen writes times. */
const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The same list by days; a change of the span leaves the old days until the new ones are there. */
export const calendarQuery = ({ sort: _, ...params }: ListParams, span: Span, limit: number) =>
  queryOptions({
    queryKey: [...CALENDAR, params, span, limit],
    queryFn: ({ signal }) =>
      unwrap(
        api.http.GET('/tickets/calendar', {
          params: { query: { ...params, ...span, timeZone: timeZone(), limit } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
  });

/** Shows a card in another column before the answer; `back` puts everything as it was. */
export function useBoardEcho(params: ListParams) {
  const queries = useQueryClient();
  const { queryKey } = boardQuery(params);
  return (row: TicketRow, to: string): { back: () => void } => {
    const before = queries.getQueryData(queryKey);
    queries.setQueryData(queryKey, (board) => board && { ...board, columns: board.columns.map(moving(row, to)) });
    return { back: () => queries.setQueryData(queryKey, before) };
  };
}

const moving =
  (row: TicketRow, to: string) =>
  (column: BoardColumn): BoardColumn => {
    const without = column.data.filter(({ id }) => id !== row.id);
    if (column.id === to) return { ...column, count: column.count + 1, data: [row, ...without] };
    const isLeft = without.length < column.data.length;
    return isLeft ? { ...column, count: column.count - 1, data: without } : column;
  };

export type Move = { row: Pick<TicketRow, 'number' | 'version'>; field: CalendarField; at: string; reason?: string };

/** Puts a ticket on another moment. */
export function useMoveTicket() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ row, field, at, reason = '' }: Move): Promise<unknown> => {
      const path = { id: String(row.number) };
      if (field === 'putAsideUntil')
        return unwrap(api.http.POST('/tickets/{id}/put-aside', { params: { path }, body: { until: at } }));
      if (field === 'deadlineAt')
        return unwrap(api.http.PUT('/tickets/{id}/sla/deadline', { params: { path }, body: { dueAt: at, reason } }));
      const header = { 'If-Match': `"${row.version}"` };
      return unwrap(api.http.PATCH('/tickets/{id}', { params: { path, header }, body: { scheduledFor: at } }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['tickets'] }),
  });
}
