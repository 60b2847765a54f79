import { Checkbox, MultiSelect, NumberInput, Select, Text, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CustomFieldValue } from './custom-field-value';
import type { FieldDefinition, FieldFile, PickReference } from './field.types';
import { FileFieldInput } from './file-field-input';
import { fromLocalInput, toLocalInput } from './local-moment';

export type CustomFieldInputProps = {
  definition: FieldDefinition;
  /** The value as the API gives and takes it; null or undefined when there is none. */
  value: unknown;
  onChange: (value: unknown) => void;
  /** Called when the person is done with a text. */
  onBlur?: () => void;
  error?: string;
  isRequired?: boolean;
  isReadOnly?: boolean;
  /** The options that may be chosen here; null when all. */
  allowed?: unknown[] | null;
  pickReference?: PickReference;
  upload?: (file: File) => Promise<FieldFile>;
  /** The stored file, when the field has one. */
  file?: FieldFile | null;
  /** The label is drawn elsewhere. */
  isLabelHidden?: boolean;
};

/** One input for every type of custom field, the same in every form. */
export function CustomFieldInput(props: CustomFieldInputProps) {
  const { definition, value, error } = props;
  if (definition.type === 'formula') return <Computed definition={definition} value={value} error={error} />;
  return inputOf(props);
}

function inputOf(props: CustomFieldInputProps): ReactNode {
  const { definition, value, onChange, onBlur, pickReference, upload, file } = props;
  const { type, config = {} } = definition;
  const common = commonOf(props);
  switch (type) {
    case 'number':
    case 'money':
      return <NumberField {...props} />;
    case 'date':
      return (
        <TextInput
          {...common}
          type="date"
          value={asText(value)}
          onBlur={onBlur}
          min={asText(config.min) || undefined}
          max={asText(config.max) || undefined}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
    case 'datetime':
      return (
        <TextInput
          {...common}
          type="datetime-local"
          value={toLocalInput(asText(value))}
          onBlur={onBlur}
          onChange={(event) => onChange(fromLocalInput(event.currentTarget.value))}
        />
      );
    case 'checkbox':
      return <CheckField {...props} />;
    case 'select':
    case 'multiselect':
      return <ChoiceField {...props} />;
    case 'reference':
      return (
        pickReference?.({
          ...common,
          reference: config.reference ?? '',
          value: asText(value) || null,
          onChange,
        }) ?? null
      );
    case 'file':
      return (
        <FileFieldInput {...common} value={asText(value) || null} file={file} upload={upload} onChange={onChange} />
      );
    default:
      return <TextField {...props} />;
  }
}

const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

const commonOf = ({ definition, error, isRequired, isReadOnly, isLabelHidden }: CustomFieldInputProps) => ({
  ...(isLabelHidden ? { 'aria-label': definition.label } : { label: definition.label }),
  description: (!isLabelHidden && definition.hint) || undefined,
  error,
  required: isRequired,
  disabled: isReadOnly,
});

function TextField(props: CustomFieldInputProps) {
  const { definition, value, onChange, onBlur } = props;
  const { isMultiline, maxLength } = definition.config ?? {};
  const text = {
    ...commonOf(props),
    value: asText(value),
    maxLength: maxLength ?? undefined,
    onBlur,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value || null),
  };
  return isMultiline ? <Textarea {...text} autosize minRows={2} maxRows={8} /> : <TextInput {...text} />;
}

function NumberField(props: CustomFieldInputProps) {
  const { i18n } = useTranslation();
  const { definition, value, onChange, onBlur } = props;
  const { min, max, decimals } = definition.config ?? {};
  const isMoney = definition.type === 'money';
  const written = (entered: number | string) => {
    if (entered === '') return null;
    return isMoney ? (typeof entered === 'string' ? entered : entered.toFixed(2)) : Number(entered);
  };
  return (
    <NumberInput
      {...commonOf(props)}
      value={asText(value)}
      min={min == null ? undefined : Number(min)}
      max={max == null ? undefined : Number(max)}
      clampBehavior="none"
      decimalScale={isMoney ? 2 : (decimals ?? undefined)}
      decimalSeparator={i18n.language === 'ru' ? ',' : '.'}
      allowedDecimalSeparators={[',', '.']}
      thousandSeparator={isMoney ? ' ' : undefined}
      hideControls={isMoney}
      onBlur={onBlur}
      onChange={(entered) => onChange(written(entered))}
    />
  );
}

function CheckField(props: CustomFieldInputProps) {
  const { definition, value, onChange, isLabelHidden } = props;
  const {
    label: _label,
    'aria-label': _aria,
    required,
    ...common
  } = { 'aria-label': '', label: '', ...commonOf(props) };
  return (
    <Checkbox
      {...common}
      {...(isLabelHidden
        ? { 'aria-label': definition.label }
        : { label: <Label text={definition.label} isRequired={required} /> })}
      checked={value === true}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

function Label({ text, isRequired }: { text: string; isRequired?: boolean }) {
  return (
    <>
      {text}
      {isRequired && (
        <Text span c="var(--mantine-color-error)" aria-hidden>
          {' *'}
        </Text>
      )}
    </>
  );
}

function ChoiceField(props: CustomFieldInputProps) {
  const { t } = useTranslation();
  const { definition, value, onChange, allowed, isRequired } = props;
  const chosen = Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
  const held = definition.type === 'multiselect' ? chosen : [asText(value)];
  // What is chosen already stays readable, even when it may not be chosen any more.
  const options = (definition.options ?? []).filter(
    (option) => held.includes(option.value) || (!option.isArchived && (!allowed || allowed.includes(option.value))),
  );
  const common = {
    ...commonOf(props),
    data: options.map((option) => ({ value: option.value, label: option.label })),
    searchable: options.length > 7,
    clearButtonProps: { 'aria-label': t('ui.fields.clear') },
    nothingFoundMessage: t('ui.fields.nothing'),
  };
  if (definition.type === 'multiselect')
    return (
      <MultiSelect {...common} clearable value={chosen} onChange={(next) => onChange(next.length > 0 ? next : null)} />
    );
  return (
    <Select {...common} clearable={!isRequired} value={asText(value) || null} onChange={(next) => onChange(next)} />
  );
}

function Computed({ definition, value, error }: Pick<CustomFieldInputProps, 'definition' | 'value' | 'error'>) {
  const { t } = useTranslation();
  return (
    <div>
      <Text size="sm" fw={500}>
        {definition.label}
      </Text>
      <Text size="sm">
        {value == null ? t('ui.fields.computedLater') : <CustomFieldValue definition={definition} value={value} />}
      </Text>
      {error && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {error}
        </Text>
      )}
    </div>
  );
}
