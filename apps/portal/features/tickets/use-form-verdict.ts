import { api } from '@/api';
import { useDebouncedValue } from '@mantine/hooks';
import { unwrap, type Schemas } from '@opora/client';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isBlank } from './form-body';
import { asks, type AskedField } from './ticket-form';
import type { PortalTicketType } from './tickets.queries';

export type FormField = Schemas['FormFieldVerdictView'];

const PAUSE = 250;
/** Fields that the form draws in its own way. */
const OWN_PLACE = ['subject', 'typeId', 'companyId', 'description', 'objectId', 'files'];

const verdictQuery = (values: object, locale: string) =>
  queryOptions({
    queryKey: ['ticket-forms', 'verdict', locale, values],
    staleTime: 60_000,
    gcTime: 60_000,
    retry: false,
    // The form stays as it is until the next answer is there: nothing jumps under the fingers.
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => unwrap(api.http.POST('/portal/ticket-forms/verdict', { body: { values }, signal })),
  });

type Values = Record<string, unknown> & { customFields?: Record<string, unknown> };
const valueOf = ({ customFields = {}, ...values }: Values, name: string): unknown =>
  name.startsWith('cf.') ? customFields[name.slice(3)] : values[name];
/** What a client cannot write and nobody has written yet says nothing to him. */
const isWorthShowing = ({ name, isReadOnly, isRequired }: FormField, values: Values): boolean =>
  !isReadOnly || isRequired || !isBlank(valueOf(values, name));

/** What the form asks for now; by the type alone until the rules have answered. */
export function useFormVerdict(type: PortalTicketType, values: Values) {
  const { i18n } = useTranslation();
  const text = JSON.stringify(values);
  const [asked] = useDebouncedValue(text, PAUSE);
  const { data } = useQuery(verdictQuery(JSON.parse(asked) as object, i18n.language));
  return useMemo(() => {
    const fields = data?.fields ?? [];
    return {
      of: (name: AskedField): { isAsked: boolean; isRequired: boolean } => {
        const field = fields.find((each) => each.name === name);
        if (!data) return asks(type, name);
        return {
          isAsked: field?.isVisible ?? name === 'subject',
          isRequired: field?.isRequired ?? name === 'subject',
        };
      },
      /** Everything else that is asked, in the form's order. */
      others: fields.filter(
        (field) =>
          field.isVisible && !OWN_PLACE.includes(field.name) && isWorthShowing(field, JSON.parse(text) as Values),
      ),
    };
  }, [data, type, text]);
}
