import { CloseButton, MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fromLocalInput, toLocalInput, type PickReference } from '../fields';
import type { ConditionField } from './condition.types';
import { hasNoValue, takesMany, type ClauseNode } from './condition-tree';
import type { NameReference } from './condition-sentence';
import classes from './conditions.module.css';

type Props = {
  node: ClauseNode;
  field: ConditionField | undefined;
  error: string | undefined;
  pickReference?: PickReference;
  nameReference?: NameReference;
  onChange: (value: unknown) => void;
};

/** What a field is compared with, entered as its type wants it. */
export function ConditionValue(props: Props) {
  const { t } = useTranslation();
  const { node, field, error } = props;
  if (hasNoValue(node.op)) return null;
  const common = {
    'aria-label': t('ui.conditions.value', { field: field?.label ?? node.field }),
    placeholder: t('ui.conditions.valuePlaceholder'),
    size: 'xs' as const,
    error,
  };
  if (takesMany(node.op)) return <ManyValues {...props} common={common} />;
  return <OneValue {...props} common={common} />;
}

type Common = { 'aria-label': string; placeholder: string; size: 'xs'; error: string | undefined };

function OneValue({ node, field, common, pickReference, onChange }: Props & { common: Common }) {
  const { t, i18n } = useTranslation();
  const { value } = node;
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (field?.type) {
    case 'choice':
    case 'choices':
      return (
        <Select
          {...common}
          searchable
          data={field.options ?? []}
          value={text || null}
          nothingFoundMessage={t('ui.fields.nothing')}
          onChange={(next) => onChange(next ?? undefined)}
        />
      );
    case 'boolean':
      return (
        <Select
          {...common}
          allowDeselect={false}
          data={[
            { value: 'true', label: t('ui.fields.yes') },
            { value: 'false', label: t('ui.fields.no') },
          ]}
          value={value === false ? 'false' : 'true'}
          onChange={(next) => onChange(next === 'true')}
        />
      );
    case 'number':
    case 'money':
      return (
        <NumberInput
          {...common}
          value={text}
          decimalSeparator={i18n.language === 'ru' ? ',' : '.'}
          allowedDecimalSeparators={[',', '.']}
          decimalScale={field.type === 'money' ? 2 : undefined}
          onChange={(next) => onChange(next === '' ? undefined : field.type === 'money' ? String(next) : Number(next))}
        />
      );
    case 'date':
      return (
        <TextInput
          {...common}
          type="date"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value || undefined)}
        />
      );
    case 'datetime':
      return (
        <TextInput
          {...common}
          type="datetime-local"
          value={toLocalInput(text)}
          onChange={(event) => onChange(fromLocalInput(event.currentTarget.value) ?? undefined)}
        />
      );
    case 'reference':
      return (
        pickReference?.({
          ...common,
          reference: field.reference ?? '',
          value: text || null,
          onChange: (id) => onChange(id ?? undefined),
        }) ?? null
      );
    default:
      return (
        <TextInput {...common} value={text} onChange={(event) => onChange(event.currentTarget.value || undefined)} />
      );
  }
}

function ManyValues({ node, field, common, pickReference, nameReference, onChange }: Props & { common: Common }) {
  const { t } = useTranslation();
  const values = Array.isArray(node.value) ? (node.value as unknown[]) : [];
  if (field?.type === 'reference') {
    const reference = field.reference ?? '';
    return (
      <div className={classes.many}>
        {values.map((id) => (
          <span key={String(id)} className={classes.pill}>
            {nameReference?.(reference, String(id)) ?? String(id)}
            <CloseButton
              size="xs"
              aria-label={t('ui.conditions.removeValue')}
              onClick={() => onChange(values.filter((each) => each !== id))}
            />
          </span>
        ))}
        {pickReference?.({
          ...common,
          reference,
          value: null,
          onChange: (id) => id && !values.includes(id) && onChange([...values, id]),
        })}
      </div>
    );
  }
  const many = { ...common, clearButtonProps: { 'aria-label': t('ui.fields.clear') }, clearable: true };
  const placeholder = values.length > 0 ? undefined : common.placeholder;
  if (field?.options)
    return (
      <MultiSelect
        {...many}
        placeholder={placeholder}
        searchable
        data={field.options}
        value={values.map(String)}
        nothingFoundMessage={t('ui.fields.nothing')}
        onChange={onChange}
      />
    );
  return <TagsInput {...many} placeholder={placeholder} value={values.map(String)} onChange={onChange} />;
}

type ValuesProps = {
  field: ConditionField | undefined;
  label: string;
  value: unknown[];
  error?: string;
  pickReference?: PickReference;
  nameReference?: NameReference;
  onChange: (values: unknown[]) => void;
};

/** Several values of a field, entered as its type wants them. */
export function ConditionValues({ field, label, value, error, onChange, ...rest }: ValuesProps) {
  return (
    <ManyValues
      {...rest}
      node={{ id: 0, kind: 'clause', field: field?.name ?? '', op: 'in', value }}
      field={field}
      error={error}
      common={{ 'aria-label': label, placeholder: label, size: 'xs', error }}
      onChange={(values) => onChange(values as unknown[])}
    />
  );
}
