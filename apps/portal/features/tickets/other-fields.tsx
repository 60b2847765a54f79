import { Input, NativeSelect, Stack } from '@mantine/core';
import { CustomFieldInput, type FieldDefinition, type FieldType, type ReferencePick } from '@opora/ui/fields';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api';
import { useMe } from '@/session';
import { ObjectPicker } from './object-picker';
import type { FormField } from './use-form-verdict';

type Props = {
  fields: FormField[];
  values: Record<string, unknown>;
  companyId: string;
  errorOf: (name: string) => string | undefined;
  onChange: (name: string, value: unknown) => void;
};

/** What conditions call a type and what an input calls it. */
const INPUTS: Record<string, FieldType> = {
  choice: 'select',
  choices: 'multiselect',
  references: 'multiselect',
  boolean: 'checkbox',
};
const PICKED = ['company', 'object'];

/** Whether a client can fill a field in: what is picked among people of the house comes with its choices. */
export const canAsk = ({ type, options, reference }: FormField): boolean =>
  type !== 'files' && (options !== null || !type.startsWith('reference') || PICKED.includes(reference ?? ''));

/** Fields beyond the usual four: the organisation's own and those a rule asks for. */
export function OtherFields({ fields, values, companyId, errorOf, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Stack gap="md">
      {fields.filter(canAsk).map((field) => (
        <div key={field.name} data-field={field.name}>
          <CustomFieldInput
            definition={definitionOf(field, t('tickets.optional'))}
            value={values[field.name]}
            error={errorOf(field.name)}
            isRequired={field.isRequired}
            isReadOnly={field.isReadOnly}
            allowed={field.allowed}
            upload={upload}
            pickReference={(pick) => <Reference {...pick} companyId={companyId} />}
            onChange={(value) => onChange(field.name, value)}
          />
        </div>
      ))}
    </Stack>
  );
}

const upload = (file: File) => api.upload(file);

const definitionOf = (field: FormField, optional: string): FieldDefinition => {
  const chosen = field.type === 'reference' && field.options ? 'select' : INPUTS[field.type];
  return {
    code: field.name,
    label: field.label,
    hint: field.hint ?? (field.isRequired ? null : optional),
    type: chosen ?? (field.type as FieldType),
    options: field.options ?? [],
    config: { ...field.config, reference: field.reference },
  };
};

/** A company of the client's own, or an object of the ticket's company. */
function Reference({ reference, value, onChange, companyId, ...input }: ReferencePick & { companyId: string }) {
  const me = useMe();
  const [name, setName] = useState('');
  const { label, description, error, required, disabled } = input;
  if (reference === 'company')
    return (
      <NativeSelect
        label={label}
        description={description}
        error={error}
        required={required}
        disabled={disabled}
        value={value ?? ''}
        onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
        data={[{ value: '', label: '—' }, ...me.companies.map(({ id, name }) => ({ value: id, label: name }))]}
      />
    );
  return (
    <Input.Wrapper description={description} labelElement="div">
      <ObjectPicker
        companyId={companyId}
        chosen={value ? { id: value, name } : null}
        label={label}
        error={error}
        onChoose={(object) => {
          setName(object?.name ?? '');
          onChange(object?.id ?? null);
        }}
      />
    </Input.Wrapper>
  );
}
