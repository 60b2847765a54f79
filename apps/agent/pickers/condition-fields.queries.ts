import { unwrap } from '@opora/client';
import type { ConditionField } from '@opora/ui/conditions';
import { queryOptions } from '@tanstack/react-query';
import { loose } from '@/loose';

/** What a condition about tickets may ask, named in the reader's language. */
export const conditionFieldsQuery = (locale: string) =>
  queryOptions({
    queryKey: ['condition-fields', 'ticket', locale],
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          loose.GET<{ data: ConditionField[] }>('/condition-fields', {
            params: { query: { subject: 'ticket' } },
            signal,
          }),
        )
      ).data,
  });
