import { api } from '@/api';
import { unwrap } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';

/** Nobody has taken them although the time for it is over. */
export const UNOWNED = 'sla:unowned';

export const unownedQuery = () =>
  queryOptions({
    queryKey: ['tickets', 'list', 'count', { q: UNOWNED }],
    queryFn: ({ signal }) => unwrap(api.http.GET('/tickets/count', { params: { query: { q: UNOWNED } }, signal })),
    refetchInterval: 60_000,
    retry: false,
  });
