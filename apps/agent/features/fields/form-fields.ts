import { conditionFieldsQuery } from '@/pickers/condition-fields.queries';
import { verdictQuery } from '@/ticket-form/verdict.queries';
import type { VerdictField } from '@/ticket-form/verdict.types';
import type { ConditionField } from '@opora/ui/conditions';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

const NOTHING = { values: {} };

/** Every field that a ticket's form may ask, as an empty form has it. */
export function useFormFields(): VerdictField[] {
  const { i18n } = useTranslation();
  const { data } = useQuery(verdictQuery(NOTHING, i18n.language));
  return data?.fields ?? NO_FIELDS;
}

const NO_FIELDS: VerdictField[] = [];

/** The same fields by name, as conditions know them: their options and what they refer to. */
export function useFieldsByName(): Map<string, ConditionField> {
  const { i18n } = useTranslation();
  const { data } = useQuery(conditionFieldsQuery(i18n.language));
  return useMemo(() => new Map((data ?? []).map((field) => [field.name, field])), [data]);
}
