import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format';
import type { FieldDefinition, FieldFile } from './field.types';

type Props = {
  definition: FieldDefinition;
  value: unknown;
  file?: FieldFile | null;
  /** The name of what a reference points to. */
  nameReference?: (reference: string, id: string) => ReactNode;
};

/** A custom field's value for reading; a dash when there is none. */
export function CustomFieldValue(props: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { definition, value, file, nameReference } = props;
  if (value == null || value === '' || (Array.isArray(value) && value.length === 0)) return t('ui.fields.none');
  const labelOf = (option: unknown) =>
    definition.options?.find((each) => each.value === option)?.label ?? String(option);
  switch (definition.type) {
    case 'number':
      return format.number(Number(value));
    case 'money':
      return format.money(String(value));
    case 'date':
      return format.day(String(value));
    case 'datetime':
      return format.dateTime(String(value));
    case 'checkbox':
      return value === true ? t('ui.fields.yes') : t('ui.fields.no');
    case 'select':
      return labelOf(value);
    case 'multiselect':
      return (value as unknown[]).map(labelOf).join(', ');
    case 'reference':
      return nameReference?.(definition.config?.reference ?? '', String(value)) ?? String(value);
    case 'file':
      return file?.url ? (
        <a href={file.url} target="_blank" rel="noreferrer">
          {file.name}
        </a>
      ) : (
        (file?.name ?? t('ui.fields.attached'))
      );
    default:
      return typeof value === 'number' ? format.number(value) : String(value);
  }
}
