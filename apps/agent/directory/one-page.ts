import { infiniteQueryOptions, type QueryFunctionContext, type QueryKey } from '@tanstack/react-query';

/** A list that the server gives whole, in the shape of a paged one, so that it stands in a `DirectoryList`. */
export const onePage = <Row>(queryKey: QueryKey, read: (signal: AbortSignal) => Promise<{ data: Row[] }>) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: async ({ signal }: QueryFunctionContext<QueryKey, string>) => ({
      data: (await read(signal)).data,
      page: { next: null as string | null },
    }),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next,
  });
