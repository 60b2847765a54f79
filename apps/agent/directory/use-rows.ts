import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';

type Page<Row> = { data: Row[]; page: { next: string | null } };
export type PagedQuery<Row> = UseInfiniteQueryResult<InfiniteData<Page<Row>>, Error>;

/** The rows of all pages read so far, and the way to the next one. */
export function useRows<Row>(query: PagedQuery<Row>) {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { rows, more, isLoadingMore: isFetchingNextPage };
}
