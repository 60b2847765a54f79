import { api } from '@/api';
import { unwrap } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';

/** What contacts think of the work. */
export const ratingsQuery = (number: string) =>
  queryOptions({
    queryKey: ['tickets', 'one', number, 'rating'],
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/tickets/{id}/rating', { params: { path: { id: number } }, signal }))).ratings,
  });
