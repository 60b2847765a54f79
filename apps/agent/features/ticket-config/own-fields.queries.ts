import { api } from '@/api';
import { unwrap } from '@opora/client';
import { queryOptions } from '@tanstack/react-query';

/** A field of the organisation's own, as a type's form may ask it. */
export type OwnField = { code: string; label: string; isClientEditable: boolean };

export const ownFieldsQuery = (locale: string) =>
  queryOptions({
    queryKey: ['custom-fields', 'ticket', 'of-forms', locale],
    queryFn: async ({ signal }): Promise<OwnField[]> => {
      const { data } = await unwrap(
        api.http.GET('/custom-fields', { params: { query: { subject: 'ticket' } }, signal }),
      );
      return data
        .filter(({ type }) => type !== 'formula')
        .map(({ code, label, isClientEditable }) => ({ code: `cf.${code}`, label, isClientEditable }));
    },
  });
