import { conditionFieldsQuery } from '@/pickers/condition-fields.queries';
import { pickReference } from '@/pickers/reference-picker';
import { Text } from '@mantine/core';
import { CustomFieldInput, type FieldDefinition, type FieldType } from '@opora/ui/fields';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { uploadFile } from './custom-inputs';
import type { VerdictField } from './verdict.types';

/** What conditions call a type and what an input calls it. */
const INPUTS: Record<string, FieldType> = { choice: 'select', choices: 'multiselect', boolean: 'checkbox' };

type Props = { field: VerdictField; value: unknown; error?: string; onChange: (value: unknown) => void };

/** Any field of a verdict as an input: a built-in one takes its options from what conditions know of it. */
export function VerdictInput({ field, value, error, onChange }: Props) {
  const { i18n } = useTranslation();
  const { data: known } = useQuery(conditionFieldsQuery(i18n.language));
  const twin = known?.find(({ name }) => name === field.name);
  if (field.type === 'references' || field.type === 'files') return <Elsewhere field={field} />;
  const type = field.type in INPUTS ? INPUTS[field.type] : (field.type as FieldType);
  const definition: FieldDefinition = {
    code: field.name,
    label: field.label,
    hint: field.hint ?? null,
    type: type ?? 'text',
    options: field.options ?? twin?.options ?? [],
    config: { ...field.config, reference: field.reference ?? twin?.reference ?? null },
  };
  return (
    <CustomFieldInput
      definition={definition}
      value={value}
      error={error}
      isRequired={field.isRequired}
      isReadOnly={field.isReadOnly}
      allowed={field.allowed}
      pickReference={pickReference}
      upload={uploadFile}
      onChange={onChange}
    />
  );
}

/** People and files are given where they are shown, not in a small form. */
function Elsewhere({ field }: { field: VerdictField }) {
  const { t } = useTranslation();
  return (
    <Text size="sm" c="dimmed">
      {field.label}
      {field.isRequired && ' *'}
      {`: ${t('app.form.elsewhere')}`}
    </Text>
  );
}
