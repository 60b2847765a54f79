import { useDebouncedValue } from '@mantine/hooks';
import type { FieldDefinition } from '@opora/ui/fields';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { verdictQuery } from './verdict.queries';
import type { VerdictField, VerdictInput } from './verdict.types';

const PREFIX = 'cf.';
const PAUSE = 200;

/** The verdict on what is filled in so far; asked again a moment after the last keystroke. */
export function useVerdict(input: VerdictInput, isOn = true) {
  const { i18n } = useTranslation();
  const text = JSON.stringify(input);
  const [asked] = useDebouncedValue(text, PAUSE);
  const query = useQuery({ ...verdictQuery(JSON.parse(asked) as VerdictInput, i18n.language), enabled: isOn });
  const { data, error } = query;
  return useMemo(() => {
    const fields = new Map((data?.fields ?? []).map((field) => [field.name, field]));
    return {
      isKnown: data !== undefined,
      /** The verdict answers what is on the screen now. */
      isFresh: asked === text && !query.isFetching,
      error,
      fields: data?.fields ?? [],
      problems: data?.problems ?? [],
      of: (name: string) => fields.get(name),
      /** Own fields that the form shows, in its order. */
      custom: (data?.fields ?? []).filter(({ name, isVisible }) => isVisible && name.startsWith(PREFIX)),
    };
  }, [data, error, asked, text, query.isFetching]);
}

export const codeOf = (name: string): string => name.slice(PREFIX.length);

/** An own field of a verdict as an input wants it. */
export const definitionOf = (field: VerdictField): FieldDefinition => ({
  code: codeOf(field.name),
  label: field.label,
  hint: field.hint ?? null,
  type: field.type as FieldDefinition['type'],
  options: field.options ?? [],
  config: { ...field.config, ...(field.reference ? { reference: field.reference } : {}) },
});
