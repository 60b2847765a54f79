import { api } from '@/api';
import { unwrap } from '@opora/client';
import type { ConditionField } from '@opora/ui/conditions';
import { queryOptions } from '@tanstack/react-query';

/** What a condition about tickets may ask, named in the reader's language. */
export const conditionFieldsQuery = (locale: string) =>
  queryOptions({
    queryKey: ['condition-fields', 'ticket', locale],
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<ConditionField[]> => {
      const query = { subject: 'ticket' as const };
      return (await unwrap(api.http.GET('/condition-fields', { params: { query }, signal }))).data;
    },
  });
