import { api } from '@/api';
import { unwrap } from '@opora/client';
import type { FieldDefinition } from '@opora/ui/fields';
import { queryOptions } from '@tanstack/react-query';

/** The own fields of tickets that are in use, in the reader's language. */
export const ownFieldsQuery = (locale: string, subject: 'ticket' | 'company' | 'contact' | 'object' = 'ticket') =>
  queryOptions({
    queryKey: ['custom-fields', subject, 'in-use', locale],
    staleTime: 5 * 60_000,
    retry: false,
    queryFn: async ({ signal }): Promise<FieldDefinition[]> => {
      const query = { subject };
      const { data } = await unwrap(api.http.GET('/custom-fields', { params: { query }, signal }));
      const of = (text: object) => (text as Record<string, string>)[locale] ?? '';
      return data.map(({ code, name, hint, type, options, config }) => ({
        code,
        label: of(name),
        hint: hint && of(hint),
        type,
        options: options.map((option) => ({ ...option, label: of(option.label) })),
        config,
      }));
    },
  });
