import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef } from 'react';
import { ticketQuery, ticketsQuery, type ListParams } from './tickets.queries';
import type { TicketRow } from './tickets.types';

export type TicketRows = ReturnType<typeof useTicketRows>;

const HOVER_MS = 120;

/** The rows loaded so far, the way to more of them, and the ticket under the pointer fetched before it is asked for. */
export function useTicketRows(params: ListParams, isOn: boolean) {
  const queries = useQueryClient();
  const { data, error, isPending, isFetchingNextPage, hasNextPage, isFetching, fetchNextPage, refetch } =
    useInfiniteQuery({ ...ticketsQuery(params), enabled: isOn });
  const rows = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);

  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const prefetch = useCallback(
    (row: TicketRow) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(
        () => void queries.prefetchQuery({ ...ticketQuery(String(row.number)), staleTime: 15_000 }),
        HOVER_MS,
      );
    },
    [queries],
  );
  return {
    rows,
    error,
    isPending,
    isLoadingMore: isFetchingNextPage,
    isComplete: !hasNextPage && data !== undefined,
    more,
    refetch,
    prefetch,
  };
}
