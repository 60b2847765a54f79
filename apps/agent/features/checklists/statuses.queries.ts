import { api } from '@/api';
import { unwrap } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';

/** Statuses of every process by name, for what waits for one of them. */
export const statusNamesQuery = (locale: string) =>
  queryOptions({
    queryKey: ['condition-fields', 'statuses', locale],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const { data } = await unwrap(
        api.http.GET('/condition-fields', { params: { query: { subject: 'ticket' } }, signal }),
      );
      const options = data.find(({ name }) => name === 'statusId')?.options ?? [];
      return options.map(({ value, label }) => ({ value, label }));
    },
  });
