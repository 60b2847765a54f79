import { conditionFieldsQuery } from '@/pickers/condition-fields.queries';
import { api } from '@/api';
import { unwrap } from '@opora/client';
import type { ConditionField } from '@opora/ui/conditions';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** `isComputed`: nobody writes it, it can only be shown or hidden. */
type FormField = ConditionField & { isComputed?: boolean };

const formFieldsQuery = (locale: string) =>
  queryOptions({
    queryKey: ['form-rules', 'fields', locale],
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      (await unwrap(api.http.GET('/form-fields', { params: { query: { subject: 'ticket' } }, signal }))).data,
  });
const NO_FIELDS: FormField[] = [];

/** Every field that a ticket's form may ask. */
export function useFormFields(): FormField[] {
  const { i18n } = useTranslation();
  const { data } = useQuery(formFieldsQuery(i18n.language));
  return data ?? NO_FIELDS;
}

/** The same by name, with their options and what they refer to. */
export function useFieldsByName(): Map<string, FormField> {
  const { i18n } = useTranslation();
  const { data: known } = useQuery(conditionFieldsQuery(i18n.language));
  const fields = useFormFields();
  return useMemo(() => new Map([...(known ?? []), ...fields].map((field) => [field.name, field])), [known, fields]);
}
