import { loose } from '@/loose';
import { unwrap } from '@opora/client';
import type { FieldDefinition, FieldType } from '@opora/ui/fields';
import { queryOptions } from '@tanstack/react-query';

type LocalText = { ru: string; en: string };
type Answer = {
  code: string;
  name: LocalText;
  hint: LocalText | null;
  type: FieldType;
  options: { value: string; label: LocalText; isArchived: boolean }[];
  config: FieldDefinition['config'];
};

/** The own fields of tickets that are in use, in the reader's language. */
export const ownFieldsQuery = (locale: string, subject: 'ticket' | 'company' | 'contact' | 'object' = 'ticket') =>
  queryOptions({
    queryKey: ['custom-fields', subject, 'in-use', locale],
    staleTime: 5 * 60_000,
    retry: false,
    queryFn: async ({ signal }): Promise<FieldDefinition[]> => {
      const query = { subject };
      const { data } = await unwrap(loose.GET<{ data: Answer[] }>('/custom-fields', { params: { query }, signal }));
      const of = (text: LocalText) => text[locale as 'ru' | 'en'] || text.ru;
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
